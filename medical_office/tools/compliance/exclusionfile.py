"""Reads the exclusion lists of the government, one line after the other.

OIG's LEIE (``UPDATED.csv`` and the monthly supplements) and GSA's SAM exclusions (V2)
are told apart by their header. Nothing is held but the line being read.
"""

import codecs
import csv
from collections.abc import Iterable, Iterator
from hashlib import sha256
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple, TextIO

from .identifiers import day_of, npi_of

_LEIE = {
    "last": "LASTNAME",
    "first": "FIRSTNAME",
    "middle": "MIDNAME",
    "business": "BUSNAME",
    "npi": "NPI",
    "birth": "DOB",
    "state": "STATE",
    "excluded": "EXCLDATE",  # not kept: shows that no column is shifted
}
_SAM = {
    "last": "Last",
    "first": "First",
    "middle": "Middle",
    "suffix": "Suffix",
    "business": "Name",
    "npi": "NPI",
    "state": "State / Province",
}
# What is kept of a line beside what is compared, where the file has it
_LEIE_MORE = {"kind": "EXCLTYPE", "since": "EXCLDATE", "city": "CITY"}
_SAM_MORE = {"kind": "Exclusion Type", "since": "Active Date", "city": "City"}
# Columns that are not read but show that the file has the layout it seems to have
_LEIE_ALSO = ("EXCLTYPE", "REINDATE")
_SAM_ALSO = ("Classification", "Exclusion Type", "SAM Number")


class Entry(NamedTuple):
    """One line of a list as it is written; ``line`` counts from 1 for the header.

    ``birth`` is YYYYMMDD or empty, ``npi`` is empty for the filler of zeros.
    """

    line: int
    last: str
    first: str
    middle: str
    suffix: str
    business: str
    npi: str
    birth: str
    state: str


class Kept(NamedTuple):
    """A line with what a reader wants to see of it, and the hash that identifies it.

    ``kind`` and ``since`` are the type and date of the exclusion as the file writes them.
    """

    entry: Entry
    kind: str
    since: str
    city: str
    digest: str


class ListError(ValueError):
    """The list cannot be used: the line (0: the file), what is wrong, what to do."""

    def __init__(self, line: int, what: str, remedy: str) -> None:
        place = f"Line {line}: " if line else ""
        super().__init__(f"{place}{what} {remedy}")
        self.line, self.what, self.remedy = line, what, remedy


_NO_NPI = "0000000000"  # in about 85 of 100 lines
_AGAIN = "Download the list again; the one in force stays until a whole one is read."


def layout_of(header: Iterable[str]) -> tuple[str, dict[str, int]]:
    """``LEIE`` or ``SAM``, and the place of each column that is read.

    :raises ListError: a column is missing, or the header is that of another file
    """
    titles = [title.strip().lstrip("\ufeff") for title in header]
    plain = {title.casefold(): place for place, title in enumerate(titles)}
    for name, columns, also in (("LEIE", _LEIE, _LEIE_ALSO), ("SAM", _SAM, _SAM_ALSO)):
        asked = (*columns.values(), *also)
        missing = [title for title in asked if title.casefold() not in plain]
        if not missing:
            return name, {k: plain[t.casefold()] for k, t in columns.items()}
        if len(missing) <= len(asked) // 2:
            what = f"The column {missing[0]} of the {name} layout is missing."
            raise ListError(1, what, f"Its header must name: {', '.join(asked)}.")
    what = "This header is neither that of LEIE UPDATED.csv nor that of SAM exclusions."
    raise ListError(1, what, "Give the file as downloaded, with its header line.")


_NO_TEXT = ((b"PK", "a ZIP or Excel file"), (b"%PDF", "a PDF"), (b"\xd0\xcf", "Excel"))
_CHUNK = 1 << 20


def open_list(path: Path) -> TextIO:
    """Open a list as text: UTF-8, or Windows-1252 if it is not; close it when done.

    :raises ListError: the file is no text
    :raises OSError: it cannot be opened
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    encoding = "utf-8-sig"
    with path.open("rb") as file:
        start = file.read(8)
        for magic, kind in _NO_TEXT:
            if start.startswith(magic):
                what = f"This is not text but {kind}."
                raise ListError(0, what, "Unpack it or save it as CSV.")
        file.seek(0)
        try:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            encoding = "cp1252"
    return path.open(encoding=encoding, errors="replace", newline="")


def entries(lines: Iterable[str], part: int = 0, parts: int = 1) -> Iterator[Entry]:
    """Read a list whose lines come one by one (an open file, ``newline=""``).

    :param part: of how many ``parts`` to read, from 0: several readers share the work;
        each of them sees the header and the shape of every line
    :raises ListError: the first line that cannot be read, with what to do. What was
        yielded before it must then not be used as the list.
    """
    numbered = _rows(lines)
    number, header = next(numbered, (1, []))
    if not any(header):
        raise ListError(0, "The list is empty.", _AGAIN)
    layout, places = layout_of(header)
    read = _leie if layout == "LEIE" else _sam
    pick = itemgetter(*places.values())
    business = [*places].index("business")
    width = len(header)
    for number, cells in numbered:
        if len(cells) != width:
            if not any(cell.strip("\x1a \t") for cell in cells):
                continue  # an empty line, or the end mark of DOS
            _check_width(number, cells, width)
        picked = pick(cells)
        if parts == 1 or _part_of(picked[0] or picked[business], parts) == part:
            yield read(number, picked)


def source_of(lines: Iterable[str]) -> str:
    """``LEIE`` or ``SAM``, by the header; reads no further.

    :raises ListError: neither of them, another year's layout, or an empty file
    """
    _number, header = next(_rows(lines), (1, []))
    if not any(header):
        raise ListError(0, "The list is empty.", _AGAIN)
    return layout_of(header)[0]


def kept(lines: Iterable[str]) -> Iterator[Kept]:
    """Read a list as ``entries`` does, with what is kept of each line.

    :raises ListError: as ``entries``
    """
    numbered = _rows(lines)
    _number, header = next(numbered, (1, []))
    if not any(header):
        raise ListError(0, "The list is empty.", _AGAIN)
    layout, places = layout_of(header)
    read = _leie if layout == "LEIE" else _sam
    pick = itemgetter(*places.values())
    titles = [title.strip().lstrip("\ufeff").casefold() for title in header]
    more = _LEIE_MORE if layout == "LEIE" else _SAM_MORE
    wanted = [title.casefold() for title in more.values()]
    found = [titles.index(title) if title in titles else -1 for title in wanted]
    width = len(header)
    for number, cells in numbered:
        if len(cells) != width:
            if not any(cell.strip("\x1a \t") for cell in cells):
                continue
            _check_width(number, cells, width)
        entry = read(number, pick(cells))
        kind, since, city = (cells[at].strip() if at >= 0 else "" for at in found)
        yield Kept(entry, kind, since, city, line_hash(cells[:width]))


def _part_of(name: str, parts: int) -> int:
    """Which reader takes a name: equal names go to the same one, who remembers them."""
    return (len(name) + ord(name[0]) if name else 0) % parts


def _rows(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """Rows with the number of the line they begin on."""
    reader = csv.reader(lines, strict=True)
    number = 1
    try:
        for cells in reader:
            yield number, cells
            number = reader.line_num + 1
    except csv.Error as error:
        what = (
            "A quotation mark is not closed or stands in the wrong place: the file is "
            f"cut off or damaged ({error})."
        )
        raise ListError(number, what, _AGAIN) from None


def _check_width(number: int, cells: list[str], width: int) -> None:
    if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
        return
    what = f"There are {len(cells)} values where the header has {width} columns."
    raise ListError(number, what, _AGAIN)


def _leie(number: int, cells: tuple[str, ...]) -> Entry:
    """A line by the columns of ``_LEIE``, in their order."""
    last, first, middle, business, npi, birth, state, excluded = cells
    if not (last or first or business).strip():
        what = "There is neither a name (LASTNAME) nor a business (BUSNAME)."
        raise ListError(number, what, _AGAIN)
    born = _day(number, "DOB", birth)
    _day(number, "EXCLDATE", excluded)
    place = state.strip().upper()
    found = _npi(number, npi)
    return Entry(number, last, first, middle, "", business, found, born, place)


def _day(number: int, title: str, cell: str) -> str:
    try:
        return day_of(cell)
    except ValueError:
        what = f"{title} holds {cell[:20]!r}, which is not a date like 19700131."
        raise ListError(number, what, _AGAIN) from None


def _sam(number: int, cells: tuple[str, ...]) -> Entry:
    """A line by the columns of ``_SAM``, in their order."""
    last, first, middle, suffix, business, npi, state = map(str.strip, cells)
    if not (last or first or business):
        what = "There is neither a name (First, Last) nor a firm (Name)."
        raise ListError(number, what, _AGAIN)
    found = _npi(number, npi)
    place = state.upper()
    return Entry(number, last, first, middle, suffix, business, found, "", place)


def _npi(number: int, cell: str) -> str:
    """Ten digits or nothing; letters mean that the columns are shifted."""
    if cell == _NO_NPI:
        return ""
    npi = npi_of(cell.strip())
    if npi and not (npi.isascii() and npi.isdigit()):
        what = f"NPI holds {npi[:20]!r}, which is not a number."
        raise ListError(number, what, _AGAIN)
    return npi if len(npi) == 10 else ""


def line_hash(cells: Iterable[str]) -> str:
    """SHA-256 of a line's values without outer blanks: what identifies it.

    The lists have no key, and identical lines occur: store how many there are.
    """
    text = "\x1f".join(cell.strip() for cell in cells)
    return sha256(text.encode("utf-8")).hexdigest()
