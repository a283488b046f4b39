"""Corrected returns: three columns, and what is left out."""

from datetime import date
from decimal import Decimal

from tools.payroll.returns.corrected import Figure, corrections, last_day


def test_an_employers_return_shows_every_line_that_can_be_corrected():
    old = {
        (0, key): Figure(key, Decimal(n))
        for key, n in (("1", 5), ("2", 1000), ("5a", 900), ("13", 300), ("16.1", 100))
    }
    new = old | {
        (0, "2"): Figure("2", Decimal(1100)),
        (0, "1"): Figure("1", Decimal(6)),
    }
    found = corrections(old, new, "941")
    assert [(c.key, c.reported, c.correct, c.difference) for c in found] == [
        ("2", 1000, 1100, 100),
        ("5a", 900, 900, 0),
    ]


def test_of_persons_only_what_differs():
    old = {
        (7, "1"): Figure("Wages", Decimal(500)),
        (7, "12D"): Figure("Deferrals", Decimal(50)),
        (8, "1"): Figure("Wages", Decimal(700)),
    }
    new = {
        (7, "1"): Figure("Wages", Decimal(550)),
        (8, "1"): Figure("Wages", Decimal(700)),
        (9, "1"): Figure("Wages", Decimal(20)),
    }
    found = corrections(old, new, "w2")
    assert [(c.person, c.key, c.difference) for c in found] == [
        (7, "1", 50),
        (9, "1", 20),
        (7, "12D", -50),
    ]


def test_correct_figures_need_no_form():
    same = {(7, "1"): Figure("Wages", Decimal(500))}
    assert corrections(same, same, "w2") == []


def test_three_years_after_the_15th_of_april():
    assert last_day(2023) == date(2027, 4, 15)
