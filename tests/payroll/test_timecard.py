"""From check-ins to hours to pay."""

from datetime import date, datetime, timedelta
from decimal import Decimal as D
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.payroll.time.attendance import (
    AttendanceError,
    Interval,
    hours,
    rounded,
    work_of,
)
from tools.payroll.time.correction import Line, correct
from tools.payroll.time.overtime import Work
from tools.payroll.time.proration import Pay, prorate
from tools.payroll.time.timecard import Basis, Bucket, Leave, Timecard, time_to_pay
from tools.payroll.time.workperiod import Scheme, Span, ending_in, overtime_by_day

CHICAGO = ZoneInfo("America/Chicago")
SUNDAY = date(2026, 3, 1)
# A semimonthly pay period: its first workweek began on Sunday 8 March.
PERIOD = Span(date(2026, 3, 11), date(2026, 3, 24))
EIGHTS = {
    SUNDAY + timedelta(days=i): D(8)
    for i in range(31)
    if (SUNDAY + timedelta(days=i)).weekday() < 5
}


def at(day, start, end, zone=None, **more):
    first = datetime.fromisoformat(f"2026-03-{day:02} {start}").replace(tzinfo=zone)
    last = datetime.fromisoformat(f"2026-03-{day:02} {end}").replace(tzinfo=zone)
    if last <= first:
        last += timedelta(days=1)
    return Interval(first, last, **more)


def shifts(first, *lengths):
    return [
        Work(date(2026, 3, first + i), D(length), D(20))
        for i, length in enumerate(lengths)
        if length
    ]


def card(work=(), **more):
    more.setdefault("schedule", EIGHTS)
    return Timecard(PERIOD, work, week_starts=SUNDAY, **more)


EIGHT = at(3, "08:00", "09:00").start


def test_a_shift_over_midnight_belongs_to_two_days():
    work = work_of([at(3, "22:00", "06:00")])
    assert [(w.day.day, w.hours) for w in work] == [(3, D(2)), (4, D(6))]


def test_the_night_of_the_clock_change_counts_the_hour_really_worked():
    """On 8 March 2026 the clock skips from 2 to 3 in the morning."""
    assert sum(w.hours for w in work_of([at(7, "22:00", "06:00", CHICAGO)])) == 7
    assert sum(w.hours for w in work_of([at(7, "22:00", "06:00")])) == 8


def test_the_repeated_hour_of_autumn_is_no_overlap():
    first = datetime(2026, 11, 1, 0, 0, tzinfo=CHICAGO)
    one = datetime(2026, 11, 1, 1, 30, tzinfo=CHICAGO)
    again = one.replace(fold=1)
    later = datetime(2026, 11, 1, 3, 0, tzinfo=CHICAGO)
    work = work_of([Interval(first, again), Interval(again, later)])
    assert sum(w.hours for w in work) == 4


def test_thirds_of_an_hour_add_up():
    work = work_of([at(3, "08:00", "08:20"), at(3, "09:00", "09:40")])
    assert [w.hours for w in work] == [D(1)]
    assert hours(1200) == D("0.333333")


def test_each_rate_keeps_its_hours():
    work = work_of([at(3, "08:00", "12:00"), at(3, "12:00", "14:00", rate=D(30))])
    assert [(w.rate, w.hours) for w in work] == [(0, 4), (30, 2)]


def test_in_and_out_within_one_second_is_no_work_and_no_error():
    assert work_of([Interval(EIGHT, EIGHT)]) == ()
    worked = at(3, "08:00", "12:00")
    within = Interval(
        worked.start + timedelta(hours=1), worked.start + timedelta(hours=1)
    )
    assert work_of([within, worked]) == work_of([worked])


@pytest.mark.parametrize(
    ("intervals", "says"),
    [
        ([at(3, "08:00", "12:00"), at(3, "11:00", "13:00")], "starts before"),
        ([Interval(EIGHT, EIGHT - timedelta(seconds=1))], "before it starts"),
        ([at(3, "08:00", "12:00"), at(4, "08:00", "12:00", CHICAGO)], "time zone"),
    ],
)
def test_attendances_that_cannot_be_paid_are_named(intervals, says):
    with pytest.raises(AttendanceError, match=says):
        work_of(intervals)


@pytest.mark.parametrize(
    ("clock", "minutes", "expected"),
    [("08:07", 15, "08:00"), ("08:08", 15, "08:15"), ("08:03", 6, "08:06")],
)
def test_clock_times_round_to_the_nearest_quarter_or_tenth(clock, minutes, expected):
    """29 CFR 785.48(b): the seven-minute rule."""
    start = rounded(at(3, clock, "17:00"), minutes).start
    assert f"{start:%H:%M}" == expected


def test_clock_times_are_not_rounded_to_the_half_hour():
    with pytest.raises(ValueError, match="5, 6 or 15"):
        rounded(at(3, "08:00", "17:00"), 30)


def test_workweeks_belong_to_the_period_in_which_they_end():
    """29 CFR 778.106."""
    assert ending_in(PERIOD, Scheme.WEEK, SUNDAY) == (
        Span(date(2026, 3, 8), date(2026, 3, 14)),
        Span(date(2026, 3, 15), date(2026, 3, 21)),
    )


def test_the_anchor_may_lie_in_the_future():
    assert ending_in(PERIOD, Scheme.WEEK, date(2026, 6, 7)) == ending_in(
        PERIOD, Scheme.WEEK, SUNDAY
    )


def test_overtime_of_a_straddling_week():
    """45 hours in the week of 8 March; 20 of them before the pay period began."""
    work = shifts(9, 10, 10, 10, 10, 5)
    found = time_to_pay(card(work))
    assert found.hours[Bucket.REGULAR] == 20
    assert found.hours[Bucket.OVERTIME] == 5
    assert found.hours[Bucket.OVERTIME_EARLIER] == 0
    assert sum(w.hours for w in found.due[0][1]) == 45


def test_overtime_hours_paid_straight_before_earn_only_the_premium_now():
    """All 48 hours fell on 8 to 10 March, before the period: 8 h of premium are due."""
    found = time_to_pay(card(shifts(8, 16, 16, 16)))
    assert found.hours[Bucket.REGULAR] == 0
    assert found.hours[Bucket.OVERTIME_EARLIER] == 8


def test_a_week_that_has_not_ended_owes_no_overtime_yet():
    found = time_to_pay(card(shifts(22, 15, 15, 15)))
    assert found.hours[Bucket.REGULAR] == 45
    assert found.hours[Bucket.OVERTIME] == 0


def test_paid_leave_makes_no_overtime():
    """29 CFR 778.218: four days of 9 hours and a day of PTO are 36 hours of work."""
    day_off = Leave(date(2026, 3, 20), D(8), Bucket.PTO)
    found = time_to_pay(card(shifts(16, 9, 9, 9, 9), leaves=[day_off]))
    assert found.hours[Bucket.OVERTIME] == 0
    assert found.hours[Bucket.REGULAR] == 36
    assert found.hours[Bucket.PTO] == 8


def test_scheduled_hours_nobody_worked_are_unpaid():
    found = time_to_pay(card(shifts(16, 8, 6, 8, 8, 8)))
    assert found.hours[Bucket.UNPAID] == 2 + 5 * 8  # the other week's five days
    assert found.remarks == ()


def test_an_exempt_salary_needs_no_attendance():
    leaves = [
        Leave(date(2026, 3, 16), D(8), Bucket.HOLIDAY),
        Leave(date(2026, 3, 17), D(8), Bucket.UNPAID),
    ]
    found = time_to_pay(card(leaves=leaves, basis=Basis.EXEMPT))
    assert found.hours[Bucket.REGULAR] == 80 - 16
    assert found.hours[Bucket.UNPAID] == 8
    assert found.due == ()


def test_docking_an_exempt_salary_by_the_hour_is_remarked():
    leave = Leave(date(2026, 3, 17), D(3), Bucket.UNPAID)
    found = time_to_pay(card(leaves=[leave], basis=Basis.EXEMPT))
    assert "541.602" in found.remarks[0]


def test_a_salaried_person_who_is_not_exempt_has_overtime():
    found = time_to_pay(card(shifts(16, 9, 9, 9, 9, 9), basis=Basis.SALARIED))
    assert found.hours[Bucket.REGULAR] == 80
    assert found.hours[Bucket.OVERTIME] == 5


def test_leave_on_a_day_off_is_remarked():
    leave = Leave(date(2026, 3, 21), D(8), Bucket.SICK)
    found = time_to_pay(card(leaves=[leave]))
    assert "exceed the 0 h scheduled" in found.remarks[0]


def test_overtime_is_no_kind_of_leave():
    with pytest.raises(ValueError, match="not a kind of leave"):
        Leave(SUNDAY, D(8), Bucket.OVERTIME)


def test_eight_and_eighty_lays_long_days_first():
    work = shifts(1, *[8] * 9, 10, 12)
    found = overtime_by_day(work, Scheme.FORTNIGHT)
    assert found == {date(2026, 3, 10): D(2), date(2026, 3, 11): D(12)}


work_days = st.lists(
    st.decimals(min_value=0, max_value=16, places=2), min_size=21, max_size=21
)


@given(work_days, st.sampled_from(Scheme))
def test_every_hour_worked_in_the_period_is_in_one_bucket(lengths, scheme):
    work = [Work(SUNDAY + timedelta(days=i), h) for i, h in enumerate(lengths) if h]
    found = time_to_pay(card(work, scheme=scheme))
    inside = sum((w.hours for w in work if w.day in PERIOD), D(0))
    assert found.hours[Bucket.REGULAR] + found.hours[Bucket.OVERTIME] == inside
    assert min(found.hours.values()) >= 0


@given(work_days)
def test_overtime_is_paid_once_over_consecutive_periods(lengths):
    """Three one-week periods out of step with the workweek pay what whole weeks owe."""
    work = [Work(SUNDAY + timedelta(days=i), h) for i, h in enumerate(lengths) if h]
    paid = D(0)
    for start in range(3, 24, 7):
        first = SUNDAY + timedelta(days=start - 7)
        span = Span(first, first + timedelta(days=6))
        found = time_to_pay(Timecard(span, work, week_starts=SUNDAY))
        paid += found.hours[Bucket.OVERTIME] + found.hours[Bucket.OVERTIME_EARLIER]
    owed = sum(max(D(0), sum(lengths[i : i + 7]) - 40) for i in (0, 7))
    assert paid == owed


def test_a_raise_in_mid_period_is_prorated_by_working_days():
    """10 working days; 2,000 for three of them, 2,200 for seven."""
    change = date(2026, 3, 16)
    pays = [
        Pay(Span(SUNDAY, change - timedelta(days=1)), D(2000)),
        Pay(Span(change, date(2026, 12, 31)), D(2200)),
    ]
    worked = prorate(PERIOD, pays)
    assert worked.amount == D("2140.00")
    assert [step.amount for step in worked.steps] == [10, D("600.00"), D("1540.00")]


def test_a_new_hire_is_paid_from_the_first_day():
    pays = [Pay(Span(date(2026, 3, 18), date(2026, 12, 31)), D(2000))]
    assert prorate(PERIOD, pays).amount == D("1000.00")


def test_two_salaries_on_one_day_are_refused():
    pays = [Pay(PERIOD, D(1)), Pay(PERIOD, D(2))]
    with pytest.raises(ValueError, match="Two salaries"):
        prorate(PERIOD, pays)


def test_a_period_without_working_days_is_refused():
    with pytest.raises(ValueError, match="No working day"):
        prorate(Span(date(2026, 3, 7), date(2026, 3, 8)), [Pay(PERIOD, D(1))])


@given(
    st.decimals(min_value=1, max_value=99999, places=2),
    st.lists(st.integers(1, 13), unique=True, max_size=5),
)
def test_an_unchanged_salary_survives_any_number_of_versions(salary, cuts):
    marks = [PERIOD.start + timedelta(days=c) for c in sorted(cuts)]
    starts = [PERIOD.start, *marks]
    ends = [m - timedelta(days=1) for m in marks] + [PERIOD.end]
    pays = [Pay(Span(a, b), salary) for a, b in zip(starts, ends, strict=True)]
    assert prorate(PERIOD, pays).amount == salary


def test_a_forgotten_shift_is_paid_in_the_next_period():
    paid = [Line("regular", D(72), D(20), D(1440))]
    due = [
        Line("regular", D(80), D(20), D(1600)),
        Line("overtime", D(2), D(30), D(60)),
    ]
    assert correct(paid, due) == (
        Line("overtime", D(2), D(30), D(60)),
        Line("regular", D(8), D(20), D(160)),
    )


lines = st.lists(
    st.builds(
        Line,
        st.sampled_from(["regular", "overtime", "pto"]),
        st.decimals(min_value=0, max_value=80, places=2),
        st.sampled_from([D(20), D("31.50")]),
        st.decimals(min_value=0, max_value=3000, places=2),
    ),
    max_size=6,
)


@given(lines, lines)
def test_paid_and_corrected_is_what_was_due(paid, due):
    added = correct(paid, due)
    total = sum((line.amount for line in (*paid, *added)), D(0))
    assert total == sum((line.amount for line in due), D(0))
    assert correct([*paid, *added], due) == ()
