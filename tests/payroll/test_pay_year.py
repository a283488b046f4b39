"""``bin/pay-year``: a year lived through, its golden files, and what has to hold always."""

import csv
import io
import subprocess
import sys
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from casefile import DATA
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tools.payroll.deduct.garnishment import Claim

from devtools.payyear import codes, life, report, scenario, terms

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = sorted(
    path for path in (DATA / "pay_year").glob("*.csv") if ".expected" not in path.name
)
HEAD = "setting,state,{}\nsetting,suta_rate,1.55\nsetting,suta_base,14000\n"


def lived(text):
    """({everything but the amount: amount}, remarks, whether it ties)."""
    out, said = io.StringIO(), []
    good = report.write(life.live(scenario.parse(text)), out, said.append)
    rows = list(csv.reader(io.StringIO(out.getvalue())))
    assert rows[0] == ["record", "period", "item", "amount"]
    return {tuple(row[:-1]): Decimal(row[-1]) for row in rows[1:]}, said, good


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_golden(path):
    figures, said, good = lived(path.read_text(encoding="utf-8"))
    wanted = path.with_suffix(".expected.csv").read_text(encoding="utf-8")
    for *key, amount in csv.reader(io.StringIO(wanted)):
        assert figures.get(tuple(key)) == Decimal(amount), key
    assert good, said


def test_there_is_a_golden_file_for_each_case():
    assert len(GOLDEN) >= 18


def command(path):
    return subprocess.run(
        [sys.executable, "-I", "-S", str(ROOT / "bin" / "pay-year"), str(path)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_needs_nothing_but_python():
    done = command(DATA / "pay_year" / "void_paid_again.csv")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("record,period,item,amount\n")
    assert "w2,2026,box3,184500.00\n" in done.stdout
    assert "state,WI,2026,SUTA,217.00\n" in done.stdout


def test_a_bad_file_is_refused_with_a_sentence_and_nothing_printed(tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_text("setting,state,WI\nevent,2026-01-09,void,,,never\n")
    done = command(bad)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Line 2: the void names 'never', which was not paid" in done.stderr
    assert command(tmp_path / "missing.csv").returncode == 1


PAY = "event,2026-01-30,pay,REG,3000,a\n"


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("", "no event"),
        ("fact,state,WI\n", "begins with 'fact'"),
        ("event,30.1.2026,pay,REG,1,a\n", "'30.1.2026' is not a date"),
        ("event,2026-01-30,gift,REG,1,a\n", "'gift' is not a kind of event"),
        ("event,2026-01-30,pay,WAGE?,1,a\n", "'WAGE?' is not a code of 'pay'"),
        ("event,2026-01-30,pay,REG,1,5,a,b\n", "an event has six cells"),
        ("event,2026-01-30,pay,REG,lots,a\n", "'lots' is not an amount"),
        ("event,2026-01-30,pay,REG,80h,a\n", "hours need the setting 'rate'"),
        (PAY + "event,2026-01-31,pay,REG,1,a\n", "the ref 'a' is the payment of"),
        (PAY + "event,2026-01-29,void,,,a\n", "was not paid before 2026-01-29"),
        (PAY + 2 * "event,2026-02-09,void,,,a\n", "'a' is taken back already"),
        (PAY + "event,2026-02-01,opening,REG,1,\n", "has to lie before 2026-01-30"),
        (PAY + "event,2026-01-01,elect,golf,1,\n", "'golf' is not a code of 'elect'"),
        (PAY + "event,2026-01-01,elect,401k,ten,\n", "neither dollars nor a percent"),
        (PAY + "event,2026-01-01,raise,REG,5%,\n", "the rate before is not known"),
        (PAY + "setting,shoe_size,44\n", "'shoe_size' is not a setting; use one of"),
        (PAY + "setting,frequency,often\n", "has to be one of weekly (52)"),
        (PAY + "setting,filing_status,happy\n", "has to be one of single, married"),
        (PAY + "setting,state,TX\n", "state is set on line 1 already"),
        (PAY + "setting,born,May\n", "it has to be a date such as"),
        ("event,2031-01-30,pay,REG,3000,a\n", "payment a: "),
        ("event,0001-01-01,pay,REG,3000,a\n", "is not a date; write it as"),
        ("event,9999-12-31,pay,REG,3000,a\n", "is not a date; write it as"),
        ("event,2026-01-30,pay,REG,9999999999,a\n", "more than 999999999.99 dollars"),
        (PAY + "event,2026-01-01,elect,401k,1000%,\n", "more than all of the pay"),
        (PAY + "event,2026-01-31,raise,REG,0,\n", "a raise to or by nothing is none"),
        (PAY + "event,2026-02-09,void,REG,500,a\n", "takes back all of 'a'"),
        (PAY + "setting,period_lag,9999999\n", "has to be at most 366 days"),
        (PAY + "setting,born,1026-05-01\n", "has to be a date such as"),
        (PAY + "setting,born,2026-05-01\n", "before being born"),
        (
            PAY + "event,2026-01-30,void,,,a\nevent,2026-01-30,pay,REG,1,a\n",
            "is taken back on line 5: give this one a ref",
        ),
        ("event,2024-01-30,pay,REG,3000,a\n", "for 2024 in limits_annual.csv"),
        ("event,2026-01-30,opening,REG,3000,\n", "There is no payment"),
        ("event,2026-01-30,elect,401k,30,\n", "There is no payment"),
        ("event,2026-01-30,pay,REG,,a\n", "set 'annual_salary'"),
        (PAY + "event,2026-01-29,opening,FIT,-5,\n", "are written positive"),
        (PAY + "setting,skip_extra,golf\n", "blanks between them"),
        (
            "setting,salary,3000\nevent,2026-01-30,pay,REG,8h,a\n",
            "in place of the salary",
        ),
        ("event;2026-01-30;pay;REG;3000;a\n", "commas stand between its cells"),
    ],
)
def test_what_cannot_be_is_refused_by_line_and_remedy(lines, sentence):
    with pytest.raises(scenario.BadScenario) as refused:
        lived(HEAD.format("WI") + lines)
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("lines", "remark"),
    [
        (
            PAY + "setting,hired,2026-02-01\n",
            "before the first day of work, 2026-02-01",
        ),
        (
            PAY + "event,2027-01-08,void,,,a\n",
            "had the money and repays it, boxes 1 and 2",
        ),
        (PAY + "\x1a\n", ""),  # Ctrl-Z behind the last line
    ],
)
def test_what_is_odd_is_lived_through_with_a_remark(lines, remark):
    _figures, said, good = lived(HEAD.format("TX") + lines)
    assert good
    assert remark in " ".join(said)


def test_a_state_is_needed_and_a_missing_base_is_named():
    with pytest.raises(scenario.BadScenario, match="no setting 'state'"):
        lived(PAY)
    with pytest.raises(scenario.BadScenario, match="base of AR is not verified"):
        lived("setting,state,AR\nsetting,suta_rate,1\n" + PAY)


# 80 hours at 22.40, then 1.5 hours more with their premium of 16.80
DATED_BACK = HEAD.format("WI") + (
    "setting,frequency,biweekly\n"
    "event,2026-10-16,pay,REG,1792.00,p1\n"
    "event,2026-10-30,pay,REG,1825.60,p2\n"
    "event,2026-10-30,pay,OTP,16.80,p2\n"
    "event,2026-11-13,pay,REG,1792.00,p3\n"
)
NEXT = "event,2026-11-27,pay,REG,1952.00,p4\n"


@pytest.mark.parametrize(
    "raised",
    [
        # issue 15: 22.40 to 24.40 from 2026-09-27 is 484.50 for these periods
        "event,2026-09-27,raise,REG,24.40,\n",
        "event,2026-11-20,raise,REG,24.40,2026-09-27\n",
        "event,2026-01-01,raise,REG,22.40,\nevent,2026-09-27,raise,REG,24.40,\n",
    ],
)
def test_a_raise_finds_the_rate_before_in_what_was_paid(raised):
    first, _line, last = raised.rpartition("event")
    figures, _said, good = lived(
        DATED_BACK.replace("event", f"{first}event", 1) + _line + last + NEXT
    )
    assert good
    assert figures["slip", "p4", "RETRO"] == Decimal("484.50")


def test_a_raise_written_as_what_it_adds_is_read_so():
    raised = "event,2026-09-27,raise,REG,2.00,\n"
    first = HEAD.format("WI") + "setting,rate,22.40\n"
    text = first + DATED_BACK.removeprefix(HEAD.format("WI")) + raised + NEXT
    figures, said, good = lived(text)
    assert good
    assert figures["slip", "p4", "RETRO"] == Decimal("484.50")
    assert any("a raise by 2.00, to 24.40" in text for text in said)


def test_a_second_raise_of_the_same_periods_pays_what_the_first_left():
    """20 to 22 and then to 23 an hour from the same day: 160 and 80 + 80."""
    figures, _said, good = lived(
        HEAD.format("TX") + "setting,rate,20.00\n"
        "event,2026-02-06,pay,REG,80h,p1\nevent,2026-01-24,raise,REG,22.00,\n"
        "event,2026-02-20,pay,REG,80h,p2\nevent,2026-01-24,raise,REG,23.00,\n"
        "event,2026-03-06,pay,REG,80h,p3\n"
    )
    assert good
    assert figures["slip", "p2", "RETRO"] == Decimal("160.00")
    assert figures["slip", "p3", "RETRO"] == Decimal("160.00")


def test_a_raise_that_nothing_pays_is_said():
    _figures, said, good = lived(DATED_BACK + "event,2026-09-27,raise,REG,24.40,\n")
    assert good
    assert any("leaves 484.50 unpaid" in line for line in said)


@pytest.mark.parametrize(
    ("state", "base"),
    # EY Tax Alert 2026-0124 of January 5, 2026
    [("WI", 14000), ("TX", 9000), ("MN", 44000), ("OR", 56700), ("LA", 7000)],
)
def test_the_base_of_a_state_need_not_be_set(state, base):
    pays = "".join(f"event,2026-{m:02}-15,pay,REG,6000,\n" for m in range(1, 13))
    text = f"setting,state,{state}\nsetting,suta_rate,2\nsetting,frequency,monthly\n"
    figures, _said, _good = lived(text + pays)
    assert figures["year", "2026", "SUTA.taxed"] == base


def test_what_does_not_tie_is_said(tmp_path):
    """An opening that withheld too little: box 4 is not 6.2 % of box 3."""
    text = HEAD.format("WI") + "event,2026-01-15,opening,REG,10000,\n"
    text += "event,2026-01-15,opening,SS,100,\n" + PAY
    _figures, said, good = lived(text)
    assert not good
    assert any("Does not tie: W-2 of 2026: Box 4" in line for line in said)
    path = tmp_path / "short.csv"
    path.write_text(text)
    assert command(path).returncode == 1


def test_somebody_first_paid_before_2020_without_a_form_counts_as_on_the_old_one():
    """Pub. 15-T (2026), "New employee fails to furnish Form W-4": single, no
    allowances; the old form has no line 1g of 8,600."""
    hired = "setting,hired,{}\n" + PAY

    def tax(day):
        figures, _said, _good = lived(HEAD.format("TX") + hired.format(day))
        return -figures["slip", "a", "FIT"]

    assert tax("2019-12-31") > tax("2020-01-01") > 0
    old = lived(HEAD.format("TX") + "setting,w4_form,2019\n" + PAY)[0]
    assert -old["slip", "a", "FIT"] == tax("2019-12-31")
    single = "setting,filing_status,single\nsetting,allowances,0\nsetting,exempt,\n"
    new = lived(HEAD.format("TX") + single + PAY)[0]
    assert -new["slip", "a", "FIT"] == tax("2020-01-01")


RAISED = """setting,rate,22.40
event,2026-10-16,pay,REG,1792.00,p1
event,2026-10-30,pay,REG,1825.60,p2
event,2026-10-30,pay,OTP,16.80,p2
event,2026-11-13,pay,REG,1792.00,p3
"""


@pytest.mark.parametrize(
    "rest",
    [
        "event,2026-09-27,raise,REG,24.40,\nevent,2026-11-27,pay,REG,1952.00,p4\n",
        "event,2026-09-27,raise,,+2.00,\nevent,2026-11-27,pay,REG,80h,p4\n",
        "event,2026-09-27,raise,REG,24.40,p4\nevent,2026-11-27,pay,REG,1952.00,p4\n",
        "event,2026-11-20,raise,2026-09-27,24.40,\nevent,2026-11-27,pay,hours,80,p4\n",
        "event,2026-11-20,raise,REG,24.40,2026-09-27\nevent,2026-11-27,pay,REG,80h,p4\n",
    ],
)
@pytest.mark.parametrize("first", [False, True])
def test_a_raise_dated_back_may_be_written_in_several_ways(rest, first):
    """484.50 for three periods, wherever the raise stands in the file."""
    lines = rest.splitlines(keepends=True)
    text = HEAD.format("WI") + (
        lines[0] + RAISED + lines[1] if first else RAISED + rest
    )
    figures, _said, good = lived(text)
    assert good
    assert figures["slip", "p4", "RETRO"] == Decimal("484.50")
    assert figures["slip", "p4", "RETRO.p2"] == Decimal("164.50")
    assert figures["w2", "2026", "box12.TT"] == Decimal("18.30")


def test_a_raise_after_which_all_is_paid_at_the_new_rate_corrects_nothing():
    text = "setting,rate,22.40\nevent,2026-09-27,raise,REG,24.40,\n"
    text += "event,2026-10-16,pay,REG,1952.00,p1\nevent,2026-10-30,pay,REG,1000,p2\n"
    figures, _said, good = lived(HEAD.format("WI") + text)
    assert good
    assert ("year", "2026", "RETRO") not in figures


def test_words_people_write_are_understood():
    plain = HEAD.format("WI") + "setting,filing_status,married\n" + PAY
    other = (
        "setting,work state,Wisconsin\nsetting,SUI-rate,0.0155\n"
        "setting,suta_wage_base,14000\nsetting,w4_status,MFJ\nsetting,note,a person\n"
        "event,1/30/2026,payment,salary,3000,a\n"
    )
    assert lived(plain)[0] == lived(other)[0]


def test_the_page_names_every_setting_code_and_record():
    page = (ROOT / "docs" / "pay-year.md").read_text(encoding="utf-8")
    words = [
        *terms.SETTINGS,
        *(f"state_{name}" for name in terms.STATE_FIELDS),
        *codes.PAY,
        *codes.kinds(),
        *(claim.value for claim in Claim),
        *scenario.KINDS,
        *("slip", "void", "941-X", "settle", "state-X", "tie-out", "deposit", "year"),
    ]
    missing = [word for word in words if f"`{word}`" not in page]
    assert not missing
    for word in (*terms.SYNONYMS, *codes.PAY_WORDS, *codes.DEDUCTION_WORDS):
        assert f"`{word}`" in page, word


@pytest.mark.parametrize("written", ["1/30/2026", "2026-01-30", "01/30/2026"])
def test_a_payment_without_a_ref_is_taken_back_by_its_date(written):
    pay = "event,1/30/2026,pay,REG,3000,\nevent,2026-02-27,pay,REG,3000,b\n"
    figures, said, good = lived(
        HEAD.format("TX") + pay + f"event,2026-03-02,void,,,{written}\n"
    )
    assert good, said
    assert figures["w2", "2026", "box1"] == 3000


def test_a_deduction_may_be_set_as_elected_from_the_beginning():
    setting = lived(HEAD.format("TX") + "setting,401k,10%\n" + PAY)[0]
    event = lived(HEAD.format("TX") + "event,2026-01-01,elect,401k_pct,10,\n" + PAY)[0]
    assert setting == event
    assert setting["slip", "a", "RET"] == -300


def test_wages_of_the_year_before_may_be_an_opening():
    """286,000 last year: the catch-up has to be Roth (26 USC 414(v)(7))."""
    text = HEAD.format("TX") + "setting,born,1964-03-03\nsetting,frequency,monthly\n"
    text += (
        "event,2025-12-31,opening,SS.taxed,{},\nevent,2026-01-01,elect,401k,30000,\n"
    )
    text += "event,2026-01-30,pay,REG,60000,a\n"

    def deferred(wages):
        return -lived(text.format(wages))[0]["slip", "a", "RET"]

    assert (deferred(176_100), deferred(150_000)) == (24_500, 30_000)


# ------------------------------------------------------------------ what holds always


FIRST = date(2026, 1, 2)
AMOUNTS = st.decimals(Decimal(1), Decimal(90_000), places=2)


@st.composite
def years(draw):
    """A year of pays; some are taken back, at any later day, some paid again."""
    lines, live = [], Decimal(0)
    for number in range(draw(st.integers(1, 9))):
        day = FIRST + timedelta(days=draw(st.integers(0, 350)))
        amount = draw(AMOUNTS)
        lines.append(f"event,{day},pay,REG,{amount},p{number}")
        if draw(st.booleans()):
            live += amount
            continue
        back = day + timedelta(
            days=draw(st.integers(0, (date(2026, 12, 31) - day).days))
        )
        lines.append(f"event,{back},void,,,p{number}")
    return "\n".join(lines) + "\n", live


def taxed(figures, code):
    return figures.get(("year", "2026", f"{code}.taxed"), Decimal(0))


@settings(max_examples=60)
@given(years(), st.sampled_from(["WI", "TX", "MN", "NJ"]))
def test_a_year_is_taxed_as_its_wages_at_once_whatever_was_taken_back(year, state):
    """Social Security 184,500, FUTA 7,000, SUTA 14,000; above 200,000 Additional
    Medicare: for any order of pays and voids, and 941 + 941-X = W-2."""
    lines, wages = year
    figures, said, good = lived(HEAD.format(state) + lines)
    assert good, said
    assert taxed(figures, "SS") == min(wages, 184_500)
    assert taxed(figures, "ER_SS") == min(wages, 184_500)
    assert taxed(figures, "FUTA") == min(wages, 7000)
    assert taxed(figures, "SUTA") == min(wages, 14_000)
    assert taxed(figures, "ADDMED") == max(0, wages - 200_000)
    near = Decimal("0.10")
    assert (
        abs(figures["w2", "2026", "box4"] - min(wages, 184_500) * Decimal("0.062"))
        < near
    )
    total = sum(
        figures.get((record, f"2026Q{number}", "5a.wages"), Decimal(0))
        for record in ("941", "941-X")
        for number in (1, 2, 3, 4)
    )
    assert total == figures["w2", "2026", "box3"]
    for key, difference in figures.items():
        if key[0] == "tie-out":
            assert abs(difference) <= near, key


# each kind of deduction up to more than its limit allows
DEDUCTED = st.fixed_dictionaries(
    {},
    optional={
        "health_125": st.integers(1, 400),
        "health_fsa": st.integers(1, 900),
        "dependent_care_fsa": st.integers(1, 2500),
        "hsa_125": st.integers(1, 1500),
        "hsa_employer": st.integers(1, 900),
        "commuter": st.integers(1, 400),
        "401k": st.integers(1, 6000),
        "403b": st.integers(1, 6000),
        "roth_401k": st.integers(1, 6000),
        "group_term_life": st.integers(51_000, 400_000),
    },
)
# with limits, departures, quarterly and weekly maxima of their own
LIMITING = ("AL", "CA", "KY", "MA", "ME", "NJ", "NM", "NY", "PA", "VT", "WI")


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(LIMITING),
    st.sampled_from(["weekly", "biweekly", "monthly"]),
    DEDUCTED,
    st.integers(1950, 2000),
    st.booleans(),
    st.lists(st.integers(1_500_000, 9_000_000), min_size=2, max_size=9),
    st.data(),
)
def test_a_void_takes_back_what_was_taxed_whatever_was_deducted(
    state, frequency, deducted, born, separate, cents, data
):
    """Every box of the W-2 and all wages of the year are as if nothing had been taken
    back: limits of the year and of the month, federal and of the states; paid again on
    the day of the void or after other payments."""
    step = {"weekly": 7, "biweekly": 14, "monthly": 30}[frequency]
    head = HEAD.format(state) + f"setting,frequency,{frequency}\n"
    head += f"setting,birth_date,{born}-05-05\nsetting,prior_year_wages,180000\n"
    head += f"setting,married_separate,{'yes' if separate else 'no'}\n"
    for kind, amount in deducted.items():
        head += f"event,2026-01-01,elect,{kind},{amount},\n"
    pays = [
        f"event,{FIRST + timedelta(days=step * n)},pay,REG,{Decimal(c) / 100},p{n}"
        for n, c in enumerate(cents)
    ]
    which = data.draw(st.integers(0, len(pays) - 1))
    gone = data.draw(st.integers(which, len(pays) - 1))
    again = data.draw(st.integers(gone, len(pays) - 1))
    days = [pay.split(",")[1] for pay in pays]
    # a commuter's limit is the month's: paid in another month, other parts are above it
    assume("commuter" not in deducted or days[again][:7] == days[which][:7])
    lines = []
    for number, (pay, day) in enumerate(zip(pays, days, strict=True)):
        lines.append(pay)
        if number == gone:
            lines.append(f"event,{day},void,,,p{which}")
        if number == again:
            lines.append(f"event,{day},pay,REG,{Decimal(cents[which]) / 100},again")
    one, said, good = lived(head + "\n".join(pays) + "\n")
    assert good, said
    other, said, good = lived(head + "\n".join(lines) + "\n")
    assert good, said
    # income tax has no memory: only wages of a state may come with another payment
    free = ("box2", f"box17.{state}", "FIT", "SIT", "LIT", "NET", "ADDMED.wages")
    near = Decimal("0.05")  # a cent for each payment and plan
    for key in one | other:
        if (key[0] not in ("w2", "year") and len(key) < 4) or "Q" in key[-2]:
            continue
        if key[-1] not in free and not key[-1].startswith("FIT."):
            assert abs(one.get(key, 0) - other.get(key, 0)) <= near, key


@settings(max_examples=40)
@given(st.lists(AMOUNTS, min_size=2, max_size=9), st.data())
def test_a_void_followed_by_the_same_pay_leaves_the_year_unchanged(amounts, data):
    days = [FIRST + timedelta(days=14 * n) for n in range(len(amounts))]
    pays = [
        f"event,{day},pay,REG,{amount},p{n}"
        for n, (day, amount) in enumerate(zip(days, amounts, strict=True))
    ]
    which = data.draw(st.integers(0, len(pays) - 1))
    after = data.draw(st.integers(which, len(pays) - 1))
    again = f"event,{days[after]},void,,,p{which}\n"
    again += f"event,{days[after]},pay,REG,{amounts[which]},again"
    plain = HEAD.format("WI") + "\n".join(pays) + "\n"
    twice = HEAD.format("WI") + "\n".join(
        [*pays[: after + 1], again, *pays[after + 1 :]]
    )
    one, other = lived(plain)[0], lived(twice)[0]
    for code in ("SS", "ER_SS", "MED", "ADDMED", "FUTA", "SUTA"):
        for item in (code, f"{code}.wages", f"{code}.taxed"):
            key = ("year", "2026", item)
            if key[2] != "ADDMED.wages":  # only payments above the threshold carry it
                assert one.get(key, 0) == other.get(key, 0), key
    for box in "13456":
        key = ("w2", "2026", f"box{box}")
        assert one[key] == other[key], key


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("filing_status,qualifying surviving spouse", "filing_status,married"),
        ("flat_supplemental,0.22", "flat_supplemental,yes"),
    ],
)
def test_other_words_for_a_setting(said, plain):
    lines = "event,2026-01-30,pay,REG,3000,a\nevent,2026-02-06,pay,BONUS,900,b\n"
    head = HEAD.format("TX") + "setting,"
    assert lived(f"{head}{said}\n{lines}") == lived(f"{head}{plain}\n{lines}")
