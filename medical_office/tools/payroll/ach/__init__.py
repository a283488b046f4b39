"""Direct deposit: writes a Nacha PPD file, and reads one back with all its checks."""

from .bankdays import add_banking_days, is_banking_day, prenote_clears
from .model import AchRefused, Credit, Offset, Origin, Written, problems
from .reader import AchFile, read
from .routing import routing_problem
from .writer import write

__all__ = [
    "AchFile",
    "AchRefused",
    "Credit",
    "Offset",
    "Origin",
    "Written",
    "add_banking_days",
    "is_banking_day",
    "prenote_clears",
    "problems",
    "read",
    "routing_problem",
    "write",
]
