"""Every figure that a practice's own pay will need in a year, and which are missing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ..law import lawcheck
from ..law.deductionkinds import KINDS, RETIREMENT
from ..law.lawcheck import Gap
from ..law.lawtable import in_use, rows
from ..law.statenames import name_of
from . import unemployment
from .states import Proof, status

# figures of limits_annual.csv that every payslip or return needs
ALWAYS = (
    "social_security_wage_base",
    "social_security_rate_employee",
    "medicare_rate_employee",
    "additional_medicare_rate",
    "additional_medicare_withholding_threshold",
    "futa_rate",
    "futa_wage_base",
    "federal_minimum_wage",
)
# what a family of limits asks for (deduct/deductionlimits.py)
FAMILIES: Mapping[str, tuple[str, ...]] = {
    RETIREMENT: (
        "401k_elective_deferral",
        "401k_catchup_50plus",
        "401k_catchup_60_63",
        "roth_catchup_fica_wage_threshold",
    ),
    "hsa": ("hsa_self_only", "hsa_family", "hsa_catchup_55"),
    "dependent_care_fsa": ("dependent_care_fsa", "dependent_care_fsa_separate"),
}
MATCH = ("401a17_compensation", "415c_annual_additions")
EXEMPT_SALARY = ("flsa_exempt_salary_weekly",)
EFW2_URL = "https://www.ssa.gov/employer/efw/26efw2.pdf"  # Publication 42-007
# one line for what comes in one publication
TOGETHER = ("federal_schedules", "federal_nonresident", "garnishment_levy")


@dataclass(frozen=True, slots=True)
class Needs:
    """What a practice pays by: postal codes of states, kinds of deductions, and so on.

    ``taxed_in``: states whose income tax is withheld; ``worked_in``: states of work;
    ``entered``: those of ``taxed_in`` for which the practice entered a table of its own
    for the year; ``bases``: those of ``worked_in`` whose unemployment wage base it
    entered, ``rates``: whose rate it entered.
    """

    taxed_in: frozenset[str] = frozenset()
    worked_in: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    entered: frozenset[str] = frozenset()
    bases: frozenset[str] = frozenset()
    rates: frozenset[str] = frozenset()
    matched: bool = False
    nonresident: bool = False
    levies: bool = False
    exempt_salaries: bool = False


def missing(needs: Needs, year: int) -> list[Gap]:
    """Everything that the practice will need in ``year`` and the book in use lacks.

    All at once, each with where it is published; nothing the practice does not need.
    """
    book = in_use()
    found = [gap for gap in lawcheck.missing(book, year) if _wanted(gap, needs)]
    found += _states(needs, year)
    found += _unemployment(needs, year)
    return _together(found)


def _wanted(gap: Gap, needs: Needs) -> bool:
    """Whether a gap concerns the practice; a table that is not named concerns everybody.

    States without last year's row either are asked apart: they have no gap.
    """
    places = needs.worked_in | needs.taxed_in
    first, last = (gap.key[0], gap.key[-1]) if gap.key else ("", "")
    asked: Mapping[str, bool] = {
        "federal_nonresident": needs.nonresident,
        "garnishment_levy": needs.levies,
        "limits_annual": first in _items(needs),
        "state_other": _state_of(gap) in needs.worked_in,
        "state_guides": False,
        "suta_wage_bases": False,
        "exempt_salaries": (
            needs.exempt_salaries and first in {"US", *needs.worked_in}
        ),
        KINDS: last in needs.kinds,
        "limits_deduction_states": last in needs.kinds and first in places,
        "limits_group_term_life": "group_term_life" in needs.kinds,
    }
    if gap.table in asked:
        return asked[gap.table]
    if gap.table.startswith(
        ("state_", "suta_", "garnishment_states", "support_states")
    ):
        return first in places
    return True


def _state_of(gap: Gap) -> str:
    """The state whose tax a row of ``state_other.csv`` is, else nothing."""
    code = gap.key[0] if gap.key else ""
    return next((r["state"] for r in rows("state_other") if r["code"] == code), "")


def _items(needs: Needs) -> frozenset[str]:
    """The yearly figures that these people and plans ask for."""
    items = [*ALWAYS]
    families = {row["limit"] for row in rows(KINDS) if row["kind"] in needs.kinds}
    for family in families - {""}:
        items += FAMILIES.get(family, (family,))
    if needs.matched:
        items += MATCH
    if needs.exempt_salaries:
        items += EXEMPT_SALARY
    return frozenset(items)


@dataclass(frozen=True, slots=True)
class Unproven:
    """A figure or position of a year that is known, but not from who decides it."""

    what: str
    value: str  # what is known of it, empty where nothing is
    note: str
    url: str


def unproven(year: int) -> Iterator[Unproven]:
    """What the book in use has of ``year`` without proof: nothing is computed by it.

    Figures whose status is not "published", and codes of Form W-2 without a position in
    the SSA's file.
    """
    book = in_use()
    for table, name, value in (
        ("limits_annual", "item", "value"),
        ("suta_wage_bases", "state", "wage_base"),
    ):
        for row in rows(table):
            if row["year"] == str(year) and row["status"] != "published":
                source = lawcheck.where(book, table, (row[name],))
                # keys of a state end in its code: "futa_credit_reduction_CA", "AR"
                state = row[name][-2:]
                key = name_of(state) if state.isupper() else row[name]
                what = source["what"].format(year=year, key=key)
                yield Unproven(what, row[value], row["note"], source["url"])
    for row in rows("w2_codes"):
        if row["first_year"] and int(row["first_year"]) <= year and not row["record"]:
            what = f"Form W-2, box 12 code {row['code']} ({row['label']})"
            yield Unproven(what, "", row["note"], EFW2_URL)


def _states(needs: Needs, year: int) -> Iterator[Gap]:
    """States without a table of their own on the first day of the year."""
    for state in sorted(needs.taxed_in - needs.entered):
        if status(state, date(year, 1, 1)).proof is Proof.NO_TABLE:
            yield _gap("state_guides", name_of(state), (state,), year)


def _unemployment(needs: Needs, year: int) -> Iterator[Gap]:
    for state in sorted(needs.worked_in):
        if state not in needs.bases:
            try:
                unemployment.wage_base(state, year)
            except unemployment.WageBaseMissing:
                name = name_of(state)
                yield _gap("suta_wage_bases", name, (state,), year)
        if state not in needs.rates:
            yield Gap(
                "",
                f"The practice's own unemployment rate in {name_of(state)}, {year}",
                (state,),
                "the state's unemployment agency",
                f"Rate notice of {year}, entered under State Accounts",
                "",
                f"December {year - 1} to March {year}",
            )


def _gap(table: str, name: str, key: tuple[str, ...], year: int) -> Gap:
    source = lawcheck.where(in_use(), table, key)
    url = next(
        (r["url"] for r in rows(table) if r["state"] == key[0] and "url" in r), ""
    )
    return Gap(
        table,
        source["what"].format(year=year, key=name),
        key,
        source["publisher"],
        source["document"].format(year=year, before=year - 1),
        url or source["url"],
        source["expected"].format(year=year, before=year - 1),
    )


def _together(found: Iterable[Gap]) -> list[Gap]:
    """One line for the rows of one publication."""
    lines: list[Gap] = []
    seen: set[str] = set()
    for gap in found:
        if gap.table in TOGETHER:
            if gap.table in seen:
                continue
            seen.add(gap.table)
            gap = Gap(
                gap.table,
                gap.what.split(",")[0] + ", all",
                (),
                gap.publisher,
                gap.document,
                gap.url,
                gap.expected,
            )
        lines.append(gap)
    return lines
