"""Prices terms of employment for a year, by the functions that work out a payslip."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from ...tools.money import ZERO, money
from ...tools.payroll.books.posting import EMPLOYER, EXPENSES, NO_MONEY
from ...tools.payroll.deduct.deductionlimits import Person
from ...tools.payroll.deduct.deductions import Election
from ...tools.payroll.deduct.retirement import Tier
from ...tools.payroll.law.certificates import W4, FilingStatus
from ...tools.payroll.slip.grosstonet import TAXES
from ...tools.payroll.slip.slipfacts import Chosen, Facts, Slip, StateForm
from ...tools.payroll.slip.yearahead import PayDay, year_ahead
from ...tools.payroll.tax.states import NAMES
from ...tools.payroll.time.earning import Earning
from ...tools.payroll.time.overtime import Work
from ...tools.payroll.time.paytime import hourly, salaried
from ...tools.payroll.time.proration import Pay
from ...tools.payroll.time.timecard import Basis, Timecard
from ...tools.payroll.time.wage import salary
from ...tools.payroll.time.workperiod import Scheme, Span
from ...tools.people.offer.yearprice import YearPrice
from .employers import Employers
from .orm import Env, Record

FIVE = 5


class OfferPricer:
    """Prices of offers of one company and one year; what they share is read once."""

    def __init__(self, env: Env, company: Record, year: int) -> None:
        self.env, self.company, self.year = env, company, year
        self.employers = Employers(env, company, date(year, 1, 1))
        self._days: dict[int, tuple[PayDay, ...]] = {}

    def price(self, offer: Record) -> YearPrice:
        """What the offer costs and pays in the year.

        :raises ValueError, LookupError: something is missing; the message says what
        """
        return summed(self.year, list(self.slips(offer)))

    def paycheck(self, offer: Record) -> Slip:
        """The first full paycheck of the year.

        :raises ValueError, LookupError: as ``price``
        """
        return next(self.slips(offer))

    def slips(self, offer: Record) -> Iterator[Slip]:
        """The paychecks of the year, one after another."""
        schedule = offer.schedule_id
        if not schedule:
            raise ValueError("Choose a pay schedule.")
        days = self.days(schedule)
        state = (offer.state_id or offer.company_id.state_id).code or ""
        if state not in NAMES:
            raise ValueError(
                "There is no work state: enter it, or the state in the company's address."
            )
        base = Facts(
            pay_date=days[0].pay_date,
            start=days[0].start,
            end=days[0].end,
            period=schedule._period(),
            work_state=state,
            earnings=(),
            certificate=W4(
                FilingStatus(offer.filing_status),
                offer.step2,
                money(offer.step3 or 0),
                money(offer.step4a or 0),
                money(offer.step4b or 0),
                money(offer.step4c or 0),
            ),
            chosen=tuple(map(_chosen, offer.line_ids)),
            person=Person(),
            states=(StateForm(state, {"form_on_file": False}),),
            employer=self.employers.of(self.company, state, joining=1),
        )
        return year_ahead(base, days, self._earnings(offer, schedule))

    def days(self, schedule: Record) -> tuple[PayDay, ...]:
        """The pay days of the schedule in the year."""
        if schedule.id not in self._days:
            self._days[schedule.id] = tuple(_pay_days(schedule, self.year))
        return self._days[schedule.id]

    def _earnings(
        self, offer: Record, schedule: Record
    ) -> Callable[[PayDay], tuple[Earning, ...]]:
        """What each period pays: the salary, or the hours of the week at the rate."""
        wage, a_day = money(offer.wage), money(offer.hours_week) / FIVE
        anchor = schedule._week_anchor()
        whole = (
            ZERO
            if offer.per == "hour"
            else salary(wage, offer.per, schedule._salary_parts_in(self.year))
        )
        basis = (
            Basis.HOURLY
            if offer.per == "hour"
            else Basis.EXEMPT
            if offer.exempt
            else Basis.SALARIED
        )

        def of(day: PayDay) -> tuple[Earning, ...]:
            return _period(day.start, day.end, anchor, basis, wage, a_day, whole)

        return of


@lru_cache(maxsize=4096)  # what-ifs ask for the same period again and again
def _period(
    start: date,
    end: date,
    anchor: date,
    basis: Basis,
    wage: Decimal,
    a_day: Decimal,
    whole: Decimal,
) -> tuple[Earning, ...]:
    span = Span(start, end)
    if basis is not Basis.HOURLY:
        planned = {day: a_day for day in span.days() if day.weekday() < FIVE}
        card = Timecard(span, (), planned, (), basis, Scheme.WEEK, anchor)
        return salaried(card, [Pay(span, whole)])[0]
    first = start - timedelta(days=Scheme.WEEK.value - 1)
    work = [
        Work(day, a_day, wage)
        for day in Span(first, end).days()
        if day.weekday() < FIVE
    ]
    card = Timecard(span, work, None, (), basis, Scheme.WEEK, anchor)
    return hourly(card, lambda _day: wage)[0]


def _pay_days(schedule: Record, year: int) -> Sequence[PayDay]:
    """Every period paid in the year, in order, with the last of each quarter marked."""
    found: list[tuple[date, Span]] = []
    span = schedule._period_on(date(year - 1, 11, 1))
    while (pay_date := schedule._pay_date(span.end)).year <= year:
        if pay_date.year == year:
            found.append((pay_date, span))
        span = schedule._period_on(span.end + timedelta(days=1))
    days = []
    for index, (pay_date, span) in enumerate(found):
        following = found[index + 1][0] if index + 1 < len(found) else None
        ends = following is None or _quarter(following) != _quarter(pay_date)
        days.append(PayDay(pay_date, span.start, span.end, ends))
    return days


def _quarter(day: date) -> int:
    return (day.month - 1) // 3


def _chosen(line: Record) -> Chosen:
    """A fringe benefit as the payslip would take it; waiting periods are over."""
    plan = line.plan_id
    return Chosen(
        f"election:offer{line._origin.id or id(line)}",
        Election(
            plan.kind,
            money(line.amount or 0),
            money(line.percent or 0),
            name=plan.name or "",
        ),
        plan.payee_id.id or 0,
        tuple(Tier(money(m.rate), money(m.pay_percent)) for m in plan.match_ids),
        money(line.coverage or 0),
    )


def summed(year: int, slips: Sequence[Slip]) -> YearPrice:
    """The year's figures of its paychecks."""
    gross = taxes = deductions = employer_taxes = benefits = ZERO
    nets: list[Decimal] = []
    notes: dict[str, None] = {}
    for slip in slips:
        net = ZERO
        for item in slip.items:
            if item.code in TAXES:
                taxes -= item.amount
                net += item.amount
            elif item.code == "ER_BEN":
                benefits += item.amount
            elif item.code in EMPLOYER:
                employer_taxes += item.amount
            elif EXPENSES.get(item.code) == "wages":
                gross += item.amount
                net += item.amount
            elif item.code not in NO_MONEY:
                deductions -= item.amount
                net += item.amount
        nets.append(net)
        notes.update(dict.fromkeys(slip.notes))
    return YearPrice(
        year,
        len(slips),
        gross,
        taxes,
        deductions,
        sum(nets, ZERO),
        employer_taxes,
        benefits,
        nets[0] if nets else ZERO,
        tuple(notes),
    )
