"""One party against one line of a list, as the command would see them."""

from tools.compliance.exclusionfile import Entry
from tools.compliance.partyfile import Party
from tools.compliance.screening import Screen


def party(
    last="", first="", middle="", business="", npi="", birth="", state="", id="P"
):
    """A party; a business if it has a business name and no other."""
    kind = "business" if business and not last else "person"
    birth = birth.replace("-", "")
    return Party(id, kind, last, first, middle, business, npi, birth, state)


def line(
    last="", first="", middle="", business="", npi="", birth="", state="", number=2
):
    """A line of a list."""
    return Entry(number, last, first, middle, "", business, npi, birth, state)


def hit(one, two):
    """The hit of a party on a line, or None."""
    return next(Screen([one]).hits(two), None)


def score(one, two):
    """The score of the hit, 0 if there is none."""
    found = hit(one, two)
    return found.score if found else 0
