"""How the bench of exclusion screening writes a party otherwise, and who it is near to.

Each method is one way, its name the label.
"""

import sys
from dataclasses import replace
from pathlib import Path

HERE = Path(__file__).resolve().parent
if str(HERE) not in sys.path:
    sys.path.insert(0, str(HERE))

from exclusion_names import Maker  # noqa: E402
from exclusion_words import (  # noqa: E402
    ABBREVIATED,
    FIRM_OWN,
    LEGAL,
    LETTERS,
    MARKS,
    NEIGHBORS,
    NICKNAMES,
)

PEOPLE = (
    "as_is swapped nickname half hyphen joined no_middle middle_initial typo_last "
    "typo_first typo_both typos_last marks degree suffix title former maiden_middle "
    "one_field first_in_two"
)
FIRMS = "as_is legal dba the abbreviated typo_firm ampersand"
STRANGERS = "brother namesake junior alike other_middle"


class Writer(Maker):
    """Draws people and firms, and writes them otherwise."""

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
