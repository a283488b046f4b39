"""Years of pay beside figures that share nothing with the engine: typed from the printed
pages, added up here. Texas: no income tax, a base of 9,000."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from test_pay_year import lived

CENT = Decimal("0.01")
PERIODS = {"weekly": 52, "biweekly": 26, "semimonthly": 24, "monthly": 12}
# Pub. 15-T (2026), percentage method, standard schedule: (from, tax, percent above)
SCHEDULES = {
    "married": [
        *((0, 0, 0), (19300, 0, 10), (44100, 2480, 12), (120100, 11600, 22)),
        *((230700, 35932, 24), (422850, 82048, 32), (531750, 116896, 35)),
        (788000, Decimal("206583.50"), 37),
    ],
    "single": [
        *((0, 0, 0), (7500, 0, 10), (19900, 1240, 12), (57900, 5800, 22)),
        *((113200, 17966, 24), (209275, 41024, 32), (263725, 58448, 35)),
        (648100, Decimal("192979.25"), 37),
    ],
    "hoh": [
        *((0, 0, 0), (15550, 0, 10), (33250, 1770, 12), (83000, 7740, 22)),
        *((121250, 16155, 24), (217300, 39207, 32), (271750, 56631, 35)),
        (656150, 191171, 37),
    ],
}
LESS = {"married": 12900, "single": 8600, "hoh": 8600}  # line 1g
SS_BASE, FUTA_BASE, STATE_BASE, ADDITIONAL = 184_500, 7000, 9000, 200_000
DEFERRAL, CATCH_UP, SUPER = 24_500, 8000, 11_250
HIGH_EARNER = 150_000  # wages of the year before above this: catch-up is Roth alone


def income_tax(wages, periods, status, credits, extra):
    yearly = max(Decimal(0), wages * periods - LESS[status])
    low, base, percent = [row for row in SCHEDULES[status] if yearly >= row[0]][-1]
    tax = (Decimal(base) + (yearly - low) * percent / 100) / periods
    tax = max(Decimal(0), tax - Decimal(credits) / periods)
    return (tax + extra).quantize(CENT, ROUND_HALF_UP)


@st.composite
def people(draw):
    """Settings of a person, and payments of which some are taken back and paid again."""
    frequency = draw(st.sampled_from(sorted(PERIODS)))
    person = {
        "frequency": frequency,
        "filing_status": draw(st.sampled_from(sorted(SCHEDULES))),
        "step3": draw(st.sampled_from([0, 2200, 4400])),
        "step4c": draw(st.sampled_from([0, 25])),
        "born": draw(st.sampled_from([1962, 1963, 1966, 1967, 1976, 1977, 1990])),
        "prior": draw(st.sampled_from([0, 150_000, 150_001, 250_000])),
        "health": draw(st.sampled_from([Decimal(0), Decimal("123.45")])),
        "percent": draw(st.sampled_from([0, 5, 10, 50])),
        "deposit": draw(st.sampled_from(["monthly", "semiweekly"])),
    }
    step = {"weekly": 7, "biweekly": 14, "semimonthly": 15, "monthly": 30}[frequency]
    events, paid = [], {}
    for number in range(draw(st.integers(2, 9))):
        day = date(2026, 1, 2) + timedelta(days=step * number)
        cents = draw(st.integers(300_000, 8_000_000))
        paid[f"p{number}"] = Decimal(cents) / 100
        events.append((day, f"p{number}", Decimal(cents) / 100))
        gone = {ref for _day, ref, amount in events if amount is None}
        left = sorted(ref for ref in paid if ref not in gone)
        if left and draw(st.booleans()):
            ref = draw(st.sampled_from(left))
            events.append((day, ref, None))
            if draw(st.booleans()):
                paid[f"{ref}z"] = paid[ref]
                events.append((day, f"{ref}z", paid[ref]))
    return person, events


def scenario(person, events):
    rows = [
        "setting,state,TX",
        "setting,suta_rate,2.7",
        "setting,hired,2019-01-02",
        f"setting,birth_date,{person['born']}-06-15",
        f"setting,prior_year_wages,{person['prior']}",
        f"setting,health_125,{person['health'] or ''}",
        f"setting,401k,{person['percent']}%" if person["percent"] else "",
    ]
    names = ("frequency", "filing_status", "step3", "step4c", "deposit")
    rows += [f"setting,{name},{person[name]}" for name in names]
    rows += [
        f"event,{day},void,,,{ref}"
        if amount is None
        else f"event,{day},pay,REG,{amount},{ref}"
        for day, ref, amount in events
    ]
    return "\n".join(row for row in rows if not row.endswith(",")) + "\n"


def expected(person, events):
    """{(ref, item): amount} of every payment, and what stands at the end of the year."""
    age = 2026 - person["born"]
    limit = DEFERRAL
    if age >= 50 and person["prior"] <= HIGH_EARNER:
        limit += SUPER if 60 <= age <= 63 else CATCH_UP
    year = dict.fromkeys(("wages", "ss", "above", "futa", "state", "ret"), Decimal(0))
    live, found = {}, {}
    for _day, ref, gross in events:
        if gross is None:
            back = live.pop(ref)
            year = {name: amount - back[name] for name, amount in year.items()}
            continue
        wages = gross - person["health"]
        wish = (gross * person["percent"] / 100).quantize(CENT, ROUND_HALF_UP)
        all_of_them = year["wages"] + wages
        own = {
            "wages": wages,
            "ss": min(wages, SS_BASE - year["ss"]),
            "above": max(Decimal(0), all_of_them - ADDITIONAL) - year["above"],
            "futa": min(wages, FUTA_BASE - year["futa"]),
            "state": min(wages, STATE_BASE - year["state"]),
            "ret": max(Decimal(0), min(wish, limit - year["ret"])),
        }
        year = {name: amount + own[name] for name, amount in year.items()}
        live[ref] = own
        status, periods = person["filing_status"], PERIODS[person["frequency"]]
        tax = income_tax(
            wages - own["ret"], periods, status, person["step3"], person["step4c"]
        )
        found |= {
            (ref, "SS.taxed"): own["ss"],
            (ref, "ADDMED.taxed"): own["above"],
            (ref, "FUTA.taxed"): own["futa"],
            (ref, "SUTA.taxed"): own["state"],
            (ref, "RET"): -own["ret"],
            (ref, "FIT"): -tax,
        }
    return found, year


@settings(max_examples=100, deadline=None)
@given(people())
def test_every_payment_is_as_the_printed_pages_have_it(made):
    person, events = made
    figures, said, good = lived(scenario(person, events))
    assert good, said
    found, year = expected(person, events)
    for (ref, item), amount in found.items():
        assert abs(figures.get(("slip", ref, item), Decimal(0)) - amount) <= CENT, (
            ref,
            item,
        )
    boxes = {
        "box1": year["wages"] - year["ret"],
        "box3": min(year["wages"], Decimal(SS_BASE)),
        "box5": year["wages"],
        "box12.D": year["ret"],
    }
    for box, amount in boxes.items():
        assert figures.get(("w2", "2026", box), Decimal(0)) == amount, box
