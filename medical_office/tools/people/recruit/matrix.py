"""Scorecards side by side: what each candidate got, and who rates kindly."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from decimal import Decimal

LOWEST, HIGHEST = 1, 5


@dataclass(frozen=True, slots=True)
class Card:
    """One submitted scorecard, or a finished test.

    ``score`` is between 1 and 5, ``weight`` that of its round; ``rater`` is None for a
    test, which is neither kind nor strict.
    """

    candidate: Hashable
    rater: Hashable | None
    score: Decimal
    weight: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Standing:
    """One candidate. ``rank`` is None for who is knocked out or was not rated.

    ``spread``: highest less lowest card. ``adjusted``: the mean with each rater's
    leniency taken off, shown beside the mean and never ranked by.
    """

    candidate: Hashable
    mean: Decimal | None
    spread: Decimal | None
    adjusted: Decimal | None
    cards: int
    rank: int | None


@dataclass(frozen=True, slots=True)
class Rater:
    """``leniency``: how far above the others a rater is for the same candidates.

    None where nobody else rated one of them.
    """

    rater: Hashable
    cards: int
    mean: Decimal
    leniency: Decimal | None


@dataclass(frozen=True, slots=True)
class Comparison:
    standings: Sequence[Standing]
    raters: Sequence[Rater]


def card_score(ratings: Sequence[tuple[int, Decimal]]) -> Decimal:
    """The weighted mean of a scorecard's ratings.

    :param ratings: (rating 1 to 5, weight) of each question
    :raises ValueError: nothing was rated, a rating or a weight is out of bounds
    """
    for rating, weight in ratings:
        if not LOWEST <= rating <= HIGHEST:
            raise ValueError(f"{rating} is outside {LOWEST} to {HIGHEST}")
        if weight <= 0:
            raise ValueError(f"the weight {weight} is not above zero")
    if not ratings:
        raise ValueError("nothing was rated")
    return _mean([(Decimal(rating), weight) for rating, weight in ratings])


def compare(
    cards: Sequence[Card],
    candidates: Sequence[Hashable],
    knocked_out: frozenset[Hashable] = frozenset(),
) -> Comparison:
    """Rank candidates by the weighted mean of their scorecards.

    Equal means share a rank, and the next rank is left out (1, 1, 3).

    :param candidates: everybody to be shown, in the order in which equals stand
    :param knocked_out: who failed a criterion without which nobody is hired
    """
    of_candidate: dict[Hashable, list[Card]] = defaultdict(list)
    of_rater: dict[Hashable, list[Card]] = defaultdict(list)
    for card in cards:
        of_candidate[card.candidate].append(card)
        if card.rater is not None:
            of_rater[card.rater].append(card)
    raters = [
        Rater(
            rater,
            len(own),
            _mean([(card.score, card.weight) for card in own]),
            _leniency(rater, own, of_candidate),
        )
        for rater, own in of_rater.items()
    ]
    leniency: dict[Hashable | None, Decimal] = {None: Decimal(0)}
    leniency |= {one.rater: one.leniency or Decimal(0) for one in raters}
    means = {
        candidate: _mean([(card.score, card.weight) for card in own])
        for candidate, own in of_candidate.items()
    }
    ranked = [one for one in candidates if one in means and one not in knocked_out]
    standings = []
    for candidate in candidates:
        own = of_candidate.get(candidate, [])
        if not own:
            standings.append(Standing(candidate, None, None, None, 0, None))
            continue
        scores = [card.score for card in own]
        rank = None
        if candidate not in knocked_out:
            above = sum(means[other] > means[candidate] for other in ranked)
            rank = above + 1
        standings.append(
            Standing(
                candidate,
                means[candidate],
                max(scores) - min(scores),
                _mean(
                    [(card.score - leniency[card.rater], card.weight) for card in own]
                ),
                len(own),
                rank,
            )
        )
    last = len(candidates) + 1
    standings.sort(key=lambda one: (one.rank or last, -(one.mean or Decimal(0))))
    return Comparison(standings, raters)


def _leniency(
    rater: Hashable, own: Sequence[Card], of_candidate: dict[Hashable, list[Card]]
) -> Decimal | None:
    """The mean distance of a rater's cards from those of the others."""
    distances = []
    for card in own:
        others = [
            (other.score, other.weight)
            for other in of_candidate[card.candidate]
            if other.rater not in (rater, None)
        ]
        if others:
            distances.append(card.score - _mean(others))
    if not distances:
        return None
    return sum(distances, Decimal(0)) / len(distances)


def _mean(pairs: Sequence[tuple[Decimal, Decimal]]) -> Decimal:
    weights = sum((weight for _value, weight in pairs), Decimal(0))
    return sum((value * weight for value, weight in pairs), Decimal(0)) / weights
