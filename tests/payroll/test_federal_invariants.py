"""What must hold for any wages and any form."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from tools.payroll.law.certificates import W4, FilingStatus, W4Before2020
from tools.payroll.law.federal_tables import federal_year, shipped_years
from tools.payroll.law.period import PayPeriod
from tools.payroll.tax.federal import Rounding, schedule_for, withhold, worksheet_1a

ZERO = Decimal(0)
wages = st.decimals(0, 200_000, places=2)
yearly = st.integers(0, 50_000).map(Decimal)
extra = st.decimals(0, 500, places=2)
later = st.builds(
    W4, st.sampled_from(FilingStatus), st.booleans(), yearly, yearly, yearly, extra
)
earlier = st.builds(W4Before2020, st.booleans(), st.integers(0, 15), extra)
forms = later | earlier
periods = st.sampled_from(PayPeriod)
years = st.sampled_from(shipped_years())


def annual_tax(form, amount, period, year):
    return worksheet_1a(form, amount, period, federal_year(year))


@given(forms, wages, wages, periods, years)
def test_tax_never_falls_when_wages_rise_within_a_table(form, one, other, period, year):
    low, high = sorted((one, other))
    poorer, richer = (annual_tax(form, each, period, year) for each in (low, high))
    # The IRS rounds some thresholds of the checkbox table up to the dollar, and the tax
    # steps down there by at most 37% of half a dollar a year.
    step = Decimal("0.185") / period.per_year
    if poorer.line_2b == richer.line_2b:
        step = ZERO
    assert richer.line_4b >= poorer.line_4b - step


@given(forms, wages, periods, years)
def test_the_tax_lies_between_the_extra_amount_and_37_percent(form, each, period, year):
    lines = annual_tax(form, each, period, year)
    assert lines.line_4a <= lines.line_4b
    other = getattr(form, "step4a", ZERO) / period.per_year
    assert lines.line_3c <= (each + other) * Decimal("0.37") + Decimal("0.01")


@given(forms, wages, periods, years)
def test_the_row_is_the_one_in_which_line_2a_falls(form, each, period, year):
    lines = annual_tax(form, each, period, year)
    starts = schedule_for(form, federal_year(year)).starts
    above = [start for start in starts if start > lines.line_2a]
    assert lines.line_2b <= lines.line_2a
    assert starts.index(lines.line_2b) == len(starts) - len(above) - 1


@given(later, wages, periods, years)
def test_the_checkbox_never_lowers_the_tax(form, each, period, year):
    plain = W4(form.status, False, form.step3, form.step4a, form.step4b)
    checked = W4(form.status, True, form.step3, form.step4a, form.step4b)
    without = annual_tax(plain, each, period, year).line_4b
    assert annual_tax(checked, each, period, year).line_4b >= without - Decimal("0.2")


@given(st.integers(0, 14), wages, periods, years)
def test_an_allowance_more_never_raises_the_tax(allowances, each, period, year):
    fewer = annual_tax(W4Before2020(False, allowances), each, period, year)
    more = annual_tax(W4Before2020(False, allowances + 1), each, period, year)
    assert more.line_4b <= fewer.line_4b


@given(forms, wages, periods, years, st.sampled_from(Rounding))
def test_the_steps_add_up(form, each, period, year, rounding):
    worked = withhold(form, each, period, date(year, 6, 1), rounding=rounding)
    line = {step.label.split()[0]: step.amount for step in worked.steps}
    assert line["2g"] == line["2c"] + line["2e"] * line["2d"] / 100
    assert line["4b"] == worked.amount == rounding.apply(line["3c"] + line["4a"])
    assert abs(max(ZERO, line["2h"] - line["3b"]) - line["3c"]) < Decimal("1e-15")


@given(wages, periods, years)
def test_married_pays_no_more_than_head_and_head_no_more_than_single(
    each, period, year
):
    taxes = [
        annual_tax(W4(status), each, period, year).line_4b
        for status in (FilingStatus.MARRIED, FilingStatus.HEAD, FilingStatus.SINGLE)
    ]
    assert taxes == sorted(taxes)
