"""One business against another: the score and the reasons for it."""

from collections.abc import Iterable
from functools import lru_cache

from .agreement import Agreement
from .business import Business, begins_legal, begun
from .edits import edits
from .weigh import CUT_WEIGHT, NPI_LEAST, Facts, Verdict, facts, same_number
from .wordtable import frequency

OWN = 3.0  # what an own word weighs; a rare one cannot be told from a usual one
NUMBER = 1.6
TRADE = 0.8
MISSING_OWN = 2.8  # an own word that the other name does not have
MISSING_TRADE = 1.2
ORDER = 0.3
BOTH_MORE = 2.0  # each has words that the other does not have
MOST = 6.0
TYPO = 0.6
SHORT = 1.5  # a word that has a short form is a usual one
NO_NAME = -2.2
ENDS = 4  # letters
HOPELESS = 1.3  # the same state adds less than what is then missing


def firms(
    ones: tuple[Business, ...], twos: tuple[Business, ...], first: Facts, second: Facts
) -> Verdict | None:
    """What speaks for two businesses being one, by the likest of their names."""
    found = [each for x in ones for y in twos if (each := _named(x, y))]
    same_npi = bool(first.npi) and first.npi == second.npi
    if not found and not same_npi:
        return None
    total, reasons = facts(first, second, firms=True)
    least = NPI_LEAST if same_number(first, second) else 0.0
    if not found:
        total = max(total + NO_NAME, least)
        return Verdict(total, ("names differ", *reasons))
    best = max(found, key=lambda each: (each.exact, each.weight))
    total += best.weight
    if best.exact:
        total = max(total, CUT_WEIGHT)
    return Verdict(max(total, least), (best.words, *reasons))


def _named(one: Business, two: Business) -> Agreement | None:
    if one.together == two.together and not one.tail and not two.tail:
        return Agreement(_weight(one), f"same name {' '.join(one.words)}", True)
    if one.whole == two.whole:
        words = f"same words {' '.join(one.whole)}, other order"
        return Agreement(_weight(one) - ORDER, words, bool(one.own))
    if not one.cut and not two.cut:
        if not two.trade_set >= one.trade_set and not one.trade_set >= two.trade_set:
            return _mistyped(one, two)  # two trades are two firms
    return _by_words(one, two) or _cut_trade(one, two) or _mistyped(one, two)


def _cut_trade(one: Business, two: Business) -> Agreement | None:
    """Names of trade words alone, one of them cut: the other goes on where it ends."""
    cut, full = (one, two) if one.cut else (two, one)
    begins = " ".join(cut.written)
    if not cut.cut or cut.own or full.own:
        return None
    if not " ".join(full.written).startswith(begins):
        return None
    words = f"same name {begins}, cut at the column's width"
    return Agreement(_weight(cut), words, True)


def _weight(name: Business) -> float:
    return min(_own_weight(name.own) + TRADE * len(name.trade), MOST)


def _own_weight(words: Iterable[str]) -> float:
    return sum(NUMBER if word.isdigit() else OWN for word in words)


def _mistyped(one: Business, two: Business) -> Agreement | None:
    """One or two letters different when all is written together, or only parted."""
    number = _letters_apart(one.together, two.together, 2)
    if number > 1:
        number = min(number, _letters_apart(*_as_long(one, two), 1))
    if number > 2:
        return None
    words = f"name {' '.join(one.words)} differs by {number} letters"
    if not number:
        words = f"same name {' '.join(one.words)} written apart"
    return Agreement(_weight(one) - 1.2 * number, words, not number)


def _as_long(one: Business, two: Business) -> tuple[str, str]:
    """The words as written, both of the length of the one that is cut."""
    a, b = one.spelled, two.spelled
    if one.cut or two.cut:
        length = min(len(name.spelled) for name in (one, two) if name.cut)
        a, b = a[:length], b[:length]
    return a, b


def _letters_apart(a: str, b: str, most: int) -> int:
    """Mistakes between two long names; more than two where they are others."""
    size, other = len(a), len(b)
    if size < 8 or other < 8 or not -most <= size - other <= most:
        return 3
    if a[:ENDS] != b[:ENDS] and a[-ENDS:] != b[-ENDS:]:
        return 3  # a mistake at both ends is not looked for
    if _digits(a) != _digits(b):
        return 3
    number = edits(a, b, most)
    return number if number <= most else 3


def _digits(text: str) -> str:
    if text.isalpha():
        return ""
    return "".join(c for c in text if c.isdigit())


def _by_words(one: Business, two: Business) -> Agreement | None:
    """Own words paired; each that only one has costs, unless it may be cut off."""
    pairs, left_a, left_b = _paired(one.own, two.own)
    if not pairs or (left_a and left_b and not (one.shortened or two.shortened)):
        return None
    trade_a, trade_b = _without(one.trade, two.trade), _without(two.trade, one.trade)
    same_trade = len(one.trade) - len(trade_a)
    cost = _mend(left_a, left_b, trade_b, two) + _mend(left_b, left_a, trade_a, one)
    if left_a and left_b:
        return None
    cost += _left_over(left_b, trade_b, one, two)
    cost += _left_over(left_a, trade_a, two, one)
    if (left_a or trade_a) and (left_b or trade_b):
        cost += BOTH_MORE
    cost += _tail_cost(one, two) + _tail_cost(two, one)
    gained = sum((NUMBER if x.isdigit() else OWN) - c for x, _y, c in pairs)
    gained = min(gained + TRADE * same_trade, MOST) - cost
    if gained < HOPELESS:
        return None
    words = ", ".join(
        f"same word {x}" if x == y else f"word {x} is like {y}" for x, y, _c in pairs
    )
    left = left_a + left_b + trade_a + trade_b
    if left:
        words += f", only one has {' '.join(left)}"
    if one.cut or two.cut:
        words += ", cut at the column's width"
    exact = not cost and all(x == y for x, y, _c in pairs)
    return Agreement(gained, words, exact)


def _mend(left: list[str], own: list[str], trade: list[str], other: Business) -> float:
    """Take out of ``left`` what is a mistyped word of ``other`` that has a short form.

    SAINTT is like SAINT, whose short form ST is too short to be compared.

    :return: what the mistakes cost, less what the words weigh
    """
    if not left or not (own or trade):
        return 0.0
    cost = 0.0
    plain = tuple((word, word) for word in trade)
    for word in list(left):
        for written, short in other.shortened + plain:
            if not -2 < len(written) - len(word) < 2:
                continue
            if len(written) < 5 and written == short:
                continue  # a short word of the trade is like too many others
            if short in own + trade and edits(word, written, 1) <= 1:
                left.remove(word)
                (own if short in own else trade).remove(short)
                cost += TYPO - SHORT
                break
    return cost


def _left_over(
    own: list[str], trade: list[str], other: Business, full: Business
) -> float:
    """What words cost that ``other`` does not have; behind its cut end, nothing."""
    if other.cut and (own or trade):
        begins = full.together[: len(other.together)]
        spelled = full.spelled[: len(other.spelled)]
        if edits(begins, other.together, 2) <= 2 or edits(spelled, other.spelled) <= 1:
            return 0.0
    return MISSING_OWN * len(own) + MISSING_TRADE * len(trade)


def _tail_cost(short: Business, full: Business) -> float:
    """What the last word of a cut name costs if it begins nothing in the other."""
    if not short.tail or begins_legal(short.tail):
        return 0.0
    size = len(short.tail)
    begins = [word[:size] for word in full.written]
    if short.tail in begins or begun(short.tail) & {*full.words}:
        return 0.0
    # a letter left out or added moves the end
    begins += [word[: size + by] for word in full.written for by in (-1, 1)]
    near = size > ENDS and any(edits(word, short.tail, 1) <= 1 for word in begins)
    return TYPO if near else MISSING_OWN


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
    left_b = list(b)
    left_a: list[str] = []
    pairs: list[tuple[str, str, float]] = []
    for word in a:
        if word in left_b:
            left_b.remove(word)
            pairs.append((word, word, 0.0))
        else:
            left_a.append(word)
    if left_a and left_b:
        _pair_alike(pairs, left_a, left_b)
    return pairs, left_a, left_b


def _pair_alike(
    pairs: list[tuple[str, str, float]], left_a: list[str], left_b: list[str]
) -> None:
    """Move words that are alike, the likest first, from what is left to the pairs."""
    found = sorted(
        (cost, x, y)
        for x in left_a
        for y in left_b
        if (cost := word_cost(x, y)) is not None
    )
    for cost, x, y in found:
        if x in left_a and y in left_b:
            left_a.remove(x)
            left_b.remove(y)
            pairs.append((x, y, cost))


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
    if number > most:
        return None
    known = frequency("surnames")
    return TYPO * number + (1.0 if a in known and b in known else 0.0)
