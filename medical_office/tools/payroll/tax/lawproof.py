"""Whether a book of law can be read by everything that computes with it."""

from collections.abc import Iterator
from decimal import Decimal

from ..law import contributions, federal_tables
from ..law.lawlay import Problem, file_of
from ..law.lawtable import LawBook, rows, use
from . import state_other, unemployment
from .states import tables
from .states.errors import BadTable

SCHEDULES = 6  # three filing statuses, each with and without the checkbox of Step 2
NONRESIDENT = 16  # two generations of Form W-4, eight pay periods


def problems(book: LawBook, *years: int) -> list[Problem]:
    """What no reader could use, or what contradicts itself, in ``years``.

    :return: empty where every reader can; a figure that is missing is no problem here
    """
    with use(book):
        found = [*_readers()]
        for year in map(str, sorted(years)):
            found += [*_federal(year), *_twice(year)]
        return found


def _readers() -> Iterator[Problem]:
    readers = {
        "state_guides": tables.laws,
        "state_other": state_other.everything,
        "suta_wage_bases": unemployment.wage_bases,
    }
    for name, reader in readers.items():
        try:
            reader()
        except (BadTable, ValueError, LookupError) as error:
            yield Problem(file_of(name), None, f"{error}.".replace("..", "."))


def _federal(year: str) -> Iterator[Problem]:
    """Publication 15-T comes as a whole or not at all."""
    counts = {
        "federal_parameters": (len(_of("federal_parameters", year)), 1),
        "federal_schedules": (
            len(
                {
                    (r["schedule"], r["filing_status"])
                    for r in _of("federal_schedules", year)
                }
            ),
            SCHEDULES,
        ),
    }
    if any(found for found, _wanted in counts.values()):
        for name, (found, wanted) in counts.items():
            if found != wanted:
                text = (
                    f"{found} of {wanted} sets of {year}: Publication 15-T is added as "
                    "a whole (federal_parameters.csv and federal_schedules.csv)."
                )
                yield Problem(file_of(name), None, text)
                return
        try:
            federal_tables.federal_year(int(year))
        except (ValueError, LookupError, ArithmeticError) as error:
            yield Problem(file_of("federal_schedules"), None, f"{year}: {error}")
    found = len(_of("federal_nonresident", year))
    if found not in (0, NONRESIDENT):
        text = (
            f"{found} of {NONRESIDENT} rows of {year}: add Tables 1 and 2 as a whole."
        )
        yield Problem(file_of("federal_nonresident"), None, text)


def _of(table: str, year: str) -> list[dict[str, str]]:
    return [row for row in rows(table) if row["year"] == year]


def _twice(year: str) -> Iterator[Problem]:
    """Figures that two tables hold have to agree."""
    if not _of("federal_contributions", year):
        return
    law = contributions.contributions(int(year))
    held = {
        "social_security_wage_base": law.social_security_base,
        "social_security_rate_employee": law.social_security_rate * 100,
        "medicare_rate_employee": law.medicare_rate * 100,
        "additional_medicare_rate": law.additional_medicare_rate * 100,
        "additional_medicare_withholding_threshold": law.additional_medicare_threshold,
        "futa_rate": law.futa_rate * 100,
        "futa_wage_base": law.futa_base,
    }
    for row in _of("limits_annual", year):
        wanted = held.get(row["item"])
        if wanted is not None and Decimal(row["value"]) != wanted:
            text = (
                f"{row['item']} of {year} is {row['value']}, in "
                f"federal_contributions.csv {wanted.normalize():f}: make them the same."
            )
            yield Problem(file_of("limits_annual"), None, text)
