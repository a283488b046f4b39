"""Disability insurance, paid leave and the other employee taxes of states."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.payroll.law.period import PayPeriod
from tools.payroll.tax import state_other
from tools.payroll.tax.state_other import OtherInput, taxes, withhold
from tools.payroll.tax.states import NAMES, StateInputError, UnknownState, WageBase
from tools.payroll.tax.states.errors import BadTable

DAY = date(2026, 3, 6)
BIWEEKLY = PayPeriod.BIWEEKLY


def tax(code, employees=30):
    found = {
        t.code: t for state in NAMES for t in taxes(state, DAY, employees=employees)
    }
    return found[code]


def take(code, wages, **more):
    more.setdefault("period", BIWEEKLY)
    return withhold(tax(code), OtherInput(Decimal(wages), **more)).amount


# code, wages, expected, where the figure comes from
EXAMPLES = [
    ("ca_sdi", "1000", "13.00", "DE 44 p. 8: 1.3 percent, no limit"),
    ("ca_sdi", "300000", "3900.00", "DE 44 p. 8: no taxable wage limit"),
    ("co_famli", "5000", "22.00", "CDLE employer brief: 5,000 x 0.44 percent"),
    ("ct_paid_leave", "1000", "5.00", "CT Paid Leave: 0.5 percent"),
    ("de_paid_leave", "1000", "4.00", "19 Del. C. 3707: half of 0.8 percent"),
    ("ma_pfml", "1000", "4.60", "DFML: 0.18 and 0.28 percent"),
    ("me_pfml", "1000", "5.00", "Employer's guide: half of 1 percent"),
    ("mn_paid_leave", "1000", "4.40", "half of 0.88 percent"),
    ("nj_tdi", "171100", "325.09", "NJ DOL: maximum worker contribution 2026"),
    ("nj_fli", "171100", "393.53", "NJ DOL: maximum worker contribution 2026"),
    ("nj_ui_wf_swf", "43300", "184.03", "the maximum printed for the base of 2025"),
    ("ny_pfl", "95348.76", "411.91", "NYS PFL: maximum annual contribution 2026"),
    ("or_paid_leave", "1000", "6.00", "Paid Leave Oregon: 1,000 pays 6"),
    ("or_transit", "1000", "1.00", "Oregon DOR: one tenth of 1 percent"),
    ("pa_uc", "1000", "0.70", "PA DLI: 70 cents per 1,000"),
    ("pa_uc", "100000", "70.00", "PA DLI: no wage base"),
    ("ri_tdi", "100000", "1100.00", "RI DLT: maximum contribution 2026"),
    ("vt_ccc", "1000", "1.10", "Act 76: a quarter of 0.44 percent"),
    ("wa_pfml", "1000", "8.07", "Employer toolkit: gross x 0.0113 x 0.7143"),
    ("wa_cares", "1000", "5.80", "WA Cares: gross x 0.0058"),
]


@pytest.mark.parametrize(("code", "wages", "expected", "source"), EXAMPLES)
def test_published_figure(code, wages, expected, source):
    assert take(code, wages) == Decimal(expected), source


def test_every_tax_of_the_table_has_a_case():
    cased = {code for code, *_ in EXAMPLES} | {"ny_dbl", "nm_wc_fee"}
    assert cased == {t.code for t in state_other.everything()}


def test_above_the_cap_is_the_cap():
    assert take("co_famli", 5000, ytd_wages=Decimal(184500)) == 0
    assert take("co_famli", 5000, ytd_wages=Decimal(183500)) == Decimal("4.40")
    assert take("co_famli", 5000, ytd_wages=Decimal(190000)) == 0


def test_new_yorks_maximum_is_one_of_dollars():
    assert take("ny_pfl", 5000, ytd_withheld=Decimal(400)) == Decimal("11.91")
    assert take("ny_pfl", 5000, ytd_withheld=Decimal("411.91")) == 0


def test_new_york_disability_is_sixty_cents_a_week():
    for period, most in (
        (PayPeriod.WEEKLY, "0.60"),
        (PayPeriod.BIWEEKLY, "1.20"),
        (PayPeriod.SEMIMONTHLY, "1.30"),
        (PayPeriod.MONTHLY, "2.60"),
    ):
        assert take("ny_dbl", 5000, period=period) == Decimal(most)
    assert take("ny_dbl", 100, period=PayPeriod.WEEKLY) == Decimal("0.50")


def test_a_weekly_maximum_on_other_periods_is_remarked():
    def codes(period):
        result = withhold(tax("ny_dbl"), OtherInput(Decimal(5000), period))
        return {note.code for note in result.notes}

    assert "weekly_maximum" in codes(PayPeriod.MONTHLY)
    assert "weekly_maximum" not in codes(PayPeriod.BIWEEKLY)


def test_pennsylvania_drops_what_is_beyond_the_mill():
    # 0.0007 x 1,064.00 = 0.7448; 0.0007 x 1,064.99 = 0.745493 -> 0.745 -> 0.75
    assert take("pa_uc", "1064.00") == Decimal("0.74")
    assert take("pa_uc", "1064.99") == Decimal("0.75")


def test_new_mexicos_fee_is_once_a_quarter():
    assert take("nm_wc_fee", 3000) == 0
    assert take("nm_wc_fee", 3000, quarter_end=True) == Decimal("2.25")


def test_the_share_of_the_practice_goes_before_the_laws_highest():
    assert take("ma_pfml", 1000, elected_percent=Decimal("0.30")) == 3
    assert take("ma_pfml", 1000, elected_percent=Decimal(0)) == 0
    chosen = withhold(
        tax("ma_pfml"),
        OtherInput(Decimal(1000), BIWEEKLY, elected_percent=Decimal("0.3")),
    )
    assert chosen.notes == ()
    (note,) = withhold(tax("ma_pfml"), OtherInput(Decimal(1000), BIWEEKLY)).notes
    assert note.code == "share_not_chosen"


@pytest.mark.parametrize(
    ("code", "percent", "complaint"),
    [
        ("ma_pfml", "0.47", "0 to 0.46 percent"),
        ("ma_pfml", "-1", "0 to 0.46 percent"),
        ("ca_sdi", "1", "1.3, no other"),
    ],
)
def test_a_share_the_law_does_not_allow_is_refused(code, percent, complaint):
    with pytest.raises(StateInputError, match=complaint):
        take(code, 1000, elected_percent=Decimal(percent))


def test_delaware_depends_on_the_head_count():
    def percents(count):
        return [t.percent for t in taxes("DE", DAY, employees=count)]

    assert percents(9) == []
    assert percents(10) == percents(24) == [Decimal("0.16")]
    assert percents(25) == percents(500) == [Decimal("0.4")]
    with pytest.raises(StateInputError, match="head count"):
        taxes("DE", DAY)


def test_an_unproven_tax_says_so():
    doubtful = replace(tax("mn_paid_leave"), proven=False, mark="Nobody looked.")
    notes = withhold(doubtful, OtherInput(Decimal(1000), BIWEEKLY)).notes
    assert "unproven" in {note.code for note in notes}
    assert all(t.proven for t in state_other.everything())


def test_minnesota_rounds_the_base_of_social_security():
    """184,500 to the next thousand: at most 814.00 (PayrollOrg, 2026-01-23)."""
    leave = tax("mn_paid_leave")
    assert withhold(leave, OtherInput(Decimal(500_000), BIWEEKLY)).amount == 814


def test_wages_each_tax_is_charged_on():
    bases = {t.code: t.wage_base for t in state_other.everything()}
    assert bases["ca_sdi"] is WageBase.LESS_SECTION_125
    assert bases["ny_pfl"] is WageBase.GROSS
    assert bases["ri_tdi"] is WageBase.FEDERAL


def test_states_without_such_a_tax_and_days_without_a_table():
    assert taxes("TX", DAY) == []
    assert taxes("CA", date(2027, 1, 1)) == []
    with pytest.raises(UnknownState):
        taxes("XX", DAY)


def test_a_correction_below_zero_takes_nothing():
    assert take("ca_sdi", -500) == 0


@given(
    st.sampled_from([t for t in state_other.everything() if t.percent]),
    st.lists(st.integers(0, 4_000_000), min_size=1, max_size=26),
)
def test_a_year_never_exceeds_its_maximum(which, pays):
    wages, withheld = Decimal(0), Decimal(0)
    for cents in pays:
        pay = OtherInput(Decimal(cents) / 100, BIWEEKLY, wages, withheld)
        amount = withhold(which, pay).amount
        assert 0 <= amount <= max(pay.wages, Decimal(0))
        wages, withheld = wages + pay.wages, withheld + amount
    if which.annual_max is not None:
        assert withheld <= which.annual_max
    if which.annual_wage_cap is not None:
        assert withheld <= which.annual_wage_cap * which.percent / 100 + Decimal(
            "0.005"
        )


@pytest.mark.parametrize(
    ("column", "value", "complaint"),
    [
        ("kind", "gift", "not one of"),
        ("elective", "maybe", "yes, no"),
        ("proof", "sure", "proven, or unproven"),
        ("mark", "why", "proven, or unproven"),
        ("percent", "1.3%", "is not a number"),
        ("valid_to", "2025-12-31", "before valid_from"),
        ("min_employees", "1.5", "no whole number"),
        ("state", "ZZ", "is not a state"),
    ],
)
def test_a_bad_cell_stops_the_load(monkeypatch, column, value, complaint):
    good = state_other.read("state_other", state_other.COLUMNS)
    row = next(iter(good))
    bad = type(row)(row.table, row.line, dict(row.cells) | {column: value})
    monkeypatch.setattr(state_other, "read", lambda *_: [bad])
    state_other.everything.cache_clear()
    try:
        with pytest.raises(BadTable, match=complaint):
            state_other.everything()
    finally:
        monkeypatch.undo()
        state_other.everything.cache_clear()
