"""One business against another: the score and the reasons for it."""

from functools import lru_cache

from .agreement import Agreement
from .business import Business
from .edits import edits
from .likeness import SHORTEST_CUT
from .weigh import CUT_WEIGHT, Facts, Verdict, facts

OWN = 2.6  # what an own word weighs; a rare one cannot be told from a usual one
NUMBER = 1.6
TRADE = 0.5
MISSING_OWN = 2.2  # an own word that the other name does not have
MISSING_TRADE = 0.9
ORDER = 0.3
NO_NAME = -2.2


def firms(
    ones: tuple[Business, ...], twos: tuple[Business, ...], first: Facts, second: Facts
) -> Verdict | None:
    """What speaks for two businesses being one, by the likest of their names."""
    found = [each for x in ones for y in twos if (each := _named(x, y))]
    same_npi = bool(first.npi) and first.npi == second.npi
    if not found and not same_npi:
        return None
    total, reasons = facts(first, second, many_npis=True)
    if not found:
        return Verdict(total + NO_NAME, ("names differ", *reasons))
    best = max(found, key=lambda each: (each.exact, each.weight))
    total += best.weight
    if best.exact:
        total = max(total, CUT_WEIGHT)
    return Verdict(total, (best.words, *reasons))


def _named(one: Business, two: Business) -> Agreement | None:
    if one.together == two.together:
        return Agreement(_weight(one), f"same name {' '.join(one.words)}", True)
    if sorted(one.words) == sorted(two.words):
        words = f"same words {' '.join(one.words)}, other order"
        return Agreement(_weight(one) - ORDER, words, bool(one.own))
    return (
        _cut(one, two) or _cut(two, one) or _by_words(one, two) or _mistyped(one, two)
    )


def _weight(name: Business) -> float:
    own = sum(NUMBER if word.isdigit() else OWN for word in name.own)
    return min(own + TRADE * len(name.trade), 6.0)


def _cut(short: Business, full: Business) -> Agreement | None:
    """The name of one is the beginning of the other, up to the column's width."""
    if not short.cut or len(short.together) >= len(full.together):
        return None
    if not full.together.startswith(short.together):
        return None
    words = f"name {' '.join(short.words)} cut at the column's width"
    return Agreement(_weight(short), words, True)


def _mistyped(one: Business, two: Business) -> Agreement | None:
    """One or two letters different when all is written together."""
    a, b = one.together, two.together
    if min(len(a), len(b)) < 8 or _digits(a) != _digits(b):
        return None
    number = edits(a, b, 2)
    if number > 2 or _swaps_words(one, two):
        return None
    words = f"name {' '.join(one.words)} differs by {number} letters"
    return Agreement(_weight(one) - 1.2 * number, words, False)


def _swaps_words(one: Business, two: Business) -> bool:
    """Whether the difference lies in a word of the trade (CARE and CORE may not)."""
    return sorted(one.own) == sorted(two.own) and len(one.trade) == len(two.trade)


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def _by_words(one: Business, two: Business) -> Agreement | None:
    """Every own word of one must be like one of the other, or be cut off."""
    pairs, left_a, left_b = _paired(one.own, two.own)
    if not pairs:
        return None
    missing = _missing(left_a, two, one) + _missing(left_b, one, two)
    trade_a, trade_b = _without(one.trade, two.trade), _without(two.trade, one.trade)
    missing += _missing_trade(trade_a, two) + _missing_trade(trade_b, one)
    gained = sum(
        (NUMBER if x.isdigit() else OWN) - cost for x, _y, cost in pairs
    ) + TRADE * (len(one.trade) - len(trade_a))
    words = ", ".join(
        f"same word {x}" if x == y else f"word {x} is like {y}" for x, y, _c in pairs
    )
    left = left_a + left_b + trade_a + trade_b
    if left:
        words += f", only one has {' '.join(left)}"
    return Agreement(min(gained, 6.0) - missing, words, False)


def _missing(words: list[str], other: Business, owner: Business) -> float:
    """What the own words that only ``owner`` has cost."""
    return sum(0.2 if _hidden(word, owner, other) else MISSING_OWN for word in words)


def _missing_trade(words: list[str], other: Business) -> float:
    cost = 0.2 if other.cut else MISSING_TRADE
    return cost * len(words)


def _hidden(word: str, owner: Business, other: Business) -> bool:
    """Whether the word may stand behind the end of the other's column, or is its end."""
    if other.cut:
        return True
    last = owner.cut and owner.together.endswith(word)
    return last and any(w.startswith(word) for w in other.words)


def _without(a: tuple[str, ...], b: tuple[str, ...]) -> list[str]:
    rest = list(b)
    found = []
    for word in a:
        if word in rest:
            rest.remove(word)
        else:
            found.append(word)
    return found


def _paired(
    a: tuple[str, ...], b: tuple[str, ...]
) -> tuple[list[tuple[str, str, float]], list[str], list[str]]:
    """Own words that are alike, and those left over on each side."""
    found = sorted(
        (cost, i, j)
        for i, x in enumerate(a)
        for j, y in enumerate(b)
        if (cost := word_cost(x, y)) is not None
    )
    pairs: list[tuple[str, str, float]] = []
    used_a: set[int] = set()
    used_b: set[int] = set()
    for cost, i, j in found:
        if i not in used_a and j not in used_b:
            used_a.add(i)
            used_b.add(j)
            pairs.append((a[i], b[j], cost))
    left_a = [x for i, x in enumerate(a) if i not in used_a]
    left_b = [y for j, y in enumerate(b) if j not in used_b]
    return pairs, left_a, left_b


@lru_cache(maxsize=100_000)
def word_cost(a: str, b: str) -> float | None:
    """What it costs to take two own words for the same; None if they are not.

    Numbers must be equal. A plural is a small thing.
    """
    if a == b:
        return 0.0
    if _digits(a) != _digits(b):
        return None
    if a + "S" == b or b + "S" == a:
        return 0.4
    shorter = min(len(a), len(b))
    most = 0 if shorter < 4 else 1 if shorter < 7 else 2
    number = edits(a, b, most)
    return None if number > most else 0.9 * number


def is_cut_of(short: str, full: str) -> bool:
    """Whether a word may be the other, cut."""
    return len(short) >= SHORTEST_CUT and full.startswith(short)
