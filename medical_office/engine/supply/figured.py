"""The figures of an order proposal, kept as numbers until somebody reads them.

Thousands of proposals are worked out anew every morning and few are opened: the lines of
the arithmetic are written when one is read.
"""

from collections.abc import Mapping
from typing import Any

from ...tools.supply.notes import note
from ...tools.supply.order.replenish import Plan, Shelf, Supply
from .words import Words, units

Numbers = dict[str, Any]  # as JSON holds them


def figured(plan: Plan, shelves: Mapping[int, Any], kept: Any | None) -> Numbers:
    """What the arithmetic of a plan is made of.

    :param shelves: {par level's id, as the plan's keys: its figures}
    :param kept: those of the store's own shelf, if it keeps the item
    :return: ``rooms`` (those that get something bought), ``gives`` (units that the store
        gives to all rooms) and ``store``
    """
    rooms = [
        [*_numbers(shelves[int(one.key)]), float(one.wanted), float(one.from_store)]
        for one in plan.supplies
        if one.wanted > one.from_store
    ]
    numbers: Numbers = {"rooms": rooms}
    if kept is not None:
        numbers["gives"] = float(plan.gives)
        numbers["store"] = [*_numbers(kept), float(plan.store_wanted)]
    return numbers


def places_of(numbers: Numbers) -> list[int]:
    """The locations that the arithmetic names."""
    places = [room[0] for room in numbers["rooms"]]
    return [*places, numbers["store"][0]] if "store" in numbers else places


def arithmetic(numbers: Numbers, names: Mapping[int, str], words: Words) -> str:
    """The lines of the arithmetic: for each room, for the store, and summed up.

    :param names: {location id: name}
    """
    rooms = [(names[place], _supply(*rest)) for place, *rest in numbers["rooms"]]
    texts = [f"{name}\n{words.working(supply.steps)}" for name, supply in rooms]
    supplies = tuple(supply for _name, supply in rooms)
    if "store" not in numbers:
        return "\n\n".join([*texts, words.working(Plan(supplies).steps)])
    place, on_hand, forecast, _reorder, par, _pack, wanted = numbers["store"]
    if wanted:
        steps = [
            note("par_level", units(par)),
            note("forecast", units(forecast), on_hand=units(on_hand)),
        ]
        texts.append(f"{names[place]}\n{words.working(steps)}")
    plan = Plan(supplies, units(wanted), units(numbers["gives"]))
    return "\n\n".join([*texts, words.working(plan.steps)])


def _numbers(figure: Any) -> list[Any]:
    """Place, on hand, forecast, reorder point, par and pack."""
    return [
        figure.place,
        figure.on_hand,
        figure.forecast,
        figure.low,
        figure.high,
        figure.multiple or 1.0,
    ]


def _supply(*numbers: float) -> Supply:
    on_hand, forecast, reorder, par, pack, wanted, given = map(units, numbers)
    return Supply(Shelf("", on_hand, forecast, reorder, par, pack), wanted, given)
