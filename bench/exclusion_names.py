"""Draws people and firms for the bench of exclusion screening, the same for a seed.

Names are drawn with the shares of the Census tables, a quarter from made-up names that
no table holds, a fifth Hispanic with one or two surnames.
"""

import random
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
for folder in (HERE, HERE.parent / "medical_office"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

from exclusion_words import (  # noqa: E402
    FIRM_OWN,
    FIRM_TRADE,
    HEADS,
    HISPANIC,
    LEGAL,
    LETTERS,
    MIDDLES,
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
