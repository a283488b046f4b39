"""Direct deposit: writes a Nacha PPD file, and reads one back with all its checks."""

from .bankdays import (
    add_banking_days,
    banking_days_left,
    is_banking_day,
    prenote_clears,
    settles_on,
)
from .model import AchRefused, Credit, Offset, Origin, Written, problems
from .reader import AchFile, read
from .returns import Change, Reason, Returned, reasons, returned
from .routing import routing_problem
from .writer import write

__all__ = [
    "AchFile",
    "AchRefused",
    "Change",
    "Credit",
    "Offset",
    "Origin",
    "Reason",
    "Returned",
    "Written",
    "add_banking_days",
    "banking_days_left",
    "is_banking_day",
    "prenote_clears",
    "problems",
    "read",
    "reasons",
    "returned",
    "routing_problem",
    "settles_on",
    "write",
]
