"""The loader believes nothing: each kind of bad cell stops it by name."""

from datetime import date
from decimal import Decimal

import pytest
from tools.payroll.law import lawtable
from tools.payroll.tax.states import NAMES, BadTable, Bracket, Schedule, tables
from tools.payroll.tax.states.schedule import StepTable, slices

# States whose printed schedules jump by dollars and mean it: New Jersey prints whole
# dollars per period, Arkansas takes its lower rates back in steps of ten, Oregon's
# tables are rounded to the dollar.
MEANT = {"AR", "NJ", "OR"}


def shipped(name):
    return [dict(row) for row in lawtable.rows(name)]


@pytest.fixture
def broken(monkeypatch):
    """Replace one shipped table by a changed copy and load anew."""

    def load(name, change):
        rows = shipped(name)
        change(rows)
        real = lawtable.rows
        monkeypatch.setattr(
            tables.lawtable, "rows", lambda n: tuple(rows) if n == name else real(n)
        )
        tables.laws.cache_clear()
        return tables.laws()

    yield load
    tables.laws.cache_clear()


def set_cell(column, value, line=0):
    def change(rows):
        rows[line][column] = value

    return change


@pytest.mark.parametrize(
    ("name", "column", "value", "complaint"),
    [
        ("state_guides", "state", "ZZ", "is not a state"),
        ("state_guides", "valid_from", "1 January", "is not a date"),
        ("state_guides", "valid_to", "2026-13-01", "is not a date"),
        ("state_guides", "method", "magic", "not one of"),
        ("state_guides", "dated_by", "luck", "not one of"),
        ("state_guides", "rounds_to", "mill", "not one of"),
        ("state_guides", "wage_base", "net", "not one of"),
        ("state_guides", "proof", "sure", "not one of"),
        ("state_guides", "citation", "", "is empty"),
        ("state_guides", "citation", " Guide", "blanks around"),
        ("state_guides", "mark", "because", "why it is unproven"),
        ("state_parameters", "value", "3,000", "is not a number"),
        ("state_parameters", "value", "NaN", "is not a number"),
        ("state_parameters", "value", "", "is empty"),
        ("state_parameters", "valid_from", "2024-01-01", "no guide is dated"),
        ("state_brackets", "rate_percent", "101", "between 0 and 100"),
        ("state_brackets", "floor", "9999999", "rising order"),
        ("state_steps", "edge", "9999999", "have to rise"),
        ("state_counties", "banding", "half", "whole, slices"),
    ],
)
def test_a_bad_cell_stops_the_load(broken, name, column, value, complaint):
    with pytest.raises(BadTable, match=complaint):
        broken(name, set_cell(column, value))


def test_the_complaint_names_file_line_and_column(broken):
    with pytest.raises(BadTable, match=r"^state_parameters.csv line 5, value: 'x'"):
        broken("state_parameters", set_cell("value", "x", line=3))


def test_a_row_with_a_cell_too_few_or_too_many_is_refused(broken):
    with pytest.raises(BadTable, match="line 2: its cells are not"):
        broken("state_brackets", lambda rows: rows[0].popitem())
    with pytest.raises(BadTable, match="line 2: its cells are not"):
        broken("state_brackets", lambda rows: rows[0].update({None: ["more"]}))


def test_a_missing_state_is_refused(broken):
    def drop(rows):
        rows[:] = [row for row in rows if row["state"] != "TX"]

    with pytest.raises(BadTable, match="TX is missing"):
        broken("state_guides", drop)


def test_a_state_without_brackets_is_refused(broken):
    def drop(rows):
        rows[:] = [row for row in rows if row["state"] != "VA"]

    with pytest.raises(BadTable, match="VA: no brackets"):
        broken("state_brackets", drop)


@pytest.mark.parametrize(
    ("until", "complaint"),
    [("2026-05-11", "two tables are in force"), ("2026-05-09", "no table between")],
)
def test_spans_meet_without_overlap_or_gap(broken, until, complaint):
    georgia = next(
        i for i, r in enumerate(shipped("state_guides")) if r["state"] == "GA"
    )
    with pytest.raises(BadTable, match=f"GA: {complaint}"):
        broken("state_guides", set_cell("valid_to", until, georgia))


def test_a_value_twice_is_refused(broken):
    with pytest.raises(BadTable, match="second value"):
        broken("state_parameters", lambda rows: rows.append(dict(rows[0])))


def test_all_that_ships_loads():
    assert set(tables.laws()) == set(NAMES)
    assert sum(map(len, tables.laws().values())) == 56 - 1


def test_the_tables_are_read_once():
    assert tables.laws() is tables.laws()


def test_base_taxes_follow_from_the_brackets_below():
    """A slip of the pen in a floor, base or rate shows as a jump of dollars."""
    for state, spans in tables.laws().items():
        for law in spans:
            for (_name, column), schedule in law.schedules.items():
                for bracket, off in schedule.jumps():
                    limit = 12 if state in MEANT else 2
                    if state == "NY" and bracket.floor >= 107650:
                        continue  # recapture: the bases are the state's own
                    assert abs(off) < limit, (state, column, bracket, off)


def test_schedule_at_and_around_a_floor():
    schedule = Schedule(
        (
            Bracket(Decimal(0), Decimal(0), Decimal(2)),
            Bracket(Decimal(500), Decimal(10), Decimal(4)),
        )
    )
    assert schedule.tax(Decimal(0)) == 0
    assert schedule.tax(Decimal(-5)) == 0
    assert schedule.tax(Decimal(500)) == 10
    assert schedule.tax(Decimal(501)) == Decimal("10.04")
    assert schedule.tax(Decimal(499)) == Decimal("9.98")


def test_a_schedule_that_begins_above_zero_taxes_nothing_below():
    schedule = Schedule((Bracket(Decimal(100), Decimal(5), Decimal(2)),))
    assert schedule.tax(Decimal(99)) == 0
    assert schedule.bracket(Decimal(99)) is None


def test_steps_over_and_at_least_differ_on_the_edge():
    steps = StepTable((Decimal(0), Decimal(10)), (Decimal(1), Decimal(2)))
    assert (steps.over(Decimal(10)), steps.at_least(Decimal(10))) == (1, 2)
    assert (steps.over(Decimal(0)), steps.at_least(Decimal(0))) == (0, 1)


def test_slices_charge_each_band_on_its_own_part():
    bands = ((Decimal(0), Decimal(1)), (Decimal(100), Decimal(2)))
    assert slices(bands, Decimal(50)) == Decimal("0.5")
    assert slices(bands, Decimal(150)) == 2
    assert slices(bands, Decimal(0)) == 0


def test_valid_dates_of_the_shipped_tables():
    for spans in tables.laws().values():
        for law in spans:
            if law.valid_to is not None:
                assert law.valid_from < law.valid_to <= date(2026, 12, 31)
