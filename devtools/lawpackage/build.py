"""From a folder of tables to a law package that has proven itself."""

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tools.payroll.law import lawarchive, lawcheck, lawtable
from tools.payroll.law.lawlay import BadPackage, Problem
from tools.payroll.law.lawspec import SPECS
from tools.payroll.tax import lawproof

from devtools.vectors.run import Tally, UnknownFile, check_lines

DESCRIPTION = "package.json"  # title, year, version


@dataclass(slots=True)
class Built:
    """A package and what is to be said about it."""

    content: bytes
    package: lawarchive.Package
    vectors: Tally
    lines: list[str] = field(default_factory=list)


def build(folder: Path, say: Callable[[str], None]) -> Built:
    """Build the package of a folder and check it.

    Tables lie in ``tables/`` or beside, vectors in ``vectors/`` or beside; title, year
    and version in ``package.json``, else the folder's name, the latest year of the
    tables and 1.

    :param say: takes a text for each vector that is not as expected
    :raises BadPackage: a table or the package as a whole cannot be used
    :raises OSError: a file cannot be read
    """
    files = _files(folder)
    told = _description(folder, files)
    content = lawarchive.pack(told["title"], told["year"], told["version"], files)
    package = lawarchive.read(content)
    base = lawtable.of_the_law()
    book = package.over(base)
    problems = lawproof.problems(book, *package.years)
    if problems:
        raise BadPackage(problems)
    lines = [
        f"{'new' if one.is_new else 'changed'}: {one.what} (row {one.row})"
        for one in lawcheck.changes(base, package.tables)
    ]
    missing = lawcheck.missing(book, package.year)
    lines.append(
        f"{len(missing)} rows of {package.year - 1} have none in {package.year}"
    )
    lines += [f"missing: {gap}" for gap in missing]
    tally = Tally()
    with lawtable.use(book):
        for name, text in package.vectors.items():
            tally_of = _check(name, text, say)
            tally.passed += tally_of.passed
            tally.failed += tally_of.failed
    return Built(content, package, tally, lines)


def _check(name: str, text: str, say: Callable[[str], None]) -> Tally:
    def of_file(finding: str) -> None:
        say(f"{name} {finding}")

    try:
        return check_lines(io.StringIO(text, newline=""), of_file)
    except UnknownFile as error:
        raise BadPackage([Problem(name, 1, f"{error}.")]) from error


def _files(folder: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*.csv")):
        kind = path.parent.relative_to(folder).as_posix()
        if kind not in (".", "tables", "vectors"):
            text = "lies too deep: put tables into tables/, vectors into vectors/."
            raise BadPackage([Problem(str(path.relative_to(folder)), None, text)])
        table = kind == "tables" or (kind == "." and path.stem in SPECS)
        name = f"{'tables' if table else 'vectors'}/{path.name}"
        if name in found:
            text = "is there twice, in the folder and below it: keep one."
            raise BadPackage([Problem(name, None, text)])
        found[name] = path.read_bytes()
    if not found:
        text = "has no CSV files: put tables into tables/, vectors into vectors/."
        raise BadPackage([Problem(str(folder), None, text)])
    return found


def _description(folder: Path, files: Mapping[str, bytes]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "title": folder.resolve().name,
        "year": _latest(files),
        "version": "1",
    }
    path = folder / DESCRIPTION
    if path.is_file():
        try:
            more = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            text = f"is no JSON: {error}."
            raise BadPackage([Problem(DESCRIPTION, None, text)]) from error
        unknown = set(more) - set(told) if isinstance(more, dict) else {"its content"}
        if unknown:
            text = f"knows title, year and version, not {', '.join(sorted(unknown))}."
            raise BadPackage([Problem(DESCRIPTION, None, text)])
        told |= more
    return told


def _latest(files: Mapping[str, bytes]) -> int:
    """The latest year that a table names."""
    years = [0]
    for name, content in files.items():
        if name.startswith("tables/"):
            lines = content.decode("utf-8-sig", "replace").splitlines()
            header = lines[0].split(",") if lines else []
            for column in {"year", "valid_from"} & set(header):
                place = header.index(column)
                for line in lines[1:]:
                    cells = line.split(",")
                    head = cells[place][:4] if place < len(cells) else ""
                    years.append(int(head) if head.isdigit() else 0)
    return max(years)
