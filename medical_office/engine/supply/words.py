"""Notes of the arithmetic, as lines for people, and quantities as people write them."""

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from ...tools.supply.notes import Note
from ...tools.supply.texts import TEXTS
from ..core.sentences import language, sentence


@lru_cache(maxsize=10_000)
def units(value: float | None) -> Decimal:
    """A stored quantity as an exact number of hundredths, 117 rather than 117.0."""
    number = Decimal(f"{value or 0.0:.2f}")
    whole = number.to_integral_value()
    return whole if number == whole else number


class Words:
    """Notes in the language of the user, or of the company where the program works by
    night."""

    def __init__(self, env: Any) -> None:
        self._lang = language(env)

    def say(self, note: Note) -> str:
        """One sentence."""
        return sentence(self._lang, TEXTS[note.code], note.values)

    def _line(self, note: Note, between: str) -> str:
        said = self.say(note)
        return said if note.amount is None else f"{said}{between}{note.amount:f}"

    def working(self, steps: Iterable[Note]) -> str:
        """Steps of a calculation as text: a line each, label and figure."""
        return "\n".join([self._line(step, ": ") for step in steps])

    def reasons(self, notes: Iterable[Note]) -> str:
        """Reasons as one paragraph."""
        return " ".join([self._line(note, " ") for note in notes])
