"""Reasons and steps as code and values, so that a person can read them in any language.

The arithmetic of this package never writes sentences. It returns notes; the addon
translates them by ``code`` (its catalog holds the same codes), reports and tests use
``english``. A note with an ``amount`` is a line of a calculation, shown as label and
figure.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from .texts import TEXTS


@dataclass(frozen=True, slots=True)
class Note:
    """One reason, or one line of shown working when it has an ``amount``."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)
    amount: Decimal | None = None

    def english(self) -> str:
        """The sentence in English.

        :raises KeyError: code or value unknown to the catalog (a programming mistake)
        """
        return TEXTS[self.code] % self.values


def note(code: str, amount: Decimal | None = None, **values: object) -> Note:
    """A note whose values are made ready for reading (2.50 stays, 2.0 becomes 2)."""
    return Note(code, {key: _said(value) for key, value in values.items()}, amount)


def _said(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value)
