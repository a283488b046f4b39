"""Which entry of the books explains a line of the bank: the amount to the cent, a day near
by, and words or a number that both of them bear."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

# an entry stands in the books up to so many days before its line at the bank ...
DAYS_BEFORE = 10
# ... a paper check up to so many, where name or number says that it is the one ...
DAYS_NAMED = 45
# ... and up to so many after it, where it is booked from the statement
DAYS_AFTER = 5
# what banks and books write on every line tells no line apart
COMMON = frozenset(
    (
        *("BILL", "CHECK", "CREDIT", "DEBIT", "DEPOSIT", "DIRECT", "FROM", "INVOICE"),
        *("NUMBER", "ONLINE", "PAID", "PAYABLE", "PAYMENT", "TRANSFER", "WITHDRAWAL"),
    )
)
SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Side:
    """A line of the bank or of the books."""

    key: int
    account: int  # whose bank account it is
    day: date
    amount: Decimal
    words: frozenset[str]


def words_of(*texts: str | None) -> frozenset[str]:
    """The words and numbers that tell a line apart from others."""
    found = re.findall(r"[^\W_]+", " ".join(filter(None, texts)).upper())
    return frozenset(
        word for word in found if len(word) >= SHORTEST and word not in COMMON
    )


def explain(lines: Iterable[Side], entries: Iterable[Side]) -> dict[int, int]:
    """Propose an entry for each line of the bank, where one alone is the best.

    Lines that are alike in everything take entries that are alike in everything in their
    order. Where two that differ fit equally well, a person has to say.

    :param lines: lines of the bank that nothing explains yet
    :param entries: lines of the books that explain none yet
    :return: {key of a line: key of its entry}
    """
    rest = _alike(entries)
    found: dict[int, int] = {}
    for kind, left in _alike(lines).items():
        for line_twins, entry_twins in _pairs(left, rest.get(kind, [])):
            found |= {
                line.key: entry.key
                for line, entry in zip(line_twins, entry_twins, strict=False)
            }
    return found


Twins = list[Side]
Rank = tuple[bool, int, int]


def _alike(sides: Iterable[Side]) -> dict[tuple[int, Decimal], list[Twins]]:
    """{(account, amount): groups of lines that are alike}."""
    groups: dict[Side, Twins] = defaultdict(list)
    for side in sides:
        groups[Side(0, side.account, side.day, side.amount, side.words)].append(side)
    by_amount = defaultdict(list)
    for like, twins in groups.items():
        twins.sort(key=lambda side: side.key)
        by_amount[like.account, like.amount].append(twins)
    return by_amount


def _pairs(lines: list[Twins], entries: list[Twins]) -> list[tuple[Twins, Twins]]:
    """Groups that are each other's only best, then what that leaves, and so on."""
    ranks = {
        (i, j): rank
        for i, line in enumerate(lines)
        for j, entry in enumerate(entries)
        if (rank := _rank(line[0], entry[0])) is not None
    }
    pairs = []
    while best := _only_best(ranks):
        pairs += [(lines[i], entries[j]) for i, j in best]
        gone_lines, gone_entries = {i for i, _j in best}, {j for _i, j in best}
        ranks = {
            (i, j): rank
            for (i, j), rank in ranks.items()
            if i not in gone_lines and j not in gone_entries
        }
    return pairs


def _only_best(ranks: dict[tuple[int, int], Rank]) -> list[tuple[int, int]]:
    """Pairs of which each half has no other as good."""
    of_line, of_entry = defaultdict(list), defaultdict(list)
    for (i, j), rank in ranks.items():
        of_line[i].append(rank)
        of_entry[j].append(rank)
    only_line = {i: _only(every) for i, every in of_line.items()}
    only_entry = {j: _only(every) for j, every in of_entry.items()}
    return [
        (i, j)
        for (i, j), rank in ranks.items()
        if rank == only_line[i] == only_entry[j]
    ]


def _only(ranks: list[Rank]) -> Rank | None:
    """The best of them, where no second one is as good."""
    best = min(ranks)
    return best if ranks.count(best) == 1 else None


def _rank(line: Side, entry: Side) -> Rank | None:
    """How well they fit, the smaller the better; None where they do not."""
    shared = sum(
        any(one.startswith(other) or other.startswith(one) for other in entry.words)
        for one in line.words
    )
    days = (line.day - entry.day).days
    if not -DAYS_AFTER <= days <= (DAYS_NAMED if shared else DAYS_BEFORE):
        return None
    return not shared, abs(days), -shared
