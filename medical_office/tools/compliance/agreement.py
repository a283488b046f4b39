"""Whether the surnames, and whether the given names, of two people agree."""

from functools import lru_cache
from itertools import product
from typing import NamedTuple

from .likeness import (
    RARE_GIVEN,
    SAME,
    SHORTEST_CUT,
    Like,
    givens_alike,
    surnames_alike,
    weight,
)
from .person import Person

PART = 1.6  # half of a compound surname
OVERLAP = 3.5  # two compound surnames that share only one half
LONG = 5  # letters of a former name in the middle that may be mistyped
MOVED = 3.0  # the first name of one is the middle name of the other
MIDDLE_SAME, MIDDLE_INITIAL, MIDDLE_OTHER = 1.5, 0.8, -6.0
MIDDLE_ONE = -0.3  # only one of the two has a middle name
_INITIAL_WEIGHT = 0.9  # about one given name of eight begins with the same letter


class Agreement(NamedTuple):
    """How much two fields say for the same person, and how in words.

    ``weight``: see ``likeness``; ``exact``: nothing but order, case, accents, titles
    or a column's width is different; ``mistyped``: letters changed (0 to 2).
    """

    weight: float
    words: str
    exact: bool
    mistyped: int = 0


_HOW = {
    "same": "same {field} {a}",
    "spelling": "{field} {a} also written {b}",
    "nickname": "{field} {a} is short for or the same as {b}",
    "other_name": "{field} {a} can stand for {b}",
    "typo": "{field} {a} one letter from {b}",
    "typos": "{field} {a} two letters from {b}",
    "initial": "{field} {a} fits the initial {b}",
}
_LETTERS = {"typo": 1, "typos": 2}


def said(field: str, like: Like, a: str, b: str) -> str:
    """The likeness in words; the fuller name of two goes first for an initial."""
    if like.how == "initial" and len(a) < len(b):
        a, b = b, a
    return _HOW[like.how].format(field=field, a=a, b=b)


def surnames(one: Person, two: Person) -> Agreement | None:
    """Agreement of the surnames; order, particles and halves of compounds allowed."""
    a, b = one.surnames, two.surnames
    if not a or not b:
        return None
    if a == b or a[0] != one.whole or b[0] != two.whole or one.cut or two.cut:
        found = _whole(one, two) or _cut(one, two) or _cut(two, one)
        found = found or _by_words(a, b) or _glued(one, two)
    else:  # two plain words, as most are
        found = _by_words(a, b)
    return found or _in_the_middle(one, two) or _in_the_middle(two, one)


def _in_the_middle(one: Person, two: Person) -> Agreement | None:
    """The surname of one is a middle name of the other, as after a marriage.

    A long one may have a letter changed.
    """
    if len(one.given) < 2:
        return None
    found = [
        (_middle_weight(word) - like.cost, word, like)
        for word in one.given[1:]
        if len(word) > 2
        for other in two.surnames
        if (like := surnames_alike(word, other))
        and (like is SAME or (len(word) >= LONG and like.how != "typos"))
    ]
    if not found:
        return None
    gained, word, like = max(found, key=lambda each: each[:2])
    near = "" if like is SAME else "nearly "
    words = f"surname {word} is {near}a middle name there, as of a former name"
    return Agreement(gained - PART, words, False, _LETTERS.get(like.how, 0))


def _middle_weight(word: str) -> float:
    """A word that is a usual first name says little: most have it as that."""
    return min(weight(word, True), weight(word, False))


def _weight_of(tokens: tuple[str, ...]) -> float:
    return max(weight(token, True) for token in tokens)


def _whole(one: Person, two: Person) -> Agreement | None:
    """All words are the same, in any order, or the same written together."""
    a, b = one.surnames, two.surnames
    if a == b or (len(a) == len(b) > 1 and sorted(a) == sorted(b)):
        return Agreement(_weight_of(a), f"same surname {' '.join(a)}", True)
    if one.whole == two.whole or (len(a) != len(b) and "".join(a) == "".join(b)):
        named, other = " ".join(a), " ".join(b)
        words = f"surname {named} is {other} written apart"
        return Agreement(_weight_of(one.surnames + two.surnames), words, True)
    return None


def _cut(short: Person, full: Person) -> Agreement | None:
    """The surname of one is the other's beginning, up to the width of the column."""
    if not short.cut or len(short.whole) >= len(full.whole):
        return None
    if not full.whole.startswith(short.whole):
        return None
    named, other = " ".join(short.surnames), " ".join(full.surnames)
    words = f"surname {named} is {other} cut at the column's width"
    return Agreement(_weight_of(full.surnames), words, True)


@lru_cache(maxsize=100_000)
def _by_words(a: tuple[str, ...], b: tuple[str, ...]) -> Agreement | None:
    """The best pairing of single words; words left over on one or both sides cost."""
    pairs = _paired(a, b)
    if not pairs:
        return None
    gained = max(
        min(weight(x, True), weight(y, True)) - like.cost for x, y, like in pairs
    )
    words = " and ".join(said("surname", like, x, y) for x, y, like in pairs)
    apart = [_LETTERS.get(like.how, 0) for _x, _y, like in pairs]
    mistyped = max(apart) if all(apart) else 0
    left_a, left_b = len(a) - len(pairs), len(b) - len(pairs)
    if left_a and left_b:
        more = "the other half is different"
        return Agreement(gained - OVERLAP, f"{words}, {more}", False, mistyped)
    if left_a or left_b:
        longer = " ".join(a if left_a else b)
        rest = f"{words}, one part of {longer}"
        return Agreement(gained - PART, rest, False, mistyped)
    return Agreement(gained, words, False, mistyped)


def _paired(a: tuple[str, ...], b: tuple[str, ...]) -> list[tuple[str, str, Like]]:
    """Each word once, the likest first."""
    found = [
        (like.cost, i, j, like)
        for (i, x), (j, y) in product(enumerate(a), enumerate(b))
        if (like := surnames_alike(x, y))
    ]
    pairs, used_a, used_b = [], set(), set()
    for _cost, i, j, like in sorted(found, key=lambda each: each[:3]):
        if i not in used_a and j not in used_b:
            used_a.add(i)
            used_b.add(j)
            pairs.append((a[i], b[j], like))
    return pairs


def _glued(one: Person, two: Person) -> Agreement | None:
    """A mistype, or a half, in a compound that one of the two writes together."""
    if one.whole == one.surnames[0] and two.whole == two.surnames[0]:
        return None
    like = surnames_alike(one.whole, two.whole)
    if like is None:
        return None
    gained = _weight_of(one.surnames + two.surnames) - like.cost
    words = said("surname", like, one.whole, two.whole)
    return Agreement(gained, words, False, _LETTERS.get(like.how, 0))


def givens(one: Person, two: Person) -> Agreement | None:
    """Agreement of the first names, and of what stands in the middle."""
    if not one.given or not two.given:
        return None
    first = _first(one, two)
    if first is None:
        return _moved(one, two) or _moved(two, one) or _exchanged(one, two)
    like, x, y, used_x, used_y = first
    gained = _INITIAL_WEIGHT if like.how == "initial" else _gained(like, x, y)
    rest, words, exact = _middle(one, two, one.given[used_x:], two.given[used_y:])
    named = said("first name", like, x, y)
    return Agreement(
        gained + rest,
        f"{named}, {words}" if words else named,
        like is SAME and exact,
    )


def _gained(like: Like, x: str, y: str) -> float:
    return min(weight(x, False), weight(y, False), RARE_GIVEN) - like.cost


def _first(one: Person, two: Person) -> tuple[Like, str, str, int, int] | None:
    """The likest reading of the first names: alone, or two of them written together.

    :return: likeness, the two names, and how many given names each of them took
    """
    cut = one.given_cut or two.given_cut
    if one.given[0] == two.given[0] and not cut:
        return SAME, one.given[0], two.given[0], 1, 1
    found = [
        (like, x, y, i, j)
        for (x, i), (y, j) in product(_readings(one), _readings(two))
        if (like := givens_alike(x, y))
    ]
    if cut:
        found = _cut_first(one, two) or found
    return min(found, key=lambda each: (each[0].cost, each[3] + each[4]), default=None)


def _readings(name: Person) -> list[tuple[str, int]]:
    found = [(name.given[0], 1)]
    if len(name.given) > 1 and len(name.given[1]) > 1:
        found.append((name.given[0] + name.given[1], 2))
    if name.together not in (name.given[0], found[-1][0]):
        found.append((name.together, len(name.given)))
    return found


def _cut_first(one: Person, two: Person) -> list[tuple[Like, str, str, int, int]]:
    x, y = one.together, two.together
    short, full = (x, y) if len(x) < len(y) else (y, x)
    if len(short) >= SHORTEST_CUT and full.startswith(short):
        return [(SAME, x, y, len(one.given), len(two.given))]
    return []


def _middle(
    one: Person, two: Person, a: tuple[str, ...], b: tuple[str, ...]
) -> tuple[float, str, bool]:
    """Weight, words and exactness of what follows the first names."""
    if not a or not b:
        left = a or b
        if left and any(t in one.surnames + two.surnames for t in left if len(t) > 1):
            return MIDDLE_INITIAL, "a middle name is the other's surname", True
        if left:
            return MIDDLE_ONE, "no middle name to compare", False
        return 0.0, "", True
    best = max(
        ((x, y, like) for x in a for y in b if (like := givens_alike(x, y))),
        key=lambda each: _middle_gain(*each),
        default=None,
    )
    if best:
        x, y, like = best
        exact = like.how in ("same", "initial", "nickname", "spelling")
        return _middle_gain(x, y, like), said("middle name", like, x, y), exact
    others = {*one.surnames, *two.surnames}
    if any(t in others for t in (*a, *b) if len(t) > 1):
        return MIDDLE_INITIAL, "a middle name is the other's surname", True
    return MIDDLE_OTHER, f"middle name {' '.join(a)} is not {' '.join(b)}", False


def _middle_gain(x: str, y: str, like: Like) -> float:
    if like.how == "initial" or len(x) == len(y) == 1:
        return MIDDLE_INITIAL
    return max(MIDDLE_SAME - like.cost, 0.3)


def _moved(one: Person, two: Person) -> Agreement | None:
    """The first name of one is a middle name of the other, who is known by it."""
    x = one.given[0]
    if len(x) < 2 or len(two.given) < 2:
        return None
    found = [
        (like, y) for y in two.given[1:] if len(y) > 1 and (like := givens_alike(x, y))
    ]
    if not found:
        return None
    like, y = min(found, key=lambda each: each[0].cost)
    words = f"{said('first name', like, x, y)}, a middle name there"
    if len(one.given) > 1:
        back = any(givens_alike(two.given[0], z) for z in one.given[1:])
        extra = MIDDLE_INITIAL if back else MIDDLE_OTHER
        return Agreement(_gained(like, x, y) - MOVED + extra, words, False)
    return Agreement(_gained(like, x, y) - MOVED, words, False)


def _exchanged(one: Person, two: Person) -> Agreement | None:
    """Each is called by what is the other's middle initial (Gloria K. is Kurt G.)."""
    a, b = one.given[:2], two.given[:2]
    if len(a) < 2 or len(b) < 2 or initials(one) != initials(two)[::-1]:
        return None
    words = f"first names {a[0]} and {b[0]} fit the middle initials there"
    return Agreement(2 * _INITIAL_WEIGHT - MOVED, words, False)


def initials(name: Person) -> str:
    """The first letters of the first name and of the one behind it."""
    return "".join(word[0] for word in name.given[:2])
