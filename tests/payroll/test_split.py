"""Net pay between several bank accounts."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.payroll.deduct.split import Account, Share, problems, split

FIXED, PERCENT, REST = Share.FIXED, Share.PERCENT, Share.REST


def amounts(net, *accounts):
    result = split(D(net), accounts)
    return [part.amount for part in result.parts], result.check


def test_fixed_then_percent_then_rest():
    accounts = (
        Account("rest", REST),
        Account("savings", FIXED, D(100)),
        Account("half", PERCENT, D(50)),
    )
    assert amounts("1000.01", *accounts) == ([D("400.01"), 100, 500], 0)


def test_a_fixed_amount_takes_no_more_than_there_is():
    result = split(D(80), [Account("a", FIXED, D(100)), Account("b", REST)])
    assert [part.amount for part in result.parts] == [80, 0]
    assert result.parts[0].reason == "net pay does not cover it"


def test_three_thirds_lose_no_cent():
    third = D("33.33")
    accounts = [
        Account("a", PERCENT, third),
        Account("b", PERCENT, third),
        Account("c", PERCENT, D("33.34")),
    ]
    assert amounts("100.01", *accounts) == ([D("33.33"), D("33.33"), D("33.35")], 0)


def test_without_a_rest_account_the_remainder_is_a_check():
    assert amounts("500.00", Account("a", PERCENT, D(60))) == ([300], 200)


def test_a_pending_prenote_gets_nothing_yet():
    accounts = [Account("new", PERCENT, D(50), ready=False), Account("old", REST)]
    result = split(D(900), accounts)
    assert [part.amount for part in result.parts] == [0, 900]
    assert result.parts[0].reason == "its prenote is pending"


def test_a_pending_rest_account_means_a_check():
    assert amounts("900.00", Account("new", REST, ready=False)) == ([0], 900)


def test_nobody_has_an_account():
    assert amounts("900.00") == ([], 900)


@pytest.mark.parametrize(
    ("accounts", "says"),
    [
        ([Account("a", REST), Account("b", REST)], "Only one account"),
        ([Account("a", PERCENT, D(60)), Account("b", PERCENT, D(41))], "add up to 101"),
        ([Account("a", FIXED, D(1)), Account("a", REST)], "listed twice"),
        ([Account("a", FIXED)], "above zero"),
        ([Account("a", FIXED, D("1.005"))], "whole cents"),
    ],
)
def test_accounts_that_cannot_be_paid_by(accounts, says):
    assert says in " ".join(problems(accounts))
    with pytest.raises(ValueError, match=says):
        split(D(100), accounts)


@pytest.mark.parametrize("net", ["-0.01", "10.005"])
def test_a_net_that_cannot_be_paid(net):
    with pytest.raises(ValueError, match="cannot be paid out"):
        split(D(net), [])


@st.composite
def some_accounts(draw):
    found, percent = [], D(0)
    for number in range(draw(st.integers(0, 6))):
        share = draw(st.sampled_from(Share))
        value = draw(st.decimals(min_value=D("0.01"), max_value=900, places=2))
        if share is REST and any(a.share is REST for a in found):
            share = FIXED
        if share is PERCENT:
            value = min(value, 100 - percent)
            if not value:
                continue
            percent += value
        ready = draw(st.booleans())
        found.append(Account(f"a{number}", share, value, ready))
    return found


@given(st.decimals(min_value=0, max_value=99999, places=2), some_accounts())
def test_the_parts_add_up_to_the_net(net, accounts):
    result = split(net, accounts)
    total = sum((part.amount for part in result.parts), result.check)
    assert total == net
    assert all(part.amount >= 0 for part in result.parts)
    assert result.check >= 0
    if any(a.share is REST and a.ready for a in accounts):
        assert result.check == 0
