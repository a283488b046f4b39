"""The text of a logger's file: its encoding and its delimiter; read as a stream."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import BinaryIO

from ...csvcells import CellError
from ...csvread import decode
from .problems import LoggerError

HEAD_BYTES = 65_536
HEAD_ROWS = 250
PIECE = 16_384  # characters, some hundred rows: larger pieces leave the cache
CHUNK = 512  # rows
DELIMITERS = ("\t", ";", ",", "|")


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are no UTF-8 are read as Windows-1252, the degree sign among them."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    raw = error.object[error.start : error.end]
    return raw.decode("cp1252", "replace"), error.end


codecs.register_error("logger_cp1252", _as_cp1252)


class Text:
    """A file as text, from its beginning as often as needed.

    :param file: opened for reading bytes, seekable
    :raises LoggerError: it is empty, or no text (a spreadsheet, a PDF)
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._stream: io.TextIOWrapper | None = None
        file.seek(0)
        start = file.read(HEAD_BYTES)
        if not start.strip(b" \t\r\n\x00\xff\xfe\xef\xbb\xbf"):
            raise LoggerError("empty_file")
        self.encoding = _encoding(start)
        self.head = self._decoded(start)
        self.delimiter = delimiter_of(self.head)

    def _decoded(self, start: bytes) -> str:
        """The first lines; a line that the block cuts is left out."""
        text = start.decode(self.encoding, "logger_cp1252")
        if len(start) < HEAD_BYTES:
            return text
        return text[: text.rfind("\n") + 1] or text

    def rows(self) -> Iterator[list[str]]:
        """All rows from the beginning; see ``chunks``."""
        return chain.from_iterable(self.chunks())

    def chunks(self) -> Iterator[list[list[str]]]:
        """All rows from the beginning, some hundred at a time; ends the reading before.

        Cells are as they are, row n of a spreadsheet is the n-th. Text without a
        quotation mark is split at once, which gives what the csv module gives for it in
        a third of the time; from a mark on that is open at the end of a piece, the csv
        module reads the rest.

        :raises csv.Error: a quotation mark is not closed or stands in the wrong place;
            all rows before it were given
        """
        if self._stream:
            self._stream.detach()
        self._file.seek(0)
        stream = self._stream = io.TextIOWrapper(
            self._file, self.encoding, "logger_cp1252", newline=""
        )
        rest = ""
        while piece := stream.read(PIECE):
            text = (rest + piece).replace("\r\n", "\n")
            end = text.rfind("\n") + 1
            lines, rest = text[:end], text[end:]
            marks = lines.count('"')
            if marks % 2 or "\r" in text[:-1]:
                yield from self._parsed(chain(io.StringIO(text, newline=""), stream))
                return
            if marks:
                yield from self._parsed(io.StringIO(lines, newline=""))
            elif lines:
                delimiter = self.delimiter
                yield [line.split(delimiter) for line in lines[:-1].split("\n")]
        if rest:
            yield from self._parsed(io.StringIO(rest, newline=""))

    def _parsed(self, lines: Iterable[str]) -> Iterator[list[list[str]]]:
        reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
        while True:
            chunk: list[list[str]] = []
            try:
                chunk.extend(islice(reader, CHUNK))  # keeps what came before an error
            except csv.Error:
                yield chunk
                raise
            if not chunk:
                return
            yield chunk

    def whole(self) -> str:
        """All of it, for a file that is no table."""
        self._file.seek(0)
        return self._file.read().decode(self.encoding, "logger_cp1252")

    def head_rows(self) -> list[list[str]]:
        """The first rows, cells without outer blanks."""
        text = io.StringIO(self.head, newline="")
        reader = csv.reader(text, delimiter=self.delimiter, strict=True)
        rows: list[list[str]] = []
        try:
            for row in reader:
                rows.append([cell.strip() for cell in row])
                if len(rows) == HEAD_ROWS:
                    break
        except csv.Error:
            pass  # the row is named when it is read
        return rows


def _encoding(start: bytes) -> str:
    """UTF-16 with or without its mark, else UTF-8 (with bytes of Windows-1252)."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    even, odd = start[0:200:2].count(0), start[1:200:2].count(0)
    if odd > 40 and not even:
        return "utf-16-le"
    if even > 40 and not odd:
        return "utf-16-be"
    try:
        decode(start)
    except CellError as error:
        raise LoggerError(error.code, kind=error.values["kind"]) from None
    return "utf-8-sig"


def delimiter_of(content: str) -> str:
    """The delimiter that occurs in most lines; of two equal ones the rarer in prose."""
    lines = [line for line in content.splitlines() if line.strip()]
    counts = {mark: sum(mark in line for line in lines) for mark in DELIMITERS}
    return max(counts, key=lambda mark: counts[mark])
