"""The states with rules of their own, each at the edges of its rule."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from tools.payroll.law.period import PayPeriod
from tools.payroll.tax.states import (
    FilingStatus,
    Rounding,
    StateInput,
    StateInputError,
    alabama,
    counties,
    law_on,
    maine,
    wisconsin,
    withhold,
    withhold_county,
)

DAY = date(2026, 6, 15)
M = FilingStatus.MARRIED_JOINTLY
H = FilingStatus.HEAD_OF_HOUSEHOLD


def yearly(wages, status=FilingStatus.SINGLE, allowances=0, **more):
    more.setdefault("rounding", Rounding.CENTS)
    return StateInput(Decimal(wages), PayPeriod.ANNUAL, status, allowances, **more)


def tax(state, given, day=DAY):
    return withhold(state, day, given).amount


def step(state, given, label, day=DAY):
    steps = withhold(state, day, given).steps
    return next((s.amount for s in steps if s.label.startswith(label)), None)


def refused(state, given, field):
    with pytest.raises(StateInputError) as refusal:
        withhold(state, DAY, given)
    assert refusal.value.field == field
    return str(refusal.value)


# -- Alabama: booklet Rev. 01/26, p. 8 prints the whole schedule of deductions
@pytest.mark.parametrize(
    ("letter", "wages", "deduction"),
    [
        ("S", "25999", 3000),
        ("S", "26000", 2975),
        ("S", "35500", 2500),
        ("M", "25999", 8500),
        ("M", "44200", 5000),
        ("H", "25999", 5200),
        ("MS", "12999", 4250),
        ("MS", "17750", 2500),
        ("0", "90000", 2500),
    ],
)
def test_alabama_deduction_falls_in_steps(letter, wages, deduction):
    law = law_on("AL", DAY)
    assert alabama.standard_deduction(law, letter, Decimal(wages)) == deduction


@pytest.mark.parametrize(
    ("wages", "each"), [("50000", 1000), ("50000.01", 500), ("100000.01", 300)]
)
def test_alabama_dependants_are_worth_less_at_higher_wages(wages, each):
    given = yearly(wages, M, 1, federal_tax=Decimal(0))
    assert step("AL", given, "Less: 1 dependents") == each


def test_alabama_needs_the_federal_tax_and_a_letter_of_its_form():
    assert "federal" in refused("AL", yearly(40000), "federal_tax")
    refused("AL", yearly(40000, code="X", federal_tax=Decimal(0)), "code")


# -- Arkansas
@pytest.mark.parametrize(
    ("net", "middle", "annual"),
    [
        ("23054", 23050, 496),
        ("97815.26", 97850, 3541),
        ("96050", 96050, 3314),
        ("50000", 50050, 1485),
    ],
)
def test_arkansas_reads_the_middle_of_the_step(net, middle, annual):
    given = yearly(Decimal(net) + 2470)
    assert step("AR", given, "Middle of its step") == middle
    assert step("AR", given, "Annual tax to the dollar") == annual


def test_arkansas_takes_incomes_from_100001_as_they_are():
    assert step("AR", yearly(100001 + 2470), "Middle") is None


# -- Arizona
def test_arizona_takes_the_elected_percent_or_two():
    given = replace(yearly(1000), period=PayPeriod.WEEKLY)
    assert tax("AZ", given) == 20
    assert tax("AZ", replace(given, elected_percent=Decimal("3.5"))) == 35
    assert tax("AZ", replace(given, elected_percent=Decimal("0.5"))) == 5
    assert tax("AZ", replace(given, elected_percent=Decimal(0))) == 0
    sentence = refused(
        "AZ", replace(given, elected_percent=Decimal(4)), "elected_percent"
    )
    assert "3.5" in sentence


# -- California
def test_california_low_income_is_exempt_to_the_dollar():
    assert tax("CA", yearly(18896)) == 0
    assert tax("CA", yearly(18897)) > 0
    assert tax("CA", yearly(37791, M, 2)) == 0
    # below two allowances: exemption and deduction of the single, schedule of the
    # married: 32,085 -> 243.74 + 2.2 percent of 9,927, less 168.30
    assert tax("CA", yearly(37791, M, 1)) == Decimal("293.83")
    assert step("CA", yearly(37791, M, 1), "Low income") == 18896


def test_california_two_earners_read_the_single_column():
    single = tax("CA", yearly(90000, allowances=2))
    assert tax("CA", yearly(90000, M, 2, spouse_works=True)) == single
    assert tax("CA", yearly(90000, M, 2, two_jobs=True)) == single
    assert tax("CA", yearly(90000, M, 2)) < single


def test_california_credit_of_fifteen_allowances_is_fifteen_times_one():
    assert step("CA", yearly(90000, M, 15), "Less: credit") == 15 * Decimal("168.3")


# -- Connecticut: TPG-211 (Rev. 12/25), cells of Tables A to E
@pytest.mark.parametrize(
    ("table", "code", "salary", "amount"),
    [
        ("exemption", "A", "24000", "12000"),
        ("exemption", "A", "24000.01", "11000"),
        ("exemption", "A", "35000", "1000"),
        ("exemption", "A", "35000.01", "0"),
        ("exemption", "B", "56000", "1000"),
        ("exemption", "B", "56000.01", "0"),
        ("exemption", "C", "71000", "1000"),
        ("exemption", "F", "44000", "1000"),
        ("phase_out", "A", "50250", "0"),
        ("phase_out", "A", "72750", "225"),
        ("phase_out", "A", "72750.01", "250"),
        ("phase_out", "B", "114500.01", "400"),
        ("phase_out", "C", "145500.01", "500"),
        ("phase_out", "F", "56500.01", "25"),
        ("recapture", "A", "105000", "0"),
        ("recapture", "A", "105000.01", "25"),
        ("recapture", "A", "150000.01", "250"),
        ("recapture", "A", "200000.01", "340"),
        ("recapture", "A", "345000.01", "2950"),
        ("recapture", "A", "540000.01", "3400"),
        ("recapture", "B", "320000.01", "540"),
        ("recapture", "C", "400000.01", "680"),
        ("credit", "A", "12000", "0"),
        ("credit", "A", "12000.01", "0.75"),
        ("credit", "A", "52000", "0.02"),
        ("credit", "A", "52000.01", "0.01"),
        ("credit", "A", "52500.01", "0"),
        ("credit", "B", "19000.01", "0.75"),
        ("credit", "F", "15000.01", "0.75"),
    ],
)
def test_connecticut_table_cells(table, code, salary, amount):
    cell = law_on("CT", DAY).steps(table, code).over(Decimal(salary))
    assert cell == Decimal(amount)


def test_connecticut_codes():
    assert tax("CT", yearly(52000, code="E")) == 0
    assert tax("CT", yearly(52000)) == Decimal("3634.80")  # no form: 6.99 percent
    assert law_on("CT", DAY).steps("exemption", "D") is None
    refused("CT", yearly(52000, code="G"), "code")


# -- Indiana: Departmental Notice 1, p. 3
def test_indiana_county_is_a_line_of_its_own():
    given = StateInput(
        Decimal(800),
        PayPeriod.WEEKLY,
        allowances=5,
        dependents=3,
        first_time_dependents=1,
        adopted_children=2,
        county="31",
    )
    assert tax("IN", given) == Decimal("13.96")
    assert withhold_county("IN", DAY, given).amount == Decimal("4.73")
    marion = replace(given, county="49", allowances=0, dependents=0)
    marion = replace(marion, first_time_dependents=0, adopted_children=0)
    assert withhold_county("IN", DAY, marion).amount == Decimal("16.16")
    entered = replace(marion, county="", county_percent=Decimal("2.02"))
    assert withhold_county("IN", DAY, entered).amount == Decimal("16.16")


def test_indiana_has_ninety_two_counties_and_no_others():
    known = counties("IN", DAY)
    assert len(known) == 92
    assert known["07"].name == "Brown"
    assert known["64"].bands["all"] == ((0, Decimal("0.5")),)
    given = yearly(800, county="99")
    for county, field in (("99", "county"), ("", "county")):
        with pytest.raises(StateInputError) as refusal:
            withhold_county("IN", DAY, replace(given, county=county))
        assert refusal.value.field == field


def test_only_indiana_prints_the_county_apart():
    with pytest.raises(StateInputError, match="no county tax line"):
        withhold_county("MD", DAY, yearly(800, county="01"))
    with pytest.raises(StateInputError, match="state's line"):
        withhold_county("IN", DAY, yearly(800, county="01", extra=Decimal(5)))


# -- Iowa: column A for joint filers whose spouse earns (footnote of the formula)
def test_iowa_spouse_who_earns_halves_the_deduction():
    amount = Decimal(40)
    given = StateInput(
        Decimal(2100), PayPeriod.BIWEEKLY, M, spouse_works=True, allowance_amount=amount
    )
    assert tax("IA", given) == Decimal("59.26")
    assert tax("IA", replace(given, period=PayPeriod.QUARTERLY)) < tax("IA", given)


# -- Kansas
def test_kansas_first_allowances_are_worth_more():
    assert step("KS", yearly(60000, allowances=3), "Less: 1 first") == 9160
    assert step("KS", yearly(60000, allowances=3), "Less: 2 further") == 4640
    assert step("KS", yearly(60000, M, 1), "Less: 1 first") == 9160
    assert step("KS", yearly(60000, M, 3), "Less: 2 first") == 18320


# -- Louisiana
def test_louisiana_block_a():
    assert tax("LA", yearly(36400, code="0")) == Decimal("1124.76")
    assert tax("LA", yearly(36400, form_on_file=False)) == Decimal("1124.76")
    assert tax("LA", yearly(36400, H)) == tax("LA", yearly(36400, code="2"))
    refused("LA", yearly(36400, code="3"), "code")


# -- Maine: Rev. December 2025 and Rev. August 2026, endpoints of the phase-out
@pytest.mark.parametrize(
    ("day", "column", "wages", "deduction"),
    [
        (DAY, "single", 102250, 12450),
        (DAY, "single", 177250, 0),
        (DAY, "married_jointly", 234000, Decimal("22301.75")),
        (date(2026, 9, 1), "single", 102250, 12850),
        (date(2026, 9, 1), "single", 177250, 0),
    ],
)
def test_maine_deduction_runs_out_in_a_line(day, column, wages, deduction):
    found = maine.standard_deduction(law_on("ME", day), column, Decimal(wages))
    assert found == deduction


# -- Maryland: Withholding Tax Facts 2026
def test_maryland_county_by_slices_and_by_the_whole():
    arundel = yearly(63400, county="02")  # 60,000 taxable: 50,000 at 2.70, rest 2.94
    assert step("MD", arundel, "County tax") == 1644
    frederick = yearly(43400, county="11")  # 40,000 taxable: 2.75 on all of it
    assert step("MD", frederick, "County tax") == 1100
    joint = yearly(66850, M, county="2")  # 60,000 joint: inside the first slice
    assert step("MD", joint, "County tax") == 1620


def test_maryland_floor_is_that_of_the_period():
    given = replace(yearly("95.99", county="16"), period=PayPeriod.WEEKLY)
    assert tax("MD", given) == 0
    assert tax("MD", replace(given, wages=Decimal(96))) > 0
    daily = replace(given, period=PayPeriod.DAILY, wages=Decimal("19.23"))
    assert tax("MD", daily) == 0


def test_maryland_without_a_county_takes_the_highest_and_says_so():
    result = withhold("MD", DAY, yearly(52000))
    assert [note.code for note in result.notes] == ["county_missing"]
    assert result.amount == tax("MD", yearly(52000, county="15"))  # Kent, 3.30
    assert len(counties("MD", DAY)) == 24
    refused("MD", yearly(52000, county="25"), "county")


# -- Massachusetts: Circular M (Rev. 12/25)
def test_massachusetts_floor_counts_with_an_exemption_only():
    weekly = replace(yearly(150), period=PayPeriod.WEEKLY)
    assert tax("MA", replace(weekly, allowances=1)) == 0
    assert tax("MA", weekly) > 0


def test_massachusetts_credits_come_off_the_tax():
    plain = tax("MA", yearly(60000, allowances=1))
    assert tax("MA", yearly(60000, H, 1)) == plain - 120
    assert tax("MA", yearly(60000, allowances=1, blind=2)) == plain - 220


def test_massachusetts_surtax_begins_at_its_edge():
    wages = Decimal(1107750 + 2000 + 100)
    assert tax("MA", yearly(wages)) == Decimal("55396.50")  # 55,387.50 and 9 percent


# -- Mississippi
def test_mississippi_exemption_is_what_the_form_says():
    assert step("MS", yearly(40000), "Less: exemption") == 6000
    stated = yearly(40000, allowance_amount=Decimal(7500))
    assert step("MS", stated, "Less: exemption") == 7500
    assert step("MS", yearly(40000, form_on_file=False), "Less: exemption") is None


# -- Missouri
def test_missouri_sole_earner_doubles_the_deduction():
    assert step("MO", yearly(60000, M), "Less: standard") == 32200
    assert step("MO", yearly(60000, M, spouse_works=True), "Less: standard") == 16100
    assert step("MO", yearly(60000, H), "Less: standard") == 24150


# -- Nebraska
def test_nebraska_reminds_of_its_minimum():
    (note,) = withhold("NE", DAY, yearly(30000, allowances=9)).notes
    assert note.code == "nebraska_minimum"
    assert withhold("NE", DAY, yearly(60000)).notes == ()


# -- New Jersey
def test_new_jersey_letter_goes_before_the_status():
    given = StateInput(Decimal(1400), PayPeriod.WEEKLY, M, 3)
    assert tax("NJ", given) == Decimal("27.58")  # NJ-WT p. 25, B 3, current table
    assert tax("NJ", replace(given, code="e")) > tax("NJ", given)
    assert tax("NJ", replace(given, filing_status=H)) == tax("NJ", given)
    refused("NJ", replace(given, code="F"), "code")


def test_new_jersey_periods_without_a_table_are_annualised():
    quarter = StateInput(Decimal(15000), PayPeriod.QUARTERLY)
    assert tax("NJ", quarter) == Decimal("503.75")  # 795 + 6.1 percent of 20,000
    assert tax("NJ", quarter) * 4 - tax("NJ", yearly(60000)) == 0


# -- New York: NYS-50-T-NYS (1/26), Method III
def test_new_york_one_rate_takes_all_from_its_edge():
    given = StateInput(Decimal(120000), PayPeriod.MONTHLY)
    assert tax("NY", given) == Decimal("12475.56")
    just_below = yearly(1077550 + 7400 - 1)
    assert step("NY", just_below, "Method III") is None
    assert step("NY", yearly(1077550 + 7400), "Method III: 10.45") is not None
    assert step("NY", yearly(6_000_000), "Method III: 11.1") is not None


# -- Oregon: 150-206-436 (Rev. 12-31-25), examples 3 and 4, FAQ 7
def test_oregon_example_3_caps_the_federal_tax_and_ends_allowances():
    given = yearly(132000, allowances=2, federal_tax=Decimal(21098))
    assert step("OR", given, "Less: federal tax") == 5250
    assert step("OR", given, "BASE") == 123840
    assert step("OR", given, "Less: credit") is None


def test_oregon_example_4_has_no_federal_subtraction():
    given = yearly(175000, federal_tax=Decimal(30000))
    assert step("OR", given, "Less: federal tax") is None
    assert step("OR", given, "BASE") == 172090


def test_oregon_faq_7_three_allowances_read_the_married_table():
    given = yearly(40000, allowances=3, federal_tax=Decimal(2000))
    assert step("OR", given, "Less: standard deduction") == 5820
    married = yearly(40000, M, 3, federal_tax=Decimal(2000))
    assert tax("OR", given) == tax("OR", married)


def test_oregon_high_wages_read_the_other_schedule():
    given = yearly(60000, federal_tax=Decimal(6000))
    # BASE 51,090: 678 and 8.75 percent of the amount over 11,400
    assert tax("OR", given) == Decimal("4150.88")


def test_oregon_needs_the_federal_tax_but_for_want_of_a_form():
    refused("OR", yearly(40000), "federal_tax")
    assert tax("OR", yearly(40000, form_on_file=False)) == 3200


# -- Rhode Island
def test_rhode_island_allowances_end_at_high_wages():
    assert step("RI", yearly(290800, allowances=2), "Less: 2 allowances") == 2000
    assert step("RI", yearly(290801, allowances=2), "Less: 2 allowances") is None


# -- South Carolina
def test_south_carolina_deduction_needs_an_allowance_and_has_a_cap():
    assert step("SC", yearly(100000, allowances=1), "Less: standard") == 7500
    assert step("SC", yearly(39000, allowances=1), "Less: standard") == 3900
    assert step("SC", yearly(39000), "Less: standard") is None


# -- Utah and Ohio: which date decides
def test_utah_changes_with_the_first_day_of_the_period():
    given = StateInput(
        Decimal(2600), PayPeriod.BIWEEKLY, period_start=date(2026, 5, 31)
    )
    assert tax("UT", given, date(2026, 6, 12)) == 117
    later = replace(given, period_start=date(2026, 6, 1))
    assert tax("UT", later, date(2026, 6, 12)) == 116
    assert tax("UT", replace(given, period_start=None), date(2026, 6, 12)) == 116


def test_ohio_changes_with_the_last_day_of_the_period():
    given = StateInput(
        Decimal(3000), PayPeriod.BIWEEKLY, allowances=1, period_end=date(2026, 7, 31)
    )
    day = date(2026, 8, 7)
    july = tax("OH", given, day)
    august = tax("OH", replace(given, period_end=date(2026, 8, 1)), day)
    # 77,350: 462.39, from August 416.80, and 2.99 percent of 51,300
    assert (july, august) == (Decimal("76.78"), Decimal("75.03"))
    assert tax("OH", replace(given, period_end=None), day) == august


def test_a_period_from_before_our_tables_is_paid_by_those_of_its_pay_date():
    given = StateInput(
        Decimal(2600), PayPeriod.BIWEEKLY, period_start=date(2025, 12, 20)
    )
    assert tax("UT", given, date(2026, 1, 2)) == 117


def test_georgia_changes_with_the_pay_date():
    given = yearly(100000)
    assert tax("GA", given, date(2026, 5, 10)) == Decimal("4567.20")
    assert tax("GA", given, date(2026, 5, 11)) == Decimal("4241.50")


# -- Wisconsin: W-166 (January 2026)
@pytest.mark.parametrize(
    ("column", "wages", "deduction"),
    [
        ("single", "17779.99", 6702),
        ("single", "73630", 0),
        ("married_jointly", "25727", 9461),
        ("married_jointly", "73032", 0),
        ("head_of_household", "200000", 0),
    ],
)
def test_wisconsin_deduction_slides(column, wages, deduction):
    law = law_on("WI", DAY)
    assert wisconsin.sliding_deduction(law, column, Decimal(wages)) == deduction


# -- West Virginia
def test_west_virginia_tables_by_earners():
    one, two = tax("WV", yearly(50000)), tax("WV", yearly(50000, two_jobs=True))
    assert one < two
    assert tax("WV", yearly(50000, M)) == two
    assert tax("WV", yearly(50000, M, spouse_works=False)) == one


# -- Colorado and Illinois: entries of the form the common rule knows
def test_colorado_form_replaces_the_deduction():
    assert tax("CO", yearly(52000, M)) == 1804
    assert tax("CO", yearly(52000, M, allowance_amount=Decimal(0))) == 2288
