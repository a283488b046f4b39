"""A labeled list and parties for the bench of exclusion screening, by seed.

A party is one of three kinds:

* the same as a line of the list, written in another way (labeled: a hit is right);
* a near neighbor of a line: a brother, a namesake born on another day, a junior, a
  similar surname that people bear, a firm of almost the same name (a hit is false);
* somebody drawn as the list was (a hit is false).
"""

import csv
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path

HERE = Path(__file__).resolve().parent
if str(HERE) not in sys.path:
    sys.path.insert(0, str(HERE))

from exclusion_names import Someone  # noqa: E402
from exclusion_variants import FIRMS, PEOPLE, STRANGERS, Writer  # noqa: E402
from exclusion_words import LIST_HEADER, PARTY_HEADER  # noqa: E402


@dataclass
class Labeled:
    """The list, the parties, and which party is which line (``how`` it is written)."""

    lines: list[Someone] = field(default_factory=list)
    parties: list[tuple[str, Someone]] = field(default_factory=list)
    truth: dict[tuple[str, int], str] = field(default_factory=dict)


def labeled(seed, lines, parties, births=0.7, states=0.85, share_true=0.2, pool=0):
    """A list, parties and the truth.

    :param births: share of the parties whose birth date is known (the list's: 0.97)
    :param states: share of the parties who still live in the state of the list
    :param share_true: share of the parties that are on the list
    :param pool: draw from this many names only, so that namesakes abound (0: all)
    """
    maker, made = Writer(seed, pool), Labeled()
    for _n in range(lines):
        one = maker.firm() if maker.chance(0.1) else maker.person()
        if not one.business and not maker.chance(0.97):
            one = replace(one, birth="")
        made.lines.append(one)
    places = maker.random.sample(range(lines), min(lines, parties))
    for number in range(parties):
        name = f"P{number:05}"
        kind = maker.random.random()
        line = places[number % len(places)]
        if kind < share_true:
            party, how = _written(maker, made.lines[line], births, states)
            made.truth[name, line + 2] = how
        elif kind < 0.5:
            party = _stranger(maker, made.lines[line], births)
        else:
            party = maker.firm() if maker.chance(0.15) else maker.person()
        if not maker.chance(births):
            party = replace(party, birth="")
        made.parties.append((name, party))
    made.lines = [_cut(one) for one in made.lines]
    return made


def _written(maker, one, births, states):
    how = maker.pick(FIRMS if one.business else PEOPLE)
    party = getattr(maker, how)(one)
    if party == one:
        how = "as_is"
    if not maker.chance(states):
        party = replace(party, state=maker.state())
    if not maker.chance(0.5):
        party = replace(party, npi="")
    return party, how


def _stranger(maker, one, births):
    if one.business:
        return getattr(maker, maker.pick(["firm_alike", "firm_brother"]))(one)
    return getattr(maker, maker.pick(STRANGERS))(one)


def _cut(one):
    return replace(one, last=one.last[:20].strip(), first=one.first[:15].strip(),
                   middle=one.middle[:15], business=one.business[:30].strip())  # fmt: skip


def write(made, folder):
    """Write LIST.csv (as LEIE) and PARTIES.csv."""
    with (folder / "LIST.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(LIST_HEADER + "\r\n")
        out = csv.writer(file, quoting=csv.QUOTE_ALL)
        for one in made.lines:
            out.writerow([one.last, one.first, one.middle, one.business, "", "", "",
                          one.npi or "0000000000", one.birth, "", "", one.state, "00000",
                          "1128a1", "20200319", "00000000", "00000000", ""])  # fmt: skip
    with (folder / "PARTIES.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(PARTY_HEADER.split(","))
        for name, one in made.parties:
            kind = "business" if one.business else "person"
            born = one.birth and f"{one.birth[:4]}-{one.birth[4:6]}-{one.birth[6:]}"
            out.writerow([name, kind, one.last, one.first, one.middle, one.business,
                          one.npi, born, one.state])  # fmt: skip
