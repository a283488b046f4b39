"""All 51 jurisdictions: each computes, each says how sure we are."""

from datetime import date
from decimal import Decimal

import pytest
from tools.payroll.law.period import PayPeriod
from tools.payroll.tax.states import (
    ATTRIBUTION,
    FilingStatus,
    NoStateTable,
    Proof,
    StateInput,
    StateInputError,
    UnknownState,
    WageBase,
    jurisdictions,
    status,
    wage_base,
    withhold,
)

DAY = date(2026, 11, 24)
NO_TAX = {"AK", "FL", "NV", "NH", "SD", "TN", "TX", "WA", "WY"}
UNPROVEN = {"CO", "CT", "DC"}


def pay(wages="5000", **more):
    return StateInput(
        Decimal(wages), PayPeriod.BIWEEKLY, federal_tax=Decimal(600), **more
    )


def test_there_are_fifty_states_and_the_district():
    assert len(jurisdictions()) == len(set(jurisdictions())) == 51


@pytest.mark.parametrize("state", jurisdictions())
def test_each_jurisdiction_withholds_from_a_good_salary_or_has_no_tax(state):
    result = withhold(state, DAY, pay())
    if state in NO_TAX:
        assert result.amount == 0
        assert "no tax on wages" in result.steps[0].label
    else:
        assert 20 < result.amount < 500
        assert result.amount == result.amount.quantize(Decimal("0.01"))


@pytest.mark.parametrize("state", jurisdictions())
@pytest.mark.parametrize("period", PayPeriod)
@pytest.mark.parametrize("filing", FilingStatus)
def test_every_status_and_period_has_its_column(state, period, filing):
    given = StateInput(Decimal(900), period, filing, 1, federal_tax=Decimal(50))
    assert withhold(state, DAY, given).amount >= 0


@pytest.mark.parametrize("state", jurisdictions())
def test_who_claims_exempt_pays_nothing(state):
    assert withhold(state, DAY, pay(exempt=True)).amount == 0


@pytest.mark.parametrize("state", jurisdictions())
def test_status_knows_every_jurisdiction(state):
    known = status(state, DAY, annual_wages=Decimal(40000))
    assert known.name in known.sentence
    assert not known.blocks
    if state in NO_TAX:
        assert known.proof is Proof.NO_WAGE_TAX
    elif state in UNPROVEN | {"ME"}:
        assert known.proof is Proof.UNPROVEN
        assert "not proven" in known.sentence
    else:
        assert known.proof is Proof.PROVEN


@pytest.mark.parametrize("state", sorted(UNPROVEN | {"ME"}))
def test_the_mark_is_on_the_withholding_itself(state):
    (note,) = withhold(state, DAY, pay()).notes
    assert note.code == "unproven"
    assert "not proven" in note.text


def test_oregon_is_proven_below_fifty_thousand_only():
    assert status("OR", DAY).proof is Proof.PARTLY_PROVEN
    assert status("OR", DAY, Decimal("49999.99")).proof is Proof.PROVEN
    assert status("OR", DAY, Decimal(50000)).proof is Proof.UNPROVEN
    assert withhold("OR", DAY, pay("1923.07")).notes == ()
    assert [n.code for n in withhold("OR", DAY, pay("1923.08")).notes] == ["unproven"]


def test_new_york_is_unproven_where_one_rate_takes_all():
    married = FilingStatus.MARRIED_JOINTLY
    assert status("NY", DAY, Decimal(1_077_550)).proof is Proof.UNPROVEN
    assert status("NY", DAY, Decimal(1_077_550), married).proof is Proof.PROVEN


def test_maines_first_tables_of_the_year_are_proven():
    assert status("ME", date(2026, 8, 31)).proof is Proof.PROVEN


@pytest.mark.parametrize("day", [date(2027, 1, 1), date(2025, 9, 30)])
def test_a_day_without_a_table_blocks_with_a_sentence(day):
    known = status("GA", day)
    assert known.blocks
    assert known.proof is Proof.NO_TABLE
    assert f"no withholding table for Georgia on {day:%m/%d/%Y}" in known.sentence
    with pytest.raises(NoStateTable, match="Enter a dated bracket table"):
        withhold("GA", day, pay())


def test_states_without_a_tax_need_no_new_table():
    assert status("TX", date(2030, 1, 1)).proof is Proof.NO_WAGE_TAX


@pytest.mark.parametrize("code", ["", "XX", "PR", "ca"])
def test_an_unknown_state_is_named(code):
    with pytest.raises(UnknownState, match="is not a state"):
        withhold(code, DAY, pay())
    with pytest.raises(UnknownState):
        status(code, DAY)


def test_wages_of_nothing_or_less_withhold_nothing():
    for state in jurisdictions():
        for wages in ("0", "-100"):
            given = StateInput(
                Decimal(wages), PayPeriod.BIWEEKLY, federal_tax=Decimal(0)
            )
            assert withhold(state, DAY, given).amount == 0, state


def test_what_the_employee_asks_for_comes_on_top():
    plain = withhold("GA", DAY, pay()).amount
    assert withhold("GA", DAY, pay(extra=Decimal(25))).amount == plain + 25
    assert withhold("GA", DAY, pay(reduced=Decimal(25))).amount == plain - 25
    assert withhold("GA", DAY, pay(reduced=Decimal(9999))).amount == 0


@pytest.mark.parametrize(
    "field", ["allowances", "dependents", "extra", "allowance_amount", "blind"]
)
def test_a_negative_entry_is_refused_by_name(field):
    with pytest.raises(StateInputError, match=field.replace("_", " ")) as refusal:
        withhold("GA", DAY, pay(**{field: -1}))
    assert refusal.value.field == field


def test_wage_bases_that_part_from_the_federal_one():
    assert wage_base("PA", DAY) is WageBase.LESS_SECTION_125
    assert wage_base("NJ", DAY) is WageBase.LESS_RETIREMENT
    assert wage_base("CA", DAY) is WageBase.FEDERAL
    assert wage_base("TX", DAY) is WageBase.NONE


def test_the_license_of_the_data_is_honoured():
    assert "PayStub Desk" in ATTRIBUTION
    assert "CC BY 4.0" in ATTRIBUTION
