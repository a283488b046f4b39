"""Notes of the arithmetic, as lines for people, and quantities as people write them."""

from decimal import Decimal
from functools import lru_cache

from odoo.tools.translate import get_translation

from ...tools.supply.texts import TEXTS


@lru_cache(maxsize=10_000)
def units(value):
    """A stored quantity as an exact number of hundredths, 117 rather than 117.0."""
    number = Decimal(f"{value or 0.0:.2f}")
    whole = number.to_integral_value()
    return whole if number == whole else number


class Words:
    """Notes in the language of the user, or of the company where the program works by
    night."""

    def __init__(self, env):
        self._lang = env.lang or env.company.partner_id.lang or "en_US"

    def say(self, note):
        """One sentence."""
        if self._lang == "en_US":
            return note.english()
        return get_translation(
            "medical_office", self._lang, TEXTS[note.code], note.values
        )

    def _line(self, note, between):
        said = self.say(note)
        return said if note.amount is None else f"{said}{between}{note.amount:f}"

    def working(self, steps):
        """Steps of a calculation as text: a line each, label and figure."""
        return "\n".join([self._line(step, ": ") for step in steps])

    def reasons(self, notes):
        """Reasons as one paragraph."""
        return " ".join([self._line(note, " ") for note in notes])
