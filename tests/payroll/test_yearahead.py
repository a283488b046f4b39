"""A year of paychecks: the year to date of one is what the ones before it came to."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal as D

from tools.payroll.deduct.deductions import Election
from tools.payroll.law.period import PayPeriod
from tools.payroll.slip.employer import Employer
from tools.payroll.slip.grosstonet import work_out
from tools.payroll.slip.slipfacts import Chosen, Facts, StateForm, Totals
from tools.payroll.slip.yearahead import PayDay, year_ahead
from tools.payroll.time.earning import Earning
from tools.payroll.time.wage import salary

DAYS = [
    PayDay(
        date(2026, 1, 2) + timedelta(days=14 * n),
        date(2025, 12, 14) + timedelta(days=14 * n),
        date(2025, 12, 27) + timedelta(days=14 * n),
        n in (6, 12, 19, 25),
    )
    for n in range(26)
]
BASE = Facts(
    pay_date=DAYS[0].pay_date,
    start=DAYS[0].start,
    end=DAYS[0].end,
    period=PayPeriod.BIWEEKLY,
    work_state="TX",
    earnings=(),
    employer=Employer(suta_rate=D("0.027"), suta_base=D(9000)),
    states=(StateForm("TX", {"form_on_file": False}),),
)


def slips(amount, *chosen, days=DAYS):
    base = replace(BASE, chosen=chosen)
    return list(
        year_ahead(base, days, lambda _day: (Earning("REG", amount, "Salary"),))
    )


def test_social_security_stops_at_the_wage_base():
    year = slips(D(8000))
    total = -sum(slip.total("SS") for slip in year)
    assert total == (D("184500") * D("0.062")).quantize(D("0.01"))
    assert -year[0].total("SS") == D("496.00")
    assert year[-1].total("SS") == 0


def test_federal_unemployment_stops_at_seven_thousand():
    assert sum(slip.total("FUTA") for slip in slips(D(2000))) == D("42.00")


def test_a_deferral_stops_at_the_limit_of_the_year():
    wish = Chosen("election:1", Election("401k", D(1200), name="401(k)"))
    taken = [-slip.total("RET") for slip in slips(D(4000), wish)]
    assert sum(taken) == D(24500)
    assert taken[19:22] == [D(1200), D(500), D(0)]


def test_a_goal_ends_a_deduction():
    loan = Chosen("election:2", Election("posttax", D(100), goal=D(250), name="Loan"))
    taken = [-slip.total("POST") for slip in slips(D(2000), loan)[:4]]
    assert taken == [D(100), D(100), D(50), D(0)]


def test_commuting_begins_anew_each_month():
    ride = Chosen("election:3", Election("commuter", D(250), name="Parking"))
    year = slips(D(3000), ride)
    by_month = {}
    for day, slip in zip(DAYS, year, strict=True):
        month = by_month.setdefault(day.pay_date.month, [])
        month.append(-slip.total("S125"))
    assert by_month[2][0] == by_month[1][0] == D(250)
    assert all(sum(month) == sum(by_month[1][:2]) for month in by_month.values())


def test_each_slip_is_what_the_facts_of_that_day_say():
    """The tenth paycheck, worked out by itself from sums added up here."""
    match = Chosen("election:1", Election("401k", percent=D(6), name="401(k)"))
    year = slips(D("3456.78"), match)
    sums = {}
    for slip in year[:9]:
        for item in slip.items:
            so_far = sums.get((item.code, item.key), Totals())
            sums[item.code, item.key] = Totals(
                so_far.amount + item.amount,
                so_far.wages + item.wages,
                so_far.taxed + item.taxed,
            )
    taken = -sum(sums[key].amount for key in sums if key[1] == "election:1")
    alone = work_out(
        replace(
            BASE,
            pay_date=DAYS[9].pay_date,
            start=DAYS[9].start,
            end=DAYS[9].end,
            earnings=(Earning("REG", D("3456.78"), "Salary"),),
            chosen=(replace(match, election=replace(match.election, taken=taken)),),
            year=sums,
        )
    )
    assert [(i.code, i.key, i.amount) for i in alone.items] == [
        (i.code, i.key, i.amount) for i in year[9].items
    ]


def test_a_salary_in_its_pay_period():
    assert salary(D(78000), "year", 26) == D("3000.00")
    assert salary(D(5000), "month", 24) == D("2500.00")
    assert salary(D("1234.567"), "period", 26) == D("1234.57")
