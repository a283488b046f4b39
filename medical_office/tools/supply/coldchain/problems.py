"""What can be wrong with a logger's file, where, and what to do about it."""

from collections.abc import Mapping

from ...csvproblems import TEXTS, Problem
from ...marked import _lt

# code -> (what is wrong, what to do); the addon translates by code
LOGGER_TEXTS: dict[str, tuple[str, str]] = TEXTS | {
    "no_temperature_column": (
        _lt("No column of times and temperatures was found."),
        _lt("Export the readings as a table with date, time and temperature."),
    ),
    "no_readings": (
        _lt("The file names its columns but has no readings."),
        _lt("Export the period again and check that the file is complete."),
    ),
    "column_unclear": (
        _lt("It is not clear which column is the unit's temperature: %(columns)s."),
        _lt("Choose the column."),
    ),
    "column_unknown": (
        _lt('There is no column "%(column)s" of temperatures; there are %(columns)s.'),
        _lt("Choose one of these, by its heading or its number."),
    ),
    "sensor_unclear": (
        _lt("The file holds several sensors: %(sensors)s."),
        _lt("Choose the sensor of this unit."),
    ),
    "unit_unknown": (
        _lt("The file does not say whether it is Celsius or Fahrenheit."),
        _lt("Choose the unit of the logger."),
    ),
    "two_units": (
        _lt("The file names two units (%(cell)s where %(unit)s was expected)."),
        _lt("Export it again in one unit."),
    ),
    "unit_doubtful": (
        _lt("%(cell)s is far outside as °%(unit)s and would be inside as °%(other)s."),
        _lt("Check the logger's display, then choose the unit."),
    ),
    "order_unclear": (
        _lt(
            'Dates like "%(cell)s" can be read with the day or with the month first, and '
            "nothing in the file tells."
        ),
        _lt("Choose which of them is the day."),
    ),
    "year_unclear": (
        _lt(
            'Of dates like "%(cell)s" the first number or the last can be the year, and '
            "nothing in the file tells."
        ),
        _lt("Export it again with a year of four digits."),
    ),
    "no_half": (
        _lt(
            "The time goes from 12 to 1 o'clock (%(time)s): the clock shows 12 hours, and "
            "AM and PM are missing."
        ),
        _lt("Export it again with 24 hours, or with AM and PM."),
    ),
    "mixed_dates": (
        _lt('"%(cell)s" has day and month the other way round than the rows before.'),
        _lt(
            "The file was put together or changed by a spreadsheet: export it again, with "
            "the year first if the program can."
        ),
    ),
    "missing_time": (
        _lt(
            "%(time)s does not exist on the clock of %(zone)s: it was put forward then."
        ),
        _lt(
            "The logger's clock does not follow daylight saving: choose its fixed offset."
        ),
    ),
    "not_turned_back": (
        _lt(
            "The clock of %(zone)s shows an hour twice in this night, the file goes on to "
            "%(time)s without it and without a gap."
        ),
        _lt(
            "The logger's clock does not follow daylight saving: choose its fixed offset."
        ),
    ),
    "zone_unknown": (
        _lt('No time zone "%(zone)s" is known here.'),
        _lt("Write it like America/Denver."),
    ),
    "bad_time": (
        _lt('"%(cell)s" is not a date and time.'),
        _lt("Correct it to a form like 2026-11-24 08:30, or leave the row out."),
    ),
    "bad_temperature": (
        _lt('"%(cell)s" is not a temperature.'),
        _lt(
            "The probe may have been unplugged: check the logger, note the gap, leave the "
            "row out."
        ),
    ),
    "cut_row": (
        _lt("The row ends before its temperature."),
        _lt("The file may be cut off: export it again, or leave the row out."),
    ),
    "extra_cells": (
        _lt("The row has %(cells)s cells, the heading %(expected)s."),
        _lt(
            "A decimal comma may have split the temperature: export it with points, or with "
            "a semicolon between the columns."
        ),
    ),
    "cut_file": (
        _lt("The file ends within a day."),
        _lt("It was cut off: copy it from the logger again."),
    ),
    "implausible": (
        _lt("%(cell)s is not a storage unit's temperature."),
        _lt("Check the unit (Celsius or Fahrenheit) and the probe."),
    ),
    "two_temperatures": (
        _lt("%(time)s has already been read with another temperature (%(other)s)."),
        _lt("Find out which is right and keep one; left as they are, both count."),
    ),
    "time_back": (
        _lt("The time goes back, to %(time)s."),
        _lt(
            "If the clock was set back for standard time, choose the zone it follows; "
            "otherwise correct the times or import the parts one by one."
        ),
    ),
    "too_many_readings": (
        _lt("The file has more than %(limit)s readings."),
        _lt("Export a shorter period."),
    ),
}

# Questions about the whole file: leaving a row out answers none of them.
ASKED = frozenset(
    {
        "column_unclear", "column_unknown", "sensor_unclear", "unit_unknown",
        "two_units", "unit_doubtful", "order_unclear", "year_unclear", "mixed_dates",
        "missing_time", "not_turned_back", "no_half", "zone_unknown",
    }
)  # fmt: skip

KEPT = 1000  # problems that are kept word for word; the others are counted


class LoggerError(ValueError):
    """The file cannot be read, or not before a question is answered."""

    def __init__(
        self, code: str, row: int = 0, field: str = "", **values: object
    ) -> None:
        said = {key: str(value) for key, value in values.items()}
        self.problem = Problem(row, field, code, said)
        super().__init__(self.problem.english(LOGGER_TEXTS))


def is_asked(problem: Problem) -> bool:
    """Whether it is a question that must be answered before anything is written."""
    return problem.code in ASKED


def english(
    problem: Problem, texts: Mapping[str, tuple[str, str]] = LOGGER_TEXTS
) -> str:
    """Row, field, what is wrong, remedy."""
    return problem.english(texts)
