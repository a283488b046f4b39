"""Names for many new rooms, and the columns of an imported list of rooms."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..csvcells import choice, text, whole
from ..csvread import Column

MOST_ROOMS = 500


@dataclass(frozen=True, slots=True)
class NewRoom:
    """One room to be made; ``row`` is where the file names it (0: no file)."""

    name: str
    room_type: str
    floor: str = ""
    sequence: int = 10
    manager: str = ""
    department: str = ""
    row: int = 0


def next_names(stem: str, count: int, taken: Iterable[str]) -> list[str]:
    """``count`` names "stem 1", "stem 2", ... after the highest number in use.

    One room alone, of which there is none yet, gets the stem without a number; such a
    room counts as the first.

    >>> next_names("Exam", 2, ["Exam 1", "exam 7", "Lab"])
    ['Exam 8', 'Exam 9']
    >>> next_names("Lab", 1, [])
    ['Lab']
    """
    known = {name.casefold().strip() for name in taken}
    numbered = re.compile(re.escape(stem.casefold()) + r"\s+(\d+)")
    highest = max(
        (int(found[1]) for name in known if (found := numbered.fullmatch(name))),
        default=0,
    )
    if stem.casefold() in known:
        highest = max(highest, 1)
    elif count == 1 and not highest:
        return [stem]
    return [f"{stem} {highest + number}" for number in range(1, count + 1)]


def columns(types: Mapping[str, str]) -> list[Column]:
    """What a list of rooms may hold.

    :param types: room type -> its label; a cell may hold either
    """
    options = {key.casefold(): key for key in types}
    options |= {label.casefold(): key for key, label in types.items()}
    return [
        Column("name", "Room", text(64), aliases=("Name", "Room name")),
        Column("room_type", "Type", choice(options), aliases=("Room type",)),
        Column("floor", "Floor", text(32), required=False, default=""),
        Column(
            "sequence",
            "Order",
            whole(0, 100_000),
            required=False,
            aliases=("Walking order", "Sequence"),
        ),
        Column("manager", "Manager", text(), required=False, default=""),
        Column("department", "Department", text(), required=False, default=""),
    ]
