"""Which book of law a database computes by: built-in tables under its released packages."""

import functools
from collections.abc import Callable
from typing import Any

from odoo.exceptions import UserError

from ...tools.payroll.law import lawarchive
from ...tools.payroll.law.lawlay import BadPackage
from ...tools.payroll.law.lawtable import LawBook, of_the_law, use
from .orm import Env

Digests = tuple[str, ...]

# Books by the digests of their packages, whatever database they belong to. A worker keeps
# few: the current one, the one before, and those tried in a dry run.
_SHELF: dict[Digests, LawBook] = {}
_MOST = 8


def book_of(digests: Digests, contents: Callable[[], list[bytes]]) -> LawBook:
    """The book of some packages laid one over the other, the first at the bottom.

    :param digests: of the packages, in the order in which they were released
    :param contents: reads their archives, in the same order, where they are needed
    :raises UserError: a package is not what was released, or fits no more
    """
    if not digests:
        return of_the_law()
    found = _SHELF.get(digests)
    if found is None:
        found = of_the_law()
        for digest, content in zip(digests, contents(), strict=True):
            found = _laid(found, digest, content)
        while len(_SHELF) >= _MOST:
            _SHELF.pop(next(iter(_SHELF)), None)
        _SHELF[digests] = found
    return found


def _laid(book: LawBook, digest: str, content: bytes) -> LawBook:
    try:
        package = lawarchive.read(content)
        if package.digest == digest:
            return package.over(book)
        problem = "its content is not what was released"
    except BadPackage as error:
        problem = str(error)
    raise UserError(
        f"The law package {digest[:12]} cannot be used: {problem}. Withdraw it under "
        "Pay, Setup, Law, and release a corrected one."
    )


def by_law(method: Callable[..., Any]) -> Callable[..., Any]:
    """A method of a model during which all tables are those of its database.

    A model whose records are computed by a book of their own says so in ``_law_book``.
    """

    @functools.wraps(method)
    def run(self: Any, *args: Any, **named: Any) -> Any:
        env: Env = self.env
        own = getattr(self, "_law_book", None)
        with use(own() if own else env["medical.payroll.law.package"]._book()):
            return method(self, *args, **named)

    return run
