"""The file by which a 300A is uploaded to OSHA's Injury Tracking Application.

Columns, order and codes after OSHA's "Injury Tracking Application File Upload Data
Dictionary" as public programs that write the file repeat it. What is not proven: no file
of this program was uploaded; the size codes 21 and 22 (since 2024) come from two such
programs, the older dictionary has one code 2 for 20 to 249.
"""

import csv
import io
import re
from collections.abc import Mapping

COLUMNS = (
    "establishment_name", "ein", "company_name", "street_address", "city", "state",
    "zip", "naics_code", "industry_description", "size", "establishment_type",
    "year_filing_for", "annual_average_employees", "total_hours_worked",
    "no_injuries_illnesses", "total_deaths", "total_dafw_cases", "total_djtr_cases",
    "total_other_cases", "total_dafw_days", "total_djtr_days", "total_injuries",
    "total_skin_disorders", "total_respiratory_conditions", "total_poisonings",
    "total_hearing_loss", "total_other_illnesses", "change_reason",
)  # fmt: skip
NEEDED = (
    "establishment_name", "street_address", "city", "state", "zip", "naics_code",
    "annual_average_employees", "total_hours_worked",
)  # fmt: skip
CASES = COLUMNS[15:19]
TYPES = COLUMNS[21:27]
TEXT_MOST = 100
HOURS_MOST = 8760  # of one person in a year
PRIVATE = 1  # establishment_type: not a government's


def size_code(peak: int) -> int:
    """The establishment's size by most employees at any time of the year."""
    for most, code in ((20, 1), (100, 21), (250, 22)):
        if peak < most:
            return code
    return 3


def problems(row: Mapping[str, object]) -> list[tuple[str, str]]:
    """(column, what is wrong) of a row; the words are codes that the caller says.

    ``missing``, ``long``, ``digits`` (ZIP, NAICS or EIN), ``sums`` (cases and types
    differ) and ``hours`` (more hours than people could work, or none).
    """
    found = [(name, "missing") for name in NEEDED if not row.get(name)]
    found += [
        (name, "long")
        for name in ("establishment_name", "company_name", "street_address", "city")
        if len(str(row.get(name) or "")) > TEXT_MOST
    ]
    patterns = {"zip": r"\d{5}(\d{4})?", "naics_code": r"\d{6}", "ein": r"(\d{9})?"}
    found += [
        (name, "digits")
        for name, pattern in patterns.items()
        if not re.fullmatch(pattern, str(row.get(name) or ""))
        and (name, "missing") not in found
    ]
    if sum(_whole(row, name) for name in CASES) != sum(
        _whole(row, name) for name in TYPES
    ):
        found.append(("total_injuries", "sums"))
    people, hours = (
        _whole(row, "annual_average_employees"),
        _whole(row, "total_hours_worked"),
    )
    if people and hours and hours > people * HOURS_MOST:
        found.append(("total_hours_worked", "hours"))
    return found


def write(rows: list[Mapping[str, object]]) -> bytes:
    """The CSV of some establishments, with its heading."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _plain(row.get(name)) for name in COLUMNS})
    return out.getvalue().encode()


def _plain(value: object) -> str:
    text = "" if value is None or value is False else str(value)
    return re.sub(r"[^\w\s.,'&-]", " ", text).strip()


def _whole(row: Mapping[str, object], name: str) -> int:
    value = row.get(name)
    return value if isinstance(value, int) else 0
