"""Notes of the arithmetic, as lines for people, and quantities as people write them."""

from decimal import Decimal
from functools import lru_cache


@lru_cache(maxsize=10_000)
def units(value):
    """A stored quantity as an exact number of hundredths, 117 rather than 117.0."""
    number = Decimal(f"{value or 0.0:.2f}")
    whole = number.to_integral_value()
    return whole if number == whole else number


def working(steps):
    """Steps of a calculation as text: a line each, label and figure."""
    return "\n".join(
        f"{step.english()}: {step.amount:f}"
        if step.amount is not None
        else step.english()
        for step in steps
    )


def reasons(notes):
    """Reasons as one paragraph."""
    return " ".join(
        f"{note.english()} {note.amount:f}"
        if note.amount is not None
        else note.english()
        for note in notes
    )
