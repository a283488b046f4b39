"""Section 1 of Form I-9: its edition, its numbers and what is missing in it.

Form and instructions: uscis.gov/i-9, edition 01/20/25; 8 CFR 274a.2(b)(1)(i).
"""

import re
from collections.abc import Mapping
from datetime import date

from ...ssn import digits, fault, written

EDITION = "01/20/25"
# who attests a work authorization names one of these (instructions, section 1)
PAPERS = ("uscis_number", "i94_number", "passport_number")
ALWAYS = ("last_name", "first_name", "street", "city", "state_id", "zip", "birth_date")
OLDEST = 110

_USCIS = re.compile(r"A?\d{7,9}")
_I94 = re.compile(r"\d{9}[A-Z]\d|\d{11}")
_PASSPORT = re.compile(r"[A-Z0-9]{4,20}")
_ZIP = re.compile(r"\d{5}(-\d{4})?")


def ssn_text(number: str) -> str | None:
    """A Social Security number as it is written; None for one that was never given out.

    >>> ssn_text("219 09 9999")
    '219-09-9999'
    """
    nine = digits(number)
    return None if fault(nine) else written(nine)


def bare(number: str | None) -> str:
    """A number of a paper in capitals, without blanks and hyphens."""
    return digits(number or "").upper()


def problems(given: Mapping[str, object], today: date, first_day: date) -> list[str]:
    """What stands in the way of signing, as codes in the order of the form.

    A code is the name of a field that is empty or wrong, ``papers`` for no number of a
    work authorization, ``ended`` for one that ends before work begins.
    """
    found = [name for name in ALWAYS if not given.get(name)]
    zip_code = str(given.get("zip") or "")
    if zip_code and not _ZIP.fullmatch(zip_code):
        found.append("zip")
    born = given.get("birth_date")
    if isinstance(born, date) and not (
        born < today and today.year - born.year < OLDEST
    ):
        found.append("birth_date")
    found += _status_problems(given, first_day)
    if given.get("has_preparer"):
        found += [n for n in ("preparer_name", "preparer_address") if not given.get(n)]
    return found


def _status_problems(given: Mapping[str, object], first_day: date) -> list[str]:
    status = given.get("attestation")
    if not status:
        return ["attestation"]
    patterns = {
        "uscis_number": _USCIS,
        "i94_number": _I94,
        "passport_number": _PASSPORT,
    }
    numbers = {name: bare(str(given.get(name) or "")) for name in PAPERS}
    if status == "resident":
        return [] if _USCIS.fullmatch(numbers["uscis_number"]) else ["uscis_number"]
    if status != "authorized":
        return []
    found = []
    until = given.get("authorized_until")
    if not until and not given.get("has_no_end"):
        found.append("authorized_until")
    if isinstance(until, date) and until < first_day:
        found.append("ended")
    if not any(numbers.values()):
        found.append("papers")
    found += [n for n in PAPERS if numbers[n] and not patterns[n].fullmatch(numbers[n])]
    if numbers["passport_number"] and not given.get("passport_country_id"):
        found.append("passport_country_id")
    return found
