"""Local taxes by record, with the figures cities publish."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.payroll.law.period import PayPeriod
from tools.payroll.tax.local import (
    LocalInput,
    LocalKind,
    LocalTax,
    LocalTaxError,
    in_force,
    withhold,
)

START = date(2026, 1, 1)


def record(**more):
    options = {
        "code": "PHL",
        "name": "Philadelphia wage tax",
        "kind": LocalKind.PERCENT,
        "citation": "phila.gov, wage tax rates",
        "valid_from": START,
        "resident_percent": Decimal("3.74"),
        "nonresident_percent": Decimal("3.43"),
    }
    return LocalTax(**options | more)


def pay(wages="2000", period=PayPeriod.BIWEEKLY, **more):
    return LocalInput(Decimal(wages), period, **more)


DETROIT = record(
    code="DET",
    name="Detroit income tax",
    citation="Form 5469 (Rev. 05-25)",
    resident_percent=Decimal("2.4"),
    nonresident_percent=Decimal("1.2"),
    exemption=Decimal(600),
)
LST = record(
    code="LST",
    name="Local services tax",
    kind=LocalKind.PER_YEAR,
    citation="DCED, Local Services Tax",
    resident_percent=Decimal(0),
    nonresident_percent=Decimal(0),
    amount=Decimal(52),
    exempt_below=Decimal(12000),
)


@pytest.mark.parametrize(
    ("day", "resident", "amount"),
    [  # phila.gov: pay dates after 30 June use the new rates
        (date(2026, 6, 30), True, "74.80"),
        (date(2026, 6, 30), False, "68.60"),
        (date(2026, 7, 1), True, "74.70"),
        (date(2026, 7, 1), False, "68.50"),
    ],
)
def test_philadelphia_changes_on_the_first_of_july(day, resident, amount):
    records = [
        record(valid_to=date(2026, 6, 30)),
        record(
            valid_from=date(2026, 7, 1),
            resident_percent=Decimal("3.735"),
            nonresident_percent=Decimal("3.425"),
        ),
    ]
    tax = in_force(records, "PHL", day)
    assert withhold(tax, pay(resident=resident)).amount == Decimal(amount)


def test_no_record_of_that_day_or_code():
    assert in_force([record()], "PHL", date(2025, 12, 31)) is None
    assert in_force([record()], "NYC", START) is None


def test_the_record_that_began_last_counts():
    newer = record(valid_from=date(2026, 2, 1), resident_percent=Decimal(4))
    assert in_force([newer, record()], "PHL", date(2026, 3, 1)) is newer


def test_detroit_exemptions_by_the_period():
    given_pay = pay("200", PayPeriod.WEEKLY, allowances=3)  # Form 5469's example
    assert withhold(DETROIT, given_pay).amount == Decimal("3.97")
    other = replace(given_pay, resident=False)
    assert withhold(DETROIT, other).amount == Decimal("1.98")


def test_saginaw_exemption_is_its_own():
    saginaw = replace(DETROIT, resident_percent=Decimal("1.5"), exemption=Decimal(750))
    weekly = pay("1000", PayPeriod.WEEKLY, allowances=2)
    assert withhold(saginaw, weekly).amount == Decimal("14.57")


@pytest.mark.parametrize(
    ("amount", "period", "share"),
    [  # DCED: round down to the cent
        (52, PayPeriod.WEEKLY, "1.00"),
        (52, PayPeriod.MONTHLY, "4.33"),
        (36, PayPeriod.WEEKLY, "0.69"),
        (36, PayPeriod.MONTHLY, "3.00"),
        (156, PayPeriod.BIWEEKLY, "6.00"),
    ],
)
def test_pennsylvania_services_tax_in_shares(amount, period, share):
    tax = replace(LST, amount=Decimal(amount))
    assert withhold(tax, pay("5000", period)).amount == Decimal(share)


def test_services_tax_ends_with_the_years_amount_and_spares_low_wages():
    late = pay("2000", ytd_withheld=Decimal("51.50"))
    assert withhold(LST, late).amount == Decimal("0.50")
    assert withhold(LST, replace(late, ytd_withheld=Decimal(60))).amount == 0
    assert withhold(LST, pay("400")).amount == 0  # 10,400 a year
    small = pay("400", expected_annual=Decimal(12000))
    assert withhold(LST, small).amount == 2


def test_denver_takes_its_amount_once_a_month():
    denver = record(
        code="OPT",
        kind=LocalKind.PER_MONTH,
        resident_percent=Decimal(0),
        nonresident_percent=Decimal(0),
        amount=Decimal("5.75"),
    )
    assert withhold(denver, pay()).amount == Decimal("5.75")
    assert withhold(denver, pay(month_withheld=Decimal("5.75"))).amount == 0


@pytest.mark.parametrize(
    ("state_tax", "surcharge"),
    [("8.01", "1.34"), ("44.10", "7.39"), ("6.69", "1.12"), ("3622.09", "606.70")],
)
def test_yonkers_is_a_share_of_the_state_tax(state_tax, surcharge):
    yonkers = record(  # NYS-50-T-Y (1/26), resident examples
        code="YON",
        kind=LocalKind.PERCENT_OF_STATE_TAX,
        resident_percent=Decimal("16.75"),
        nonresident_percent=Decimal(0),
    )
    given_pay = pay(state_tax=Decimal(state_tax))
    assert withhold(yonkers, given_pay).amount == Decimal(surcharge)


def test_wage_cap_and_annual_maximum():
    capped = record(annual_wage_cap=Decimal(10000))
    assert withhold(capped, pay(ytd_wages=Decimal(9000))).amount == Decimal("37.40")
    assert withhold(capped, pay(ytd_wages=Decimal(11000))).amount == 0
    most = record(annual_max=Decimal(100))
    assert withhold(most, pay(ytd_withheld=Decimal(90))).amount == 10


def test_the_working_is_shown_with_its_source():
    steps = withhold(DETROIT, pay("200", PayPeriod.WEEKLY, allowances=3)).steps
    assert [step.amount for step in steps] == [
        Decimal(200),
        Decimal("34.62"),
        Decimal("3.97"),
    ]
    assert {step.source for step in steps} == {"Form 5469 (Rev. 05-25)"}


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"resident_percent": Decimal(101)}, "resident percent is not 0 to 100"),
        ({"nonresident_percent": Decimal(-1)}, "nonresident percent"),
        ({"amount": Decimal(-1)}, "amount is negative"),
        ({"annual_max": Decimal(-1)}, "annual max is negative"),
        ({"valid_to": date(2025, 1, 1)}, "before it begins"),
        ({"citation": " "}, "where its rate is written"),
        ({"kind": LocalKind.PER_YEAR}, "neither a rate nor an amount"),
        (
            {"resident_percent": Decimal(0), "nonresident_percent": Decimal(0)},
            "neither a rate nor an amount",
        ),
    ],
)
def test_a_record_that_contradicts_itself_is_refused(wrong, complaint):
    with pytest.raises(LocalTaxError, match=complaint):
        record(**wrong)


RATES = st.integers(1, 1000).map(lambda n: Decimal(n) / 100)
MONEY = st.integers(-10_000, 1_000_000).map(lambda cents: Decimal(cents) / 100)


@given(RATES, MONEY, MONEY, st.sampled_from(PayPeriod), st.integers(0, 5))
def test_local_tax_is_never_negative_nor_above_its_rate(rate, wages, more, period, n):
    tax = record(resident_percent=rate, exemption=Decimal(600))
    low, high = sorted((wages, wages + abs(more)))
    less = withhold(tax, LocalInput(low, period, allowances=n)).amount
    amount = withhold(tax, LocalInput(high, period, allowances=n)).amount
    assert 0 <= less <= amount <= max(Decimal(0), high) * rate / 100 + Decimal("0.005")


@given(st.lists(MONEY, min_size=1, max_size=60), st.integers(1, 20_000))
def test_a_years_pays_never_exceed_the_annual_amount(pays, cents):
    tax = replace(LST, amount=Decimal(cents) / 100, exempt_below=Decimal(0))
    withheld = Decimal(0)
    for wages in pays:
        given_pay = LocalInput(wages, PayPeriod.WEEKLY, ytd_withheld=withheld)
        withheld += withhold(tax, given_pay).amount
    assert withheld <= tax.amount
