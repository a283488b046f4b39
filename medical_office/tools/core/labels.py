"""Sheets of adhesive labels on US Letter paper, and where each label lies."""

from collections.abc import Iterator
from dataclasses import dataclass

INCH = 72.0  # points
PAGE_WIDTH, PAGE_HEIGHT = 8.5 * INCH, 11 * INCH


@dataclass(frozen=True, slots=True)
class Place:
    """One label: its page, and its lower left corner and size in points."""

    page: int
    left: float
    bottom: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """A sheet as it is sold, all lengths in inches.

    ``pitch_x`` and ``pitch_y``: from one label's edge to the same edge of the next.
    """

    code: str
    columns: int
    rows: int
    width: float
    height: float
    margin_left: float
    margin_top: float
    pitch_x: float
    pitch_y: float

    @property
    def per_page(self) -> int:
        return self.columns * self.rows

    def places(self, count: int) -> Iterator[Place]:
        """The places of ``count`` labels: along the rows, top to bottom, page by page."""
        for index in range(count):
            page, on_page = divmod(index, self.per_page)
            row, column = divmod(on_page, self.columns)
            left = (self.margin_left + column * self.pitch_x) * INCH
            top = (self.margin_top + row * self.pitch_y) * INCH
            height = self.height * INCH
            yield Place(
                page, left, PAGE_HEIGHT - top - height, self.width * INCH, height
            )


# Dimensions as printed on the makers' templates (Avery 5160, 5163 and 5168, and the
# many sheets sold as compatible with them).
SHEETS = {
    sheet.code: sheet
    for sheet in (
        LabelSheet("5160", 3, 10, 2.625, 1.0, 0.1875, 0.5, 2.75, 1.0),
        LabelSheet("5163", 2, 5, 4.0, 2.0, 0.15625, 0.5, 4.1875, 2.0),
        LabelSheet("5168", 2, 2, 3.5, 5.0, 0.5, 0.5, 4.0, 5.0),
    )
}
