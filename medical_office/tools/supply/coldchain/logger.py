"""Files of temperature data loggers as the import wizard reads them: all at once.

The formats, and how column, unit and clock are chosen: docs/loggers.md.
"""

from dataclasses import dataclass
from typing import Literal

from ...csvproblems import Problem
from .answers import Told
from .clock import Clock
from .problems import LOGGER_TEXTS, LoggerError
from .reader import Head, open_logger
from .reading import Reading
from .spans import merged

__all__ = ["LOGGER_TEXTS", "MAX_BYTES", "LoggerFile", "read_logger"]

MAX_BYTES = 60_000_000  # a million readings with every column that was seen


@dataclass(frozen=True, slots=True)
class LoggerFile:
    """What a logger file holds.

    ``readings`` in order of time; ``errors`` name rows that were left out, or why
    nothing is read; ``repeated`` counts rows that say the same as an earlier one;
    ``unit`` is "C" or "F" as found or told; ``head`` says how the file was read (None:
    it was not); ``is_utc`` whether the times are UTC or as the file writes them.
    """

    readings: tuple[Reading, ...] = ()
    errors: tuple[Problem, ...] = ()
    unit: str = ""
    repeated: int = 0
    head: Head | None = None
    is_utc: bool = False


def read_logger(
    data: bytes,
    unit: Literal["C", "F"] | None = None,
    day_first: bool | None = None,
    max_bytes: int = MAX_BYTES,
    clock: Clock | None = None,
    column: str = "",
) -> LoggerFile:
    """Read a logger's file.

    :param unit: "C" or "F" if the user says so; else what the file says
    :param day_first: whether 03/04/2026 is April 3; else what the file shows, and a
        problem if it shows nothing
    :param clock: of the logger, where the file names none
    :param column: heading or number of the column, if the user chose one
    :return: never raises for bad input; see ``LoggerFile``
    """
    if len(data) > max_bytes:
        values = {"size": str(len(data)), "limit": str(max_bytes)}
        return LoggerFile(errors=(Problem(0, "", "too_many_bytes", values),))
    told = Told(unit or "", column, "", day_first, clock)
    try:
        logger = open_logger(data, told)
        readings, _conflicts = merged(logger.readings())
    except LoggerError as error:
        return LoggerFile(errors=(error.problem,))
    return LoggerFile(
        tuple(readings),
        tuple(logger.tally.problems),
        logger.head.unit,
        logger.tally.repeated,
        logger.head,
        logger.head.clock is not None,
    )
