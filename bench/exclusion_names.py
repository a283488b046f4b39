"""Labelled names for the bench of exclusion screening, the same for the same seed.

Names are drawn with the shares of the Census tables, a quarter from made-up names that
no table holds, a fifth Hispanic with two surnames. A party is one of three kinds:

* the same as a line of the list, written in another way (labelled: a hit is right);
* a near neighbor of a line: a brother, a namesake born on another day, a junior, a
  similar surname that people bear, a firm of almost the same name (a hit is false);
* somebody drawn as the list was (a hit is false).
"""

import csv
import random
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path

HERE = Path(__file__).resolve().parent
for folder in (HERE, HERE.parent / "medical_office"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

from exclusion_words import (  # noqa: E402
    ABBREVIATED,
    FIRM_OWN,
    FIRM_TRADE,
    HEADS,
    HISPANIC,
    LEGAL,
    LETTERS,
    LIST_HEADER,
    MARKS,
    MIDDLES,
    NEIGHBORS,
    NICKNAMES,
    PARTY_HEADER,
    SPANISH_GIVEN,
    STATES,
    TAILS,
)
from tools.compliance.wordtable import rows  # noqa: E402


@dataclass(frozen=True)
class Someone:
    """A party or a line of the list before it is written down."""

    last: str = ""
    first: str = ""
    middle: str = ""
    business: str = ""
    npi: str = ""
    birth: str = ""
    state: str = ""


@dataclass
class Labelled:
    """The list, the parties, and which party is which line (``how`` it is written)."""

    lines: list[Someone] = field(default_factory=list)
    parties: list[tuple[str, Someone]] = field(default_factory=list)
    truth: dict[tuple[str, int], str] = field(default_factory=dict)


class Maker:
    """Draws people and firms."""

    def __init__(self, seed: int, pool: int = 0) -> None:
        """``pool``: only so many of the commonest names (0: all)."""
        self.random = random.Random(seed)
        self._surnames = self._table("surnames", pool)
        self._given = self._table("given_names", pool)

        self._hispanic = self._table("surnames", pool, HISPANIC.split())
        self._spanish = self._table("given_names", pool, SPANISH_GIVEN.split())

    @staticmethod
    def _table(name, pool, only=()):
        found = rows(name)[: pool or None]
        found = [row for row in found if not only or row["name"] in only]
        weights = [int(row["per_million"]) for row in found]
        for place in range(1, len(weights)):
            weights[place] += weights[place - 1]
        return [row["name"] for row in found], weights

    def drawn(self, table):
        names, cumulated = table
        return self.random.choices(names, cum_weights=cumulated)[0]

    def pick(self, words):
        return self.random.choice(words.split() if isinstance(words, str) else words)

    def chance(self, share):
        return self.random.random() < share

    def invented(self):
        middle = self.pick(MIDDLES) if self.chance(0.6) else ""
        return self.pick(HEADS) + middle + self.pick(TAILS)

    def person(self):
        if self.chance(0.2):
            last = self.drawn(self._hispanic)
            if self.chance(0.3):
                last += self.pick(" -") + self.drawn(self._hispanic)
            elif self.chance(0.1):
                last = self.pick(["DE LA ", "DEL ", "DE "]) + self.drawn(self._hispanic)
            first, middle = self.drawn(self._spanish), self.drawn(self._spanish)
        else:
            last = self.invented() if self.chance(0.25) else self.drawn(self._surnames)
            if self.chance(0.03):
                last += "-" + self.drawn(self._surnames)
            first, middle = self.drawn(self._given), self.drawn(self._given)
        middle = self.pick([middle, middle[0], middle[0], ""])
        return Someone(
            last, first, middle, "", self.npi(0.15), self.birth(), self.state()
        )

    def firm(self):
        own = " ".join(self.random.sample(FIRM_OWN.split(), self.pick([1, 2, 2])))
        if self.chance(0.3):
            own = self.pick(
                [self.drawn(self._surnames), "SAINT " + self.drawn(self._given)]
            )
        name = f"{own} {self.pick(FIRM_TRADE.split('|'))} {self.pick(LEGAL)}".strip()
        return Someone(business=name, npi=self.npi(0.1), state=self.state())

    def state(self):
        return self.pick(STATES)

    def birth(self):
        year, month, day = (
            self.random.randint(*r) for r in ((1935, 2000), (1, 12), (1, 28))
        )
        return f"{year}{month:02}{day:02}"

    def npi(self, share):
        if not self.chance(share):
            return ""
        digits = f"1{self.random.randrange(10**8):08}"
        total = 24 + sum(
            sum(divmod(int(d) * (2 - place % 2), 10))
            for place, d in enumerate(reversed(digits))
        )
        return digits + str(-total % 10)

    def mistyped(self, word, number=1):
        for _n in range(number):
            place = self.random.randrange(len(word))
            kind = self.pick("drop swap add change double")
            letter = self.pick(list(LETTERS))
            if (
                kind == "swap"
                and place + 1 < len(word)
                and word[place] != word[place + 1]
            ):
                word = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
            elif kind == "drop" and len(word) > 3:
                word = word[:place] + word[place + 1 :]
            elif kind == "double":
                word = word[: place + 1] + word[place:]
            elif kind == "add":
                word = word[:place] + letter + word[place:]
            else:
                word = word[:place] + letter + word[place + 1 :]
        return word

    # How a person is written otherwise: each a method, its name the label.

    def as_is(self, one):
        return one

    def swapped(self, one):
        return replace(one, last=one.first, first=one.last)

    def nickname(self, one):
        return replace(one, first=NICKNAMES.get(one.first, one.first))

    def half(self, one):
        return replace(one, last=self.pick(one.last.replace("-", " ").split()))

    def hyphen(self, one):
        if " " in one.last or "-" in one.last:
            return replace(one, last=one.last.translate({32: "-", 45: " "}))
        return replace(one, last=f"{one.last}-{self.drawn(self._surnames)}")

    def joined(self, one):
        return replace(one, last=one.last.replace(" ", "").replace("-", ""))

    def no_middle(self, one):
        return replace(one, middle="")

    def middle_initial(self, one):
        return replace(one, middle=one.middle[:1] and one.middle[:1] + ".")

    def typo_last(self, one):
        return replace(one, last=self.mistyped(one.last))

    def typo_first(self, one):
        return replace(one, first=self.mistyped(one.first))

    def typo_both(self, one):
        return replace(
            one, first=self.mistyped(one.first), last=self.mistyped(one.last)
        )

    def typos_last(self, one):
        return replace(one, last=self.mistyped(one.last, 2))

    def marks(self, one):
        last = "".join(MARKS.get(c, c) if self.chance(0.5) else c for c in one.last)
        first = "".join(MARKS.get(c, c) if self.chance(0.3) else c for c in one.first)
        return replace(one, last=last.title(), first=first.title())

    def degree(self, one):
        end = self.pick(
            ["MD", ", MD", " RN, BSN", ", MSN, FNP-C", " PA-C", ", D.O.", " Ph.D."]
        )
        return replace(one, last=f"{one.last} {end}".replace(" ,", ","))

    def suffix(self, one):
        return replace(one, last=one.last + self.pick([" JR", ", Jr.", " III", " SR"]))

    def title(self, one):
        return replace(one, first=self.pick(["DR ", "Dr. ", "MRS "]) + one.first)

    def former(self, one):
        return replace(
            one,
            last=self.drawn(self._surnames) + self.pick(["-", " ", " nee "]) + one.last,
        )

    def maiden_middle(self, one):
        return replace(one, last=self.drawn(self._surnames) + "-" + one.last, middle="")

    def initials(self, one):
        return replace(one, middle=one.middle[:1], first=one.first[:1])

    def one_field(self, one):
        return replace(
            one,
            last=f"{one.last}, {one.first} {one.middle}".strip(),
            first="",
            middle="",
        )

    def first_in_two(self, one):
        return replace(one, first=f"{one.first} {one.middle}".strip(), middle="")

    def ma(self, one):
        return (
            replace(one, first="Ma. " + one.first)
            if one.first != "MARIA"
            else replace(one, first="Ma.")
        )

    # How a business is written otherwise.

    def legal(self, one):
        words = [w for w in one.business.split() if w not in LEGAL]
        return replace(
            one,
            business=" ".join(words)
            + self.pick(["", ", L.L.C.", " Inc.", " PC", ", Inc"]),
        )

    def dba(self, one):
        other = " ".join(
            [self.pick(FIRM_OWN), self.drawn(self._surnames), "HOLDINGS LLC"]
        )
        return replace(
            one,
            business=f"{other} {self.pick(['DBA', 'd/b/a', 'D.B.A.'])} {one.business}",
        )

    def the(self, one):
        return replace(one, business="THE " + one.business.title())

    def abbreviated(self, one):
        return replace(
            one, business=" ".join(ABBREVIATED.get(w, w) for w in one.business.split())
        )

    def typo_firm(self, one):
        words = one.business.split()
        words[0] = self.mistyped(words[0]) if len(words[0]) > 4 else words[0]
        return replace(one, business=" ".join(words))

    def ampersand(self, one):
        words = one.business.split()
        return replace(one, business=" ".join([words[0], "&", *words[1:]]))

    # Near neighbors: somebody else.

    def brother(self, one):
        return replace(self.person(), last=one.last, state=one.state)

    def namesake(self, one):
        return replace(one, birth=self.birth(), npi="", middle="", state=self.state())

    def junior(self, one):
        return replace(one, last=one.last + " JR", birth=self.birth(), npi="")

    def alike(self, one):
        last = NEIGHBORS.get(one.last, one.last[:-1] + "IO")
        return replace(one, last=last, birth=self.birth(), npi="", state=self.state())

    def other_middle(self, one):
        return replace(one, middle=self.pick(list(LETTERS)), birth=self.birth(), npi="")

    def firm_alike(self, one):
        words = [w for w in one.business.split() if w not in LEGAL]
        other = self.firm().business.split()
        words[-1] = other[-1] if other[-1] not in LEGAL else other[-2]
        return replace(
            one, business=" ".join([*words, "INC"]), npi="", state=self.state()
        )

    def firm_brother(self, one):
        words = one.business.split()
        words[0] = self.pick(FIRM_OWN)
        return replace(one, business=" ".join(words), npi="")


PEOPLE = (
    "as_is swapped nickname half hyphen joined no_middle middle_initial typo_last "
    "typo_first typo_both typos_last marks degree suffix title former maiden_middle "
    "one_field first_in_two"
)
FIRMS = "as_is legal dba the abbreviated typo_firm ampersand"
STRANGERS = "brother namesake junior alike other_middle"


def labelled(seed, lines, parties, births=0.7, states=0.85, share_true=0.2, pool=0):
    """A list, parties and the truth.

    :param births: share of the parties whose birth date is known (the list's: 0.97)
    :param states: share of the parties who still live in the state of the list
    :param share_true: share of the parties that are on the list
    :param pool: draw from this many names only, so that namesakes abound (0: all)
    """
    maker, made = Maker(seed, pool), Labelled()
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
