"""A fingerprint of a run's figures: any change after approval shows."""

import hashlib
from collections.abc import Iterable, Sequence
from decimal import Decimal

from ...money import CENT

Cell = str | int | Decimal


def fingerprint(rows: Iterable[Sequence[Cell]]) -> str:
    """SHA-256 of the rows, whatever their order; dollars count to the cent.

    Each cell is written with its length before it, so that no two different tables
    give the same text.
    """
    lines = sorted("".join(_cell(cell) for cell in row) for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _cell(cell: Cell) -> str:
    text = str(cell.quantize(CENT)) if isinstance(cell, Decimal) else str(cell)
    return f"{len(text)}:{text};"
