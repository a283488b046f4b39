"""Repeat the heading of long tables where the PDF engine does not do it.

wkhtmltopdf without patched Qt prints a table's heading once. So the document is printed
with a mark in every row, the marks are found again in the PDF, and the rows that begin a
page get the heading once more, below a filler that reaches to the page's end.
"""

import copy
import io
import itertools
import re
from collections import Counter
from dataclasses import dataclass, field
from statistics import median

import lxml.etree
import lxml.html

from odoo.tools.pdf import PdfReader

from ...tools.core.pagination import RESERVE, SLACK, Paper, plan_breaks

# Runs of the engine; each breaks one table of every part that begins on a new page.
MOST_RUNS = 12
# Pixels by which a heading may lie lower or higher than planned.
TOLERANCE = 4
_HEADING = -1
_FILLER_STYLE = "padding:0;border:0;line-height:0;background:none"
_MARK = re.compile(r"@@(\d+)\.(-?\d+)@@")
_MARK_SIZE = 4
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
# What the engine writes around its texts, which are all hexadecimal digits
_TOKEN = re.compile(
    rb"(?P<cm>(?:[-\d.]+ ){6})cm\b|(?P<save>\bq\b)|(?P<restore>\bQ\b)"
    rb"|BT\s+/(?P<font>\w+) (?P<size>[\d.]+) Tf (?P<tm>(?:[-\d.]+ ){6})Tm"
    rb"(?P<block>.*?)\bET\b",
    re.DOTALL,
)
_RUN = re.compile(rb"([-\d.]+) ([-\d.]+) Td\s*<([0-9A-Fa-f]+)>\s*Tj")
_RANGE = re.compile(rb"<(\w+)>\s*<(\w+)>\s*\[([^\]]*)\]")
_HEX = re.compile(rb"<(\w+)>")
_MARK_STYLE = (
    "position:absolute;font:4px 'Liberation Sans','DejaVu Sans',sans-serif;"
    "line-height:4px;color:#fff;white-space:nowrap;text-indent:0"
)


@dataclass
class Place:
    """Where a mark was found: page, distance from the top of the document, page top."""

    page: int
    y: float
    page_top: float


@dataclass
class Found:
    """All marks of a printed document, by (table, row), and the height of a page."""

    places: dict = field(default_factory=dict)
    height: float = 0.0


class LongTables:
    """The tables of one printed document that may need their heading repeated.

    :param html: a whole document, as text
    """

    def __init__(self, html):
        self.root = lxml.html.document_fromstring(html)
        self.tables = [table for table in self.root.iter("table") if _is_long(table)]
        self.done = set()
        # the fillers of a table that was broken, until they were looked at once more
        self.fillers = {}
        self.parts = _parts(self.root, self.tables)

    def html(self):
        return _to_text(self.root)

    def marked_html(self):
        """The document with a mark in every cell of the tables."""
        root = copy.deepcopy(self.root)
        again = [table for table in root.iter("table") if _is_long(table)]
        for number, table in enumerate(again):
            _mark(table.find("thead/tr"), number, _HEADING)
            rows = _body_rows(table)
            for index, row in enumerate(rows):
                _mark(row, number, index)
            end = _full_width_row(rows[-1], height=0)
            rows[-1].addnext(end)
            _mark(end, number, len(rows))
        return _to_text(root)

    def repeat_next(self, found):
        """Break in each part the first table that runs over a page's end and is whole.

        What a table does to the tables behind it ends where a new page is begun, so
        that the parts of a document do not wait for each other.

        :param found: where the marks of ``marked_html`` were printed
        :return: whether something was changed, so that what follows has moved
        """
        changed = [self._repeat_in(found, part) for part in self.parts]
        return any(changed)

    def _repeat_in(self, found, part):
        """Break the next table of a part, or put its fillers right.

        :param part: numbers of the tables between two new pages
        """
        for number in part:
            if number in self.fillers:
                if self._adjust(found, number, self.fillers.pop(number)):
                    return True
        return any(self._repeat(found, number) for number in part)

    def _repeat(self, found, number):
        """Break a table if a page ends within it, or so near to its end that its last row
        may be cut; whether anything was changed."""
        table = self.tables[number]
        rows = _body_rows(table)
        places = [found.places.get((number, i)) for i in range(len(rows) + 1)]
        heading = found.places.get((number, _HEADING))
        if number in self.done or heading is None or None in places:
            return False
        if heading.page == places[0].page == places[-1].page:
            paper = Paper(places[0].page_top, found.height)
            # without the marks the engine may leave a gap, which cuts the last row
            if places[-1].y <= paper.bottom_below(places[0].y) - RESERVE:
                return False
        self.done.add(number)
        if heading.page != places[0].page:
            # the heading stands alone at the bottom: the table begins a new page
            style = table.get("style", "")
            table.set("style", f"page-break-before:always;{style}")
            self.done.discard(number)
            if "page-break-before" in style:
                self.done.add(number)
            return True
        self.fillers[number] = self._break_table(
            table, rows, places, heading, found.height
        )
        return True

    def _adjust(self, found, number, fillers):
        """Put the headings of a broken table right below the tops of their pages.

        The engine leaves gaps between rows that it leaves out once the rows have moved,
        so that a heading may lie higher than planned, on the end of the page before.

        :param fillers: list of (row, filler's element, height of the heading)
        :return: whether anything had to be moved
        """
        moved = 0.0
        changed = False
        for row, filler, heading in fillers:
            place = found.places.get((number, row))
            if place is None:
                return changed
            wanted = place.page_top + heading + SLACK - place.y
            if abs(wanted - moved) > TOLERANCE:
                _set_height(filler, wanted - moved)
                changed = True
                moved = wanted
        return changed

    def _break_table(self, table, rows, places, heading, height):
        """Break a table; return its fillers, for ``_adjust``."""
        above = places[0].y - heading.y
        breaks = plan_breaks(
            marks=[place.y for place in places[:-1]],
            end=places[-1].y,
            heading=above,
            paper=Paper(places[0].page_top, height),
            keep_with_next=frozenset(
                i for i, row in enumerate(rows) if "mo_keep_with_next" in row.classes
            ),
        )
        fillers = []
        for item in breaks:
            row = rows[item.row]
            filler = _full_width_row(row, height=round(item.filler))
            fillers.append((item.row, filler, above))
            row.addprevious(filler)
            for heading_row in table.find("thead").iter("tr"):
                again = copy.deepcopy(heading_row)
                again.classes.add("mo_again")
                row.addprevious(again)
        return fillers


def find_marks(pdf):
    """Read back where the marks of ``LongTables.marked_html`` were printed.

    :param pdf: the printed document, as bytes
    :return: ``Found``; empty where the marks or the pages' height cannot be told
    """
    found = Found()
    tops = {}
    origin = None
    for number, page in enumerate(PdfReader(io.BytesIO(pdf), strict=False).pages):
        texts = _texts(page)
        if not texts:
            continue
        # the engine prints one long document; each page moves it up by what came before
        (scale, moved), _count = Counter(
            (round(-cm[3], 4), round(cm[5], 2)) for _text, cm, _tm in texts
        ).most_common(1)[0]
        origin = moved if number == 0 else origin
        if origin is None:
            return Found()
        tops[number] = (moved - origin) / scale
        for text, _cm, tm in texts:
            match = _MARK.search(text)
            if match:
                key = (int(match[1]), int(match[2]))
                here = Place(number, tm[5], tops[number])
                there = found.places.get(key)
                if there is None or here.y < there.y:
                    found.places[key] = here
    pages = sorted(tops)
    found.height = median(
        [(tops[b] - tops[a]) / (b - a) for a, b in itertools.pairwise(pages)] or [0.0]
    )
    return found


def _texts(page):
    """The page's texts as (text, outer matrix, text matrix), upright ones only.

    Only the small ones are read: marks are. A page that is written otherwise than the
    engine does is left to the slow reader, which knows all ways.
    """
    texts = _texts_of_engine(page)
    return texts if texts is not None else _texts_of_any(page)


def _texts_of_engine(page):
    """As ``_texts``, a twentieth of the time, for what the engine itself wrote.

    :return: None where the page holds text that this does not understand
    """
    contents = page.get_contents()
    data = contents.get_data() if contents is not None else b""
    now, saved, texts = _IDENTITY, [], []
    fonts = {}
    for token in _TOKEN.finditer(data):
        kind = token.lastgroup
        if kind == "save":
            saved.append(now)
        elif kind == "restore":
            now = saved.pop() if saved else _IDENTITY
        elif kind == "cm":
            now = _times(_numbers(token["cm"]), now)
        elif now[3] < 0 and not now[1]:
            place = _numbers(token["tm"])
            text = ""
            runs = _RUN.findall(token["block"])
            if not runs:
                return None
            if float(token["size"]) == _MARK_SIZE:
                name = token["font"].decode()
                codes = fonts[name] = fonts.get(name) or _codes(page, name)
                text = "".join(
                    codes.get(run[2][i : i + 4].upper(), "")
                    for run in runs
                    for i in range(0, len(run[2]), 4)
                )
            # the first run says how far the text lies below its origin
            y = place[5] + place[3] * float(runs[0][1])
            texts.append((text, now, (*place[:5], y)))
    return None if not texts and b" Tj" in data else texts


def _numbers(text):
    return tuple(float(number) for number in text.split())


def _times(one, two):
    """The product of two matrices as PDF writes them."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _codes(page, name):
    """Glyph code (four hexadecimal digits) -> character, of one font of the page."""
    font = page["/Resources"]["/Font"][f"/{name}"].get_object()
    found = {}
    for first, _last, letters in _RANGE.findall(font["/ToUnicode"].get_data()):
        for place, letter in enumerate(_HEX.findall(letters)):
            found[b"%04X" % (int(first, 16) + place)] = chr(int(letter, 16))
    return found


def _texts_of_any(page):
    texts = []

    def visit(text, cm, tm, _font, _size):
        if text.strip() and cm[3] < 0 and not cm[1]:
            texts.append((text, cm, tm))

    page.extract_text(visitor_text=visit)
    return texts


def _parts(root, tables):
    """The numbers of the tables between one element that begins a page and the next."""
    numbers = {table: number for number, table in enumerate(tables)}
    parts = [[]]
    for element in root.iter(lxml.etree.Element):
        if "mo_new_page" in element.classes and parts[-1]:
            parts.append([])
        if element in numbers:
            parts[-1].append(numbers[element])
    return parts


def _is_long(table):
    """Whether a page may end inside the table: a heading, rows, no tables within.

    Rows that hang together by a cell over several rows are left alone.
    """
    if table.find("thead/tr") is None or table.find(".//table") is not None:
        return False
    rows = _body_rows(table)
    return len(rows) > 1 and not any(
        cell.get("rowspan", "1") != "1" for row in rows for cell in row
    )


def _body_rows(table):
    rows = [
        row for part in table.iterchildren("tbody") for row in part.iterchildren("tr")
    ]
    rows = rows or list(table.iterchildren("tr"))
    return [row for row in rows if not {"mo_again", "mo_filler"} & set(row.classes)]


def _mark(row, table, number):
    for cell in row:
        mark = lxml.html.Element("span", style=_MARK_STYLE)
        mark.text = f"@@{table}.{number}@@"
        mark.tail, cell.text = cell.text, None
        cell.insert(0, mark)


def _full_width_row(row, height):
    """An invisible row of ``height`` pixels over all columns of ``row``."""
    columns = sum(int(cell.get("colspan") or 1) for cell in row)
    filler = lxml.html.Element("tr")
    filler.classes.add("mo_filler")
    style = f"height:{height}px;{_FILLER_STYLE}"
    filler.append(lxml.html.Element("td", colspan=str(columns), style=style))
    return filler


def _set_height(filler, more):
    """Make a filler higher by ``more`` pixels (or lower)."""
    cell = filler[0]
    height = int(re.match(r"height:(-?\d+)px", cell.get("style"))[1])
    cell.set("style", f"height:{max(0, round(height + more))}px;{_FILLER_STYLE}")


def _to_text(root):
    return lxml.html.tostring(root, doctype="<!DOCTYPE html>", encoding="unicode")
