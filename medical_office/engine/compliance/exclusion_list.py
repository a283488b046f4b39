"""Reads an exclusion list into its table: line by line, with COPY, all of it or nothing.

Memory holds the line being read and one buffer, never the list.
"""

import io
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from odoo.tools import SQL

from ...tools.compliance.exclusionfile import (
    Kept,
    ListError,
    kept,
    open_list,
    source_of,
)

TABLE = "medical_compliance_exclusion_line"
COLUMNS = (
    "list_id", "number", "last", "first", "middle", "suffix", "business", "npi",
    "birth", "state", "kind", "since", "city", "digest",
)  # fmt: skip
_CHUNK = 1 << 20
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": " ", "\n": " ", "\r": " ", "\0": " "})


class Looked(NamedTuple):
    """What a file is: ``leie`` or ``sam``, how many lines, and its SHA-256."""

    source: str
    rows: int
    digest: str


def look(path: Path) -> Looked:
    """Read a file to its end without keeping anything: the dry run.

    :raises ListError: the first line that cannot be read, with the remedy
    """
    with open_list(path) as lines:
        source = source_of(lines).lower()
    with open_list(path) as lines:
        rows = sum(1 for _line in kept(lines))
    return Looked(source, rows, file_digest(path))


def file_digest(path: Path) -> str:
    """SHA-256 of the file's bytes, read by chunks."""
    digest = sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def copy_list(env: Any, path: Path, list_id: int) -> int:
    """Write all lines of a file for one list.

    The caller holds a savepoint: after an error nothing of the file may stay.

    :return: how many lines were written
    :raises ListError: the first line that cannot be read, with the remedy
    """
    with open_list(path) as lines:
        stream = _Stream(kept(lines), list_id)
        names = SQL(", ").join(map(SQL.identifier, COLUMNS))
        query = SQL("COPY %s (%s) FROM STDIN", SQL.identifier(TABLE), names)
        try:
            # psycopg2's own COPY: the ORM has no door to it
            env.cr._obj.copy_expert(query.code, stream, _CHUNK)
        except Exception:
            if stream.error:
                raise stream.error from None
            raise
    return stream.rows


def drop_known(env: Any, list_id: int, other_ids: list[int]) -> int:
    """Take out of a supplement what a list in force says already.

    :return: how many lines were taken out
    """
    if not other_ids:
        return 0
    env.cr.execute(
        SQL(
            """DELETE FROM %(table)s line USING %(table)s known
                WHERE line.list_id = %(own)s AND known.list_id IN %(others)s
                  AND known.digest = line.digest""",
            table=SQL.identifier(TABLE),
            own=list_id,
            others=tuple(other_ids),
        )
    )
    return int(env.cr.rowcount)


class _Stream(io.TextIOBase):
    """The rows of COPY, made while they are read; an error in a line is kept here."""

    def __init__(self, lines: Iterator[Kept], list_id: int) -> None:
        self.rows = 0
        self.error: ListError | None = None
        self._lines = lines
        self._list = str(list_id)
        self._rest = ""

    def read(self, size: int | None = -1) -> str:
        """Up to ``size`` letters of the rows, or "" at their end."""
        wanted = size if size and size > 0 else _CHUNK
        parts, length = [self._rest], len(self._rest)
        try:
            while length < wanted and (line := next(self._lines, None)):
                row = self._row(line)
                parts.append(row)
                length += len(row)
                self.rows += 1
        except ListError as error:
            self.error = error
            raise
        text = "".join(parts)
        self._rest = text[wanted:]
        return text[:wanted]

    def _row(self, line: Kept) -> str:
        entry = line.entry
        cells = (
            self._list, str(entry.line), entry.last, entry.first, entry.middle,
            entry.suffix, entry.business, entry.npi, entry.birth, entry.state,
            line.kind, line.since, line.city, line.digest,
        )  # fmt: skip
        return "\t".join([cell.translate(_ESCAPED) for cell in cells]) + "\n"
