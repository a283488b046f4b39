"""State unemployment wages beside the federal ones."""

from datetime import date
from decimal import Decimal

import pytest
from tools.payroll.deduct.deductionlimits import Person
from tools.payroll.deduct.deductions import Election, take
from tools.payroll.deduct.deductions import wages as federal_wages
from tools.payroll.law.deductionkinds import Base, kind
from tools.payroll.law.lawtable import rows
from tools.payroll.tax.states import NAMES
from tools.payroll.tax.sutawages import GROUPS, group, unknown, wages

DAY = date(2026, 6, 26)
GROSS = Decimal(3000)


def taken(**amounts):
    elections = [Election(key, Decimal(amount)) for key, amount in amounts.items()]
    return take(GROSS, elections, Person(), DAY)


MIXED = {"health_125": 100, "hsa_125": 40, "commuter": 20, "401k": 300}


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("WI", 2840),  # nothing shipped: FUTA wages
        ("CO", 2840),  # reads the same as FUTA
        ("NJ", 2980),  # N.J.A.C. 12:16-4.15: section 125 stays in the wages
    ],
)
def test_a_state_taxes_what_its_law_says(state, expected):
    assert wages(GROSS, taken(**MIXED), state, DAY) == expected


def test_without_a_source_they_are_the_futa_wages():
    parts = taken(**MIXED)
    assert wages(GROSS, parts, "WI", DAY) == federal_wages(GROSS, parts, DAY)[Base.FUTA]


def test_what_the_employer_was_told_comes_first():
    parts = taken(**MIXED)
    assert wages(GROSS, parts, "NJ", DAY, {"section_125": False}) == 2840
    assert wages(GROSS, parts, "WI", DAY, {"section_125": True}) == 2980
    assert wages(GROSS, parts, "WI", DAY, {"retirement": False}) == 2540


def test_imputed_life_insurance_counts_only_where_it_is_taxed():
    parts = taken(group_term_life=25)
    assert wages(GROSS, parts, "WI", DAY) == 3000
    assert wages(GROSS, parts, "WI", DAY, {"life": True}) == 3025


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("health_125", "section_125"),
        ("dependent_care_fsa", "section_125"),
        ("hsa_125", "section_125"),
        ("commuter", ""),
        ("401k", "retirement"),
        ("403b", "retirement"),
        ("roth_401k", ""),
        ("group_term_life", "life"),
        ("health_employer", ""),
    ],
)
def test_kinds_have_groups(key, expected):
    assert group(kind(key, DAY)) == expected


def test_what_nobody_looked_at_is_named():
    used = ["section_125", "retirement", ""]
    assert unknown("FL", DAY, {}, used) == ("section_125", "retirement")
    assert unknown("WI", DAY, {}, used) == ()
    assert unknown("PA", DAY, {}, used) == ("section_125",)
    assert unknown("PA", DAY, {"section_125": False}, used) == ()


def test_each_row_has_its_state_group_and_source():
    for row in rows("suta_wages"):
        assert row["state"] in NAMES
        assert row["group"] in GROUPS
        assert row["taxed"] in ("0", "1")
        assert row["source"]
