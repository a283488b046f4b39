"""A step of the setup of a practice, as a domain tells it to the guide."""

from typing import Any, NamedTuple

# the administrator of the database: who gives logins and roles
ADMINISTRATOR = "base.group_erp_manager"
PARTS = ("practice", "people", "rounds", "supply", "books", "pay")


class Step(NamedTuple):
    """One thing that a new practice sets up once.

    :ivar code: stays the same over the years: skipped steps are kept by it
    :ivar part: one of ``PARTS``, the heading under which it stands
    :ivar sequence: its place in the part
    :ivar label: what is set up, translated
    :ivar purpose: what it is for, one sentence, translated
    :ivar roles: who can do it, XML ids of groups (without the module: ours)
    :ivar missing: a translated sentence for each thing that is missing now; empty: done
    :ivar action: XML id of the action that opens the screen, without the module
    :ivar context: of that action, beside its own
    :ivar form: whether an empty form opens instead of the list
    :ivar after: codes of the steps that come first
    :ivar optional: not every practice needs it; the guide says so
    """

    code: str
    part: str
    sequence: int
    label: str
    purpose: str
    roles: tuple[str, ...]
    missing: list[str]
    action: str
    context: dict[str, Any] = {}
    form: bool = False
    after: tuple[str, ...] = ()
    optional: bool = False
