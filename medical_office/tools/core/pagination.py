"""Where a long table has to be broken so that each page begins with its heading.

All measures are in the layout's own pixels, counted down from the top of the document,
as if the pages hung below each other without a gap.
"""

from collections.abc import Sequence
from dataclasses import dataclass

# The mark in a row sits a little below the row's top (padding, and the line of the
# mark). We know it is at most this much, so this much room is given away per page.
SLACK = 14.0
# Kept free at the end of each page: the engine leaves gaps between rows where it sees fit,
# and a row that it pushes over the end would be cut in two.
RESERVE = 28.0


@dataclass(frozen=True, slots=True)
class Paper:
    """Top of the page on which the table begins, and the height of every page."""

    top: float
    height: float

    def bottom_below(self, position: float) -> float:
        """The bottom of the page that holds ``position``."""
        pages = max(0, int((position - self.top) // self.height))
        return self.top + (pages + 1) * self.height


@dataclass(frozen=True, slots=True)
class Break:
    """Before body row ``row``: ``filler`` pixels to the page's end, then the heading."""

    row: int
    filler: float


def plan_breaks(
    marks: Sequence[float],
    end: float,
    heading: float,
    paper: Paper,
    keep_with_next: frozenset[int] = frozenset(),
) -> tuple[Break, ...]:
    """Find the rows before which a new page has to begin.

    :param marks: where the mark of each body row was found; a row that the engine had
        pushed to the next page carries the gap before it, so that the row above looks
        taller than it is: never less room than needed
    :param end: the mark below the last row
    :param heading: height of the heading that each page repeats
    :param keep_with_next: rows that may not stand alone at the end of a page
    :return: the breaks from top to bottom; none before the first row (its heading
        stands above it). A row taller than a page is left to flow over its pages.

    >>> plan_breaks([100, 200, 300], 400, 50, Paper(0, 380))
    (Break(row=2, filler=94.0),)
    """
    if not marks:
        return ()
    heights = [b - a for a, b in zip(marks, [*marks[1:], end], strict=True)]
    room = paper.height - SLACK - RESERVE - heading
    breaks: list[Break] = []
    position = marks[0]
    bottom = paper.bottom_below(position)
    fresh = True  # the row is the first below a heading
    for row, height in enumerate(heights):
        needed = height
        follower = row
        while follower in keep_with_next and follower + 1 < len(heights):
            follower += 1
            if needed + heights[follower] > room:
                break
            needed += heights[follower]
        if position + needed > bottom - RESERVE and not fresh:
            breaks.append(Break(row, bottom - position + SLACK))
            position = bottom + SLACK + heading
            bottom = paper.bottom_below(position)
        position += height
        fresh = False
        if position > bottom:
            bottom = paper.bottom_below(position)
    return tuple(breaks)
