"""The graph of panels, breakers, circuits, outlets and what is plugged in."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.facility.circuit import (
    Breaker,
    Circuit,
    Load,
    Outlet,
    Panel,
    Wiring,
)

# Main panel 1: breaker 11 feeds circuit 110 (outlets 1101, 1102), breaker 12 feeds
# sub-panel 2, whose breaker 21 feeds circuit 210 (outlet 2101); breaker 22 feeds sub-panel
# 3, whose breaker 31 feeds circuit 310 (outlet 3101). Breaker 13 is spare.
SITE = Wiring(
    [Panel(1), Panel(2, fed_by=12), Panel(3, fed_by=22)],
    [
        Breaker(11, 1),
        Breaker(12, 1),
        Breaker(13, 1),
        Breaker(21, 2),
        Breaker(22, 2),
        Breaker(31, 3),
    ],
    [Circuit(110, 11), Circuit(210, 21), Circuit(310, 31)],
    [Outlet(1101, 110), Outlet(1102, 110), Outlet(2101, 210), Outlet(3101, 310)],
    [
        Load(1, 1101, Decimal("1.5")),
        Load(2, 1102, Decimal("8.0")),
        Load(3, 1102, Decimal("4.5")),
        Load(4, 2101, Decimal("12")),
        Load(5, 3101),
    ],
)


@pytest.mark.parametrize(
    ("breaker", "panels", "outlets", "loads"),
    [
        pytest.param(11, (), (1101, 1102), (1, 2, 3), id="one circuit"),
        pytest.param(12, (2, 3), (2101, 3101), (4, 5), id="two sub-panels deep"),
        pytest.param(22, (3,), (3101,), (5,), id="the deeper sub-panel alone"),
        pytest.param(13, (), (), (), id="a spare breaker"),
        pytest.param(99, (), (), (), id="no such breaker"),
    ],
)
def test_what_goes_dark(breaker, panels, outlets, loads):
    dark = SITE.dark(breaker)
    assert dark.panels == panels
    assert dark.outlets == outlets
    assert dark.loads == loads


def test_what_shares_a_circuit_is_on_other_outlets_too():
    assert SITE.shares_circuit(1) == (2, 3)
    assert SITE.shares_circuit(4) == ()


def test_the_way_the_current_comes():
    assert SITE.feed(31) == ((1, 12), (2, 22), (3, 31))
    assert SITE.feed(11) == ((1, 11),)


@pytest.mark.parametrize(
    ("breaker", "amps"),
    [(11, "14.0"), (12, "12"), (22, "0"), (13, "0")],
)
def test_nameplates_add_up_through_sub_panels(breaker, amps):
    assert SITE.amps(breaker) == Decimal(amps)


def test_a_circle_of_panels_is_named_and_ends():
    breakers = [Breaker(11, 1), Breaker(21, 2), Breaker(31, 3)]
    circle = Wiring(
        [Panel(4, fed_by=11), Panel(1, fed_by=31), Panel(2, 11), Panel(3, 21)], breakers
    )
    assert set(circle.cycle()) == {1, 2, 3}
    assert set(circle.breakers_below(11)) == {11, 21, 31}
    assert len(circle.feed(31)) == 3


def test_a_panel_that_feeds_itself_is_a_circle():
    assert Wiring([Panel(1, fed_by=11)], [Breaker(11, 1)]).cycle() == (1,)


def test_a_tree_has_no_circle():
    assert SITE.cycle() == ()


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(0, 6)), max_size=12))
def test_whatever_is_wired_every_question_ends(pairs):
    """Panel n has breaker 10n; each pair says that a breaker feeds a panel."""
    feeds = {panel: 10 * above for panel, above in pairs if above}
    wiring = Wiring(
        [Panel(n, feeds.get(n)) for n in range(1, 7)],
        [Breaker(10 * n, n) for n in range(1, 7)],
        [Circuit(n, 10 * n) for n in range(1, 7)],
        [Outlet(n, n) for n in range(1, 7)],
        [Load(n, n, Decimal(1)) for n in range(1, 7)],
    )
    for n in range(1, 7):
        dark = wiring.dark(10 * n)
        assert len(dark.loads) == len(set(dark.loads)) == len(dark.breakers)
        assert wiring.amps(10 * n) == len(dark.loads)
        below = all(
            10 * n in dict(map(reversed, wiring.feed(b))) for b in dark.breakers
        )
        assert below or wiring.cycle()
