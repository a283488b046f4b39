"""Law packages as files: a zip of tables with a manifest, read with suspicion.

``manifest.json`` names title, year and version and the SHA-256 of every other file;
``tables/*.csv`` are tables of the product, ``vectors/*.csv`` examples that prove them.
"""

import csv
import hashlib
import io
import json
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .lawlay import BadPackage, Line, Problem, lay
from .lawspec import SPECS, Dated
from .lawtable import LawBook

FORMAT = 1
MANIFEST = "manifest.json"
MOST_FILES = 200
MOST_BYTES = 20_000_000  # of all files unpacked; the shipped tables are 0.4 million
MOST_PACKED = 10_000_000
PIECE = 65_536
TABLE_FILE = re.compile(r"tables/([a-z0-9_]+)\.csv")
VECTOR_FILE = re.compile(r"vectors/[A-Za-z0-9_.-]+\.csv")
# all that Python's own reader of archives says of one that is damaged
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    IndexError,
)
WHEN = (1980, 1, 1, 0, 0, 0)  # the same tables are the same archive, to the byte


@dataclass(frozen=True, slots=True)
class Package:
    """A law package as read: who made it is not known, only what is in it."""

    title: str
    year: int
    version: str
    digest: str  # SHA-256 of the manifest, which has those of all files
    tables: Mapping[str, tuple[Line, ...]]
    vectors: Mapping[str, str] = field(default_factory=dict)

    @property
    def edition(self) -> str:
        """What a payslip says: "2027.1 (0a1b2c3d4e5f)"."""
        return f"{self.year}.{self.version} ({self.digest[:12]})"

    @property
    def years(self) -> frozenset[int]:
        """The years that its rows are of, once laid over a book, and its own."""
        return frozenset(
            {
                self.year,
                *(
                    int(line.cells["year"])
                    for name, lines in self.tables.items()
                    if SPECS[name].dated is Dated.YEAR
                    for line in lines
                ),
            }
        )

    def over(self, base: LawBook) -> LawBook:
        """This package laid over a book.

        :raises BadPackage: its rows do not fit each other or those of the book
        """
        edition = f"{base.edition} + {self.edition}"
        return lay(base, self.tables, edition)


def _refuse(file: str, text: str, row: int | None = None) -> BadPackage:
    return BadPackage([Problem(file, row, text)])


def read(content: bytes) -> Package:
    """Read an archive.

    :raises BadPackage: it is no zip, too large, a file differs from its digest, is not
        listed or missing, or is no table of ours; file, row and remedy are named
    """
    files = _unpack(content)
    manifest = _manifest(files)
    listed: Mapping[str, str] = manifest["files"]
    problems = [
        Problem(name, None, "is not listed in the manifest: build the package again.")
        for name in sorted(set(files) - set(listed) - {MANIFEST})
    ]
    for name, digest in listed.items():
        if name not in files:
            text = "is listed in the manifest and missing: build the package again."
            problems.append(Problem(name, None, text))
        elif hashlib.sha256(files[name]).hexdigest() != digest:
            text = (
                "its SHA-256 is not that of the manifest: the file was changed after "
                "the package was built. Get the package again from who made it."
            )
            problems.append(Problem(name, None, text))
    if problems:
        raise BadPackage(problems)
    tables, vectors = {}, {}
    for name in listed:
        named = TABLE_FILE.fullmatch(name)
        if named:
            tables[named[1]] = _table(name, named[1], files[name])
        elif VECTOR_FILE.fullmatch(name):
            vectors[name] = _text(name, files[name])
        else:
            text = "is neither tables/NAME.csv nor vectors/NAME.csv: take it out."
            raise _refuse(name, text)
    if not tables:
        raise _refuse(MANIFEST, "the package has no table: add tables/NAME.csv.")
    return Package(
        manifest["title"],
        manifest["year"],
        manifest["version"],
        hashlib.sha256(files[MANIFEST]).hexdigest(),
        tables,
        vectors,
    )


def _unpack(content: bytes) -> dict[str, bytes]:
    """{name: content}; what a header says about sizes is not believed."""
    if len(content) > MOST_PACKED:
        text = f"is larger than {MOST_PACKED:,} bytes: a law package is tables only."
        raise _refuse("the package", text)
    files: dict[str, bytes] = {}
    left = MOST_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MOST_FILES:
                text = f"has {len(entries)} files, more than {MOST_FILES}."
                raise _refuse("the package", text)
            for entry in entries:
                if entry.flag_bits & 1:
                    raise _refuse(entry.filename, "is encrypted: pack it without.")
                if entry.filename in files:
                    raise _refuse(entry.filename, "is in the package twice: keep one.")
                parts = io.BytesIO()
                with archive.open(entry) as file:
                    while piece := file.read(PIECE):
                        left -= len(piece)
                        if left < 0:
                            text = f"the files are larger than {MOST_BYTES:,} bytes."
                            raise _refuse(entry.filename, text)
                        parts.write(piece)
                files[entry.filename] = parts.getvalue()
    except BadPackage:
        raise
    except UNREADABLE as error:
        text = f"is no zip archive that can be read ({error}). Get it again."
        raise _refuse("the package", text) from error
    return files


def _manifest(files: Mapping[str, bytes]) -> dict[str, Any]:
    if MANIFEST not in files:
        text = "is missing: build the package with bin/law-package."
        raise _refuse(MANIFEST, text)
    try:
        found = json.loads(files[MANIFEST].decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise _refuse(MANIFEST, f"is no JSON: {error}.") from error
    if not isinstance(found, dict):
        raise _refuse(MANIFEST, "is no list of title, year, version and files.")
    if found.get("format") != FORMAT:
        text = f"format {found.get('format')!r} is not {FORMAT}: build it again."
        raise _refuse(MANIFEST, text)
    return _checked(found)


def _checked(found: dict[str, Any]) -> dict[str, Any]:
    for name in ("title", "version"):
        value = found.get(name)
        text = value if isinstance(value, str) else ""
        if not text.strip() or len(text) > 200 or not text.isprintable():
            raise _refuse(MANIFEST, f"{name} is missing: write a short text.")
    if not re.fullmatch(r"[0-9A-Za-z.-]{1,20}", found["version"]):
        raise _refuse(MANIFEST, "version: write letters, digits and points, as 1.")
    year = found.get("year")
    if not isinstance(year, int) or not 2000 <= year <= 2100:
        raise _refuse(MANIFEST, "year is missing: write the tax year as a number.")
    listed = found.get("files")
    if not isinstance(listed, dict) or not all(
        isinstance(name, str) and isinstance(value, str)
        for name, value in listed.items()
    ):
        raise _refuse(MANIFEST, "files is missing: {name: SHA-256} of every file.")
    return found


def _text(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refuse(name, "is no UTF-8 text: save it as CSV UTF-8.") from error


def _table(file: str, table: str, content: bytes) -> tuple[Line, ...]:
    spec = SPECS.get(table)
    if spec is None:
        known = ", ".join(sorted(SPECS))
        raise _refuse(file, f"is no table of the law. There are: {known}.")
    reader = csv.reader(io.StringIO(_text(file, content), newline=""), strict=True)
    wanted = list(spec.columns)
    lines: list[Line] = []
    problems: list[Problem] = []
    try:
        header = next(reader, [])
        if header != wanted:
            text = f"its columns are not {','.join(wanted)}."
            raise _refuse(file, text, 1)
        for number, cells in enumerate(reader, start=2):
            if not cells:
                continue
            if len(cells) != len(wanted):
                text = f"{len(cells)} cells where {len(wanted)} belong."
                problems.append(Problem(file, number, text))
                continue
            lines.append(Line(number, dict(zip(wanted, cells, strict=True))))
    except csv.Error as error:
        text = f"cannot be read as CSV: {error}."
        raise _refuse(file, text, reader.line_num) from error
    if not lines and not problems:
        problems.append(Problem(file, None, "has no rows: take the file out."))
    if problems:
        raise BadPackage(problems)
    return tuple(lines)


def pack(title: str, year: int, version: str, files: Mapping[str, bytes]) -> bytes:
    """The archive of some files, {tables/NAME.csv or vectors/NAME.csv: content}.

    The same files give the same archive. It is read back before it is returned.

    :raises BadPackage: as ``read``
    """
    manifest = {
        "format": FORMAT,
        "title": title,
        "year": year,
        "version": version,
        "files": {
            name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)
        },
    }
    text = json.dumps(manifest, indent=1, ensure_ascii=False).encode()
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in ((MANIFEST, text), *sorted(files.items())):
            archive.writestr(zipfile.ZipInfo(name, WHEN), content, zipfile.ZIP_DEFLATED)
    read(found.getvalue())
    return found.getvalue()
