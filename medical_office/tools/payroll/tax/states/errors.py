"""What can go wrong before a state tax is computed, in sentences for the user."""

from datetime import date

from ....dates import us_day
from ...law.statenames import name_of


class StateTaxError(ValueError):
    """A state tax cannot be computed. ``str(error)`` says why and what to do."""


class UnknownState(StateTaxError):
    """The code is none of the 51 jurisdictions."""

    def __init__(self, state: str) -> None:
        self.state = state
        super().__init__(
            f"{state!r} is not a state. Use the postal code of one of the fifty "
            "states or DC."
        )


class NoStateTable(StateTaxError):
    """No withholding table is in force; the accountant has to enter one."""

    def __init__(self, state: str, day: date) -> None:
        self.state, self.day = state, day
        super().__init__(
            f"There is no withholding table for {name_of(state)} on {us_day(day)}. Enter a "
            "dated bracket table for it, from the withholding guide of the state, "
            "before you compute this pay."
        )


class StateInputError(StateTaxError):
    """An entry of the employee's state form is missing or cannot be right."""

    def __init__(self, state: str, field: str, problem: str) -> None:
        self.state, self.field = state, field
        super().__init__(f"{name_of(state)}: {problem}")


class BadTable(StateTaxError):
    """A table (shipped, or entered by the accountant) contradicts itself."""
