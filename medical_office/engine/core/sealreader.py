"""Digests of the parts of sealed records, read by SQL alone: what the ORM keeps in memory
could hide a change."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias

from odoo.tools import SQL

Env: TypeAlias = Any  # odoo.api.Environment
Records: TypeAlias = Any  # any number of records of one model
Digests = dict[int, dict[str, str]]  # record: {part: digest}
LETTERS = 32  # of a part's digest: half of a SHA-256


class Cover(NamedTuple):
    """Fields of some lines that a seal covers.

    :param path: one2many fields that lead from the record to the lines; "" for itself
    :param fields: stored fields; "account_id.number" reads that of the record behind a
        many2one; attachment fields are covered with the file itself
    """

    path: str
    fields: tuple[str, ...]


Scheme = tuple[Cover, ...]


class SealReader:
    """Reads what seals cover: one query a cover, and one for the files of each.

    Lines below lines count as one part with the line of the record they hang on, so that
    a pay run with a million cells has a seal of thousands of parts.
    """

    def __init__(self, env: Env) -> None:
        self._env = env

    def digests(self, records: Records, scheme: Scheme) -> Digests:
        """Digests of all parts of the records, by record.

        :raises ValueError: a cover names a field that the database does not keep
        """
        found: Digests = {record: {} for record in records.ids}
        if not records:
            return found
        for cover in scheme:
            for record, part, digest in self._cover(records, cover):
                found[record][part] = digest
        return found

    def analyze(self, model: Records, scheme: Scheme) -> None:
        """Let the database count what lies in the tables that a scheme reads.

        After a load of thousands of records in one transaction it takes the tables for
        empty, and reads them again for each record.
        """
        tables = {"ir_attachment"}
        for cover in scheme:
            tables.update(_Source(model, cover.path).names)
        self._env.cr.execute(
            SQL("ANALYZE %s", SQL(", ").join(map(SQL.identifier, sorted(tables))))
        )

    def _cover(self, records: Records, cover: Cover) -> Iterator[tuple[int, str, str]]:
        source = _Source(records, cover.path)
        files = [
            name for name in cover.fields if _is_file(source.leaf._fields[_first(name)])
        ]
        columns = [name for name in cover.fields if name not in files]
        cells = SQL(", ").join(source.column(name) for name in columns)
        self._env.cr.execute(
            SQL(
                """
                SELECT %(root)s, %(branch)s,
                       left(encode(sha256(convert_to(string_agg(
                           jsonb_build_array(%(leaf)s.id, %(cells)s)::text, chr(10)
                           ORDER BY %(leaf)s.id), 'UTF8')), 'hex'), %(letters)s)
                  FROM %(tables)s
                 WHERE %(root)s = ANY(%(ids)s)
                 GROUP BY 1, 2
                """,
                root=source.root_id,
                branch=source.branch_id,
                leaf=source.alias,
                cells=cells,
                letters=LETTERS,
                tables=source.tables,
                ids=list(records.ids),
            )
        )
        for record, branch, digest in self._env.cr.fetchall():
            yield record, source.part(branch), digest
        for name in files:
            yield from self._files(records, source, name)

    def _files(
        self, records: Records, source: "_Source", name: str
    ) -> Iterator[tuple[int, str, str]]:
        """The files themselves: their stored checksum could be changed with them."""
        self._env.cr.execute(
            SQL(
                """
                SELECT %(root)s, %(branch)s, file.id
                  FROM %(tables)s
                  JOIN ir_attachment file
                    ON file.res_model = %(model)s AND file.res_field = %(field)s
                   AND file.res_id = %(leaf)s.id
                 WHERE %(root)s = ANY(%(ids)s)
                 ORDER BY file.id
                """,
                root=source.root_id,
                branch=source.branch_id,
                tables=source.tables,
                model=source.leaf._name,
                field=name,
                leaf=source.alias,
                ids=list(records.ids),
            )
        )
        rows = self._env.cr.fetchall()
        # sudo: read whole, whoever asks; only digests leave here
        attachments = self._env["ir.attachment"].sudo()
        contents: dict[tuple[int, int], Any] = defaultdict(hashlib.sha256)
        for record, branch, file in rows:
            content = attachments.browse(file).raw or b""
            contents[record, branch].update(hashlib.sha256(content).digest())
        for (record, branch), digest in contents.items():
            yield record, f"{source.part(branch)}#{name}", digest.hexdigest()[:LETTERS]


class _Source:
    """The tables that a path leads through, joined."""

    def __init__(self, records: Records, path: str) -> None:
        self._joins: dict[str, SQL] = {}
        self.leaf = records.browse()
        self.names = [records._table]
        self.path = path
        self.alias = SQL.identifier("t0")
        self._base = SQL("%s AS t0", SQL.identifier(records._table))
        self.root_id = self.branch_id = SQL("t0.id")
        for depth, name in enumerate(filter(None, path.split(".")), 1):
            field = self.leaf._fields[name]
            self.leaf = records.env[field.comodel_name].browse()
            self.names.append(self.leaf._table)
            alias = SQL.identifier(f"t{depth}")
            self._base = SQL(
                "%s JOIN %s AS %s ON %s.%s = %s.id",
                self._base,
                SQL.identifier(self.leaf._table),
                alias,
                alias,
                SQL.identifier(field.inverse_name),
                self.alias,
            )
            self.alias = alias
            if depth == 1:
                self.branch_id = SQL("t1.id")

    def column(self, name: str) -> SQL:
        """One field of the lines, as the database keeps it."""
        head, _dot, rest = name.partition(".")
        field = self.leaf._fields[head]
        if not (field.store and field.column_type):
            raise ValueError(f"{self.leaf._name}.{head} is not kept in a column.")
        if not rest:
            return SQL("%s.%s", self.alias, SQL.identifier(head))
        other = self.leaf.env[field.comodel_name]
        alias = SQL.identifier(f"j_{head}")
        self._joins[head] = SQL(
            "LEFT JOIN %s AS %s ON %s.id = %s.%s",
            SQL.identifier(other._table),
            alias,
            alias,
            self.alias,
            SQL.identifier(head),
        )
        return SQL("%s.%s", alias, SQL.identifier(rest))

    @property
    def tables(self) -> SQL:
        return SQL(" ").join([self._base, *self._joins.values()])

    def part(self, branch: int) -> str:
        """What a part is called: "" for the record, "line_ids/12" for a line of it."""
        return f"{self.path}/{branch}" if self.path else ""


def _first(name: str) -> str:
    return name.partition(".")[0]


def _is_file(field: Any) -> bool:
    return field.type == "binary" and bool(field.attachment)


def covers(own: str, **lines: str) -> Scheme:
    """A scheme in short.

    :param own: fields of the record itself, apart by blanks
    :param lines: fields of its lines; the name is their path, with two underscores for a
        dot: ``line_ids__evidence_ids="kind name"``
    """
    return (
        Cover("", tuple(own.split())),
        *(
            Cover(path.replace("__", "."), tuple(names.split()))
            for path, names in lines.items()
        ),
    )
