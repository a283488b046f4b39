"""The accountant's own table: where we have none, or before ours."""

from datetime import date
from decimal import Decimal

import pytest
from tools.payroll.law.period import PayPeriod
from tools.payroll.tax.states import (
    BadTable,
    Bracket,
    FilingStatus,
    NoStateTable,
    Proof,
    RoundsTo,
    StateInput,
    UnknownState,
    doubtful_brackets,
    entered_table,
    evaluate,
    status,
    withhold,
)

S, M = FilingStatus.SINGLE, FilingStatus.MARRIED_JOINTLY
PAY_DATE = date(2027, 1, 8)
PAY = StateInput(Decimal(2000), PayPeriod.BIWEEKLY, allowances=2)


def rows(*cells):
    return [Bracket(Decimal(f), Decimal(b), Decimal(p)) for f, b, p in cells]


def table(**more):
    options = {
        "state": "VA",
        "valid_from": date(2027, 1, 1),
        "valid_to": None,
        "brackets": {S: rows((0, 0, 2), (3000, 60, 3), (5000, 120, 5))},
        "citation": "Virginia guide, Rev. 12/26",
        "standard_deduction": {S: Decimal(8750), M: Decimal(17500)},
        "allowance": Decimal(930),
    }
    return entered_table(**options | more)


def test_a_blocked_state_runs_by_the_entered_table():
    with pytest.raises(NoStateTable):
        withhold("VA", PAY_DATE, PAY)
    result = withhold("VA", PAY_DATE, PAY, [table()])
    # 52,000 - 8,750 - 1,860 = 41,390: 120 and 5 percent of 36,390, by 26
    assert result.amount == Decimal("74.60")
    assert {step.source for step in result.steps} == {"Virginia guide, Rev. 12/26"}


def test_a_status_without_brackets_reads_the_single_ones():
    married = StateInput(Decimal(2000), PayPeriod.BIWEEKLY, M, 2)
    assert withhold("VA", PAY_DATE, married, [table()]).amount == Decimal("57.77")


def test_the_same_figures_give_the_same_tax_as_our_table():
    ours = rows((0, 0, 2), (3000, 60, 3), (5000, 120, 5), (17000, 720, "5.75"))
    mine = table(brackets={S: ours}, standard_deduction={S: Decimal(8750)})
    for wages in (100, 500, 1000, 2000, 9000):
        pay = StateInput(Decimal(wages), PayPeriod.BIWEEKLY, S, 1)
        shipped = withhold("VA", date(2026, 6, 1), pay)
        assert evaluate(mine, pay).amount == shipped.amount


def test_an_entered_table_goes_before_ours_and_a_newer_one_before_an_older():
    old = table(valid_from=date(2026, 1, 1), citation="old")
    new = table(valid_from=date(2026, 7, 1), citation="new")
    for day, source in ((date(2026, 6, 30), "old"), (date(2026, 7, 1), "new")):
        steps = withhold("VA", day, PAY, [new, old]).steps
        assert steps[0].source == source
    ended = table(valid_from=date(2026, 1, 1), valid_to=date(2026, 3, 31))
    assert (
        "Rev. 05/25" in withhold("VA", date(2026, 4, 1), PAY, [ended]).steps[0].source
    )


def test_status_says_that_it_is_the_practices_own():
    known = status("VA", PAY_DATE, custom=[table()])
    assert known.proof is Proof.ENTERED
    assert "the table your practice entered, in force from 2027-01-01" in known.sentence
    assert not known.blocks


def test_a_city_can_have_one_too():
    city = table(state="NYC", standard_deduction=None, allowance=Decimal(1000))
    assert withhold("NYC", PAY_DATE, PAY, [city]).amount == Decimal("91.15")
    with pytest.raises(UnknownState):
        withhold("NYC", PAY_DATE, PAY)


def test_credit_and_whole_dollars():
    whole = table(allowance_credit=Decimal(100), rounds_to=RoundsTo.DOLLAR)
    assert withhold("VA", PAY_DATE, PAY, [whole]).amount == 67


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"brackets": {}}, "single column"),
        ({"brackets": {M: rows((0, 0, 1))}}, "single column"),
        ({"brackets": {S: []}}, "at least one bracket"),
        ({"brackets": {S: rows((0, 0, 1), (0, 0, 2))}}, "each floor once"),
        ({"brackets": {S: rows((500, 0, 1), (100, 0, 2))}}, "rising order"),
        ({"brackets": {S: rows((-1, 0, 1))}}, "below zero"),
        ({"brackets": {S: rows((0, 0, -1))}}, "between 0 and 100"),
        ({"citation": "  "}, "Name the guide"),
        ({"valid_to": date(2026, 12, 31)}, "before it begins"),
        ({"allowance": Decimal(-1)}, "cannot be -1"),
        ({"standard_deduction": {S: Decimal(-5)}}, "cannot be -5"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(wrong, complaint):
    with pytest.raises(BadTable, match=complaint):
        table(**wrong)


def test_a_slip_of_the_pen_is_shown():
    slipped = table(brackets={S: rows((0, 0, 2), (3000, 600, 3), (5000, 660, 5))})
    ((column, bracket, off),) = doubtful_brackets(slipped)
    assert (column, bracket.floor, off) == ("single", 3000, 540)
    assert doubtful_brackets(table()) == []
