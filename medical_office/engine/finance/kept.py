"""Rows of a slow view kept in a table, exact at every moment.

A query that matches 30,000 payments with their bills at each reading takes many times as
long as to add them up. So its rows are kept. Triggers note in a list of marks which entry
(order) was touched, by whatever path: the ORM, SQL, a cascade. A reader takes the kept
rows of all others, and works the marked ones out anew. Nothing that is read is ever older
than the books, whenever the marks are worked off; until then they only cost time.
Two tables whose rows depend on the same records share one list of marks.

Marks are only added, never looked for: two transactions that touch one entry do not wait
for each other. Who works marks off takes away those it sees: a mark of a transaction that
ends later stays.
"""

from collections.abc import Callable
from dataclasses import dataclass

from odoo.sql_db import BaseCursor
from odoo.tools import SQL


def define(
    cr: BaseCursor, name: SQL, takes: SQL, returns: SQL, query: SQL, rows: int = 100
) -> None:
    """Make a query a function of the database, which each session plans once, for few
    rows by index.

    :param takes: its arguments; the query reads them by name
    :param rows: how many it is expected to return
    """
    cr.execute(
        SQL(
            """CREATE OR REPLACE FUNCTION %s(%s) RETURNS %s LANGUAGE plpgsql STABLE
               ROWS %s SET plan_cache_mode = force_generic_plan
               SET enable_seqscan = off AS $body$
               #variable_conflict use_column
               BEGIN RETURN QUERY %s; END $body$""",
            name,
            takes,
            returns,
            rows,
            query,
        )
    )


# from so many marks on, the query for them is planned anew each time, and what is kept is
# joined with them; fewer are looked up in memory, which costs a third of that
MANY = 1000


@dataclass(frozen=True, slots=True)
class Watch:
    """A table whose changes touch kept rows.

    :ivar columns: of which a change counts
    :ivar keys: SQL of what is touched. For a table that changes often it reads
        ``changed``, the rows of one statement that differ; else OLD and NEW
    :ivar often: a statement of such a table is looked at once, not each of its rows
    """

    table: str
    columns: tuple[str, ...]
    keys: str
    often: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """:ivar name: of the table; its marks are in ``<name>_mark``
    :ivar key: column that a mark names
    :ivar leader: another of the same key, whose marks count for this one too
    :ivar columns: {column: type} of the kept rows, in the order of the query
    :ivar source: the query; takes a condition on ``line``, or None for everything
    """

    name: str
    key: str
    columns: dict[str, str]
    source: Callable[[SQL | None], SQL]
    watches: tuple[Watch, ...] = ()
    leader: "Kept | None" = None

    @property
    def _table(self) -> SQL:
        return SQL.identifier(self.name)

    @property
    def _marks(self) -> SQL:
        return SQL.identifier(f"{(self.leader or self).name}_mark")

    @property
    def _listed(self) -> SQL:
        return SQL(", ").join(SQL.identifier(column) for column in self.columns)

    @property
    def _anew(self) -> SQL:
        return SQL.identifier(f"{self.name}_anew")

    def _marked(self, among: str = "IN (%s)") -> SQL:
        """The rows of what is marked, worked out."""
        return self.source(
            SQL(
                "%s %s",
                SQL.identifier("line", self.key),
                SQL(among, SQL("SELECT mark.key FROM %s mark", self._marks)),
            )
        )

    def rows(self) -> SQL:
        """The rows as the books have them now.

        Of the first two parts one is read alone, which the number of marks decides. A few
        are looked up in memory for each row; without a limit the database would take them
        one by one as soon as they do not fit there, and not come to an end.
        """
        return SQL(
            """SELECT %(listed)s FROM %(table)s kept
                WHERE %(few)s
                  AND %(key)s NOT IN (SELECT mark.key FROM %(marks)s mark LIMIT %(many)s)
                UNION ALL
               SELECT %(listed)s FROM %(table)s kept
                WHERE NOT %(few)s
                  AND NOT EXISTS (SELECT FROM %(marks)s mark WHERE mark.key = %(key)s)
                UNION ALL
               SELECT %(listed)s FROM %(anew)s()""",
            listed=self._listed,
            table=self._table,
            few=self._few,
            marks=self._marks,
            many=MANY,
            key=SQL.identifier("kept", self.key),
            anew=self._anew,
        )

    @property
    def _few(self) -> SQL:
        """Whether there are few marks."""
        return SQL(
            "((SELECT count(*) FROM (SELECT FROM %s LIMIT %s) mark) < %s)",
            self._marks,
            MANY,
            MANY,
        )

    def renew(self, cr: BaseCursor) -> None:
        """Write anew what is marked."""
        cr.execute(
            SQL(
                "DELETE FROM %s WHERE %s IN (SELECT key FROM %s)",
                self._table,
                SQL.identifier(self.key),
                self._marks,
            )
        )
        self._write(cr, self._marked())

    def unmark(self, cr: BaseCursor) -> None:
        cr.execute(SQL("DELETE FROM %s", self._marks))

    def rebuild(self, cr: BaseCursor) -> None:
        """Write everything anew."""
        cr.execute(SQL("DELETE FROM %s", self._table))
        self._write(cr, self.source(None))

    def _write(self, cr: BaseCursor, rows: SQL) -> None:
        cr.execute(
            SQL(
                "INSERT INTO %s (%s) SELECT %s FROM (%s) anew",
                self._table, self._listed, self._listed, rows,
            )
        )  # fmt: skip

    def wrong(self, cr: BaseCursor) -> list[int]:
        """Keys whose rows are not what the books say. Marks them: then they are right."""
        cr.execute(
            SQL(
                """
                WITH have AS MATERIALIZED (SELECT %(listed)s FROM (%(have)s) kept),
                     want AS MATERIALIZED (SELECT %(listed)s FROM (%(want)s) anew),
                     other AS (
                     (SELECT * FROM have EXCEPT ALL SELECT * FROM want)
                      UNION ALL
                     (SELECT * FROM want EXCEPT ALL SELECT * FROM have)
                )
                INSERT INTO %(marks)s (key)
                SELECT DISTINCT %(key)s FROM other RETURNING key
                """,
                listed=self._listed,
                have=self.rows(),
                want=self.source(None),
                marks=self._marks,
                key=SQL.identifier(self.key),
            )
        )
        return sorted(key for (key,) in cr.fetchall())

    # -------------------------------------------------------------------------- set-up

    def set_up(self, cr: BaseCursor) -> None:
        """Make tables and triggers, as they are written here, and fill the tables."""
        self.drop(cr)
        cr.execute(
            SQL(
                "CREATE TABLE %s (%s)",
                self._table,
                SQL(", ").join(
                    SQL("%s %s", SQL.identifier(column), SQL(kind))
                    for column, kind in self.columns.items()
                ),
            )
        )
        if not self.leader:
            cr.execute(SQL("CREATE TABLE %s (key int NOT NULL)", self._marks))
        cr.execute(
            SQL("CREATE INDEX ON %s (%s)", self._table, SQL.identifier(self.key))
        )
        cr.execute(SQL("CREATE INDEX ON %s (company_id, date)", self._table))
        self._define(cr)
        self.watch(cr)
        self.rebuild(cr)

    def _define(self, cr: BaseCursor) -> None:
        """Functions for what is marked: a session plans them once, and to plan the query
        takes longer than to read what is kept.

        A plan made while the books were empty must do when they are full: so few marks
        are looked up by index, and for many the query is planned each time.
        """
        kind = SQL("SETOF %s", self._table)
        few = SQL.identifier(f"{self.name}_few")
        define(cr, few, SQL(""), kind, self._typed(self._marked("= ANY (ARRAY(%s))")))
        many = cr.mogrify(self._typed(self._marked())).decode()
        cr.execute(
            SQL(
                """CREATE OR REPLACE FUNCTION %s() RETURNS %s LANGUAGE plpgsql STABLE
                   ROWS 100 AS $body$
                   BEGIN
                       IF %s THEN
                           RETURN QUERY SELECT * FROM %s();
                       ELSE
                           RETURN QUERY EXECUTE %s;
                       END IF;
                   END $body$""",
                self._anew,
                kind,
                self._few,
                few,
                many,
            )
        )

    def _typed(self, rows: SQL) -> SQL:
        return SQL(
            "SELECT %s FROM (%s) anew",
            SQL(", ").join(
                SQL("%s::%s", SQL.identifier("anew", column), SQL(kind))
                for column, kind in self.columns.items()
            ),
            rows,
        )

    def watch(self, cr: BaseCursor) -> None:
        """Make the triggers."""
        for watch in self.watches:
            name = self._trigger(watch)
            cr.execute(_often(name, self.name, watch) if watch.often
                       else _seldom(name, self.name, watch))  # fmt: skip
            for event, tables in _EVENTS.items() if watch.often else _ANY.items():
                cr.execute(
                    SQL(
                        "CREATE TRIGGER %s AFTER %s ON %s %s EXECUTE FUNCTION %s()",
                        SQL.identifier(f"{name}_{event[:6].lower()}"),
                        SQL(event),
                        SQL.identifier(watch.table),
                        SQL(tables),
                        SQL.identifier(name),
                    )
                )

    def drop(self, cr: BaseCursor) -> None:
        """Take everything out of the database again."""
        for watch in self.watches:
            function = SQL.identifier(self._trigger(watch))
            cr.execute(SQL("DROP FUNCTION IF EXISTS %s() CASCADE", function))
        few = SQL.identifier(f"{self.name}_few")
        cr.execute(SQL("DROP FUNCTION IF EXISTS %s(), %s()", self._anew, few))
        cr.execute(SQL("DROP TABLE IF EXISTS %s", self._table))
        if not self.leader:
            cr.execute(SQL("DROP TABLE IF EXISTS %s", self._marks))

    def _trigger(self, watch: Watch) -> str:
        # a name of PostgreSQL has 63 letters
        return f"{self.name.removesuffix('_kept')}_{watch.table}"


def work_off(cr: BaseCursor, every: tuple[Kept, ...]) -> None:
    """Write anew what is marked, and take the marks away.

    :param every: with all that share marks
    """
    for each in every:
        each.renew(cr)
    for each in every:
        each.unmark(cr)


_EVENTS = {
    "INSERT": "REFERENCING NEW TABLE AS made FOR EACH STATEMENT",
    "DELETE": "REFERENCING OLD TABLE AS gone FOR EACH STATEMENT",
    "UPDATE": "REFERENCING OLD TABLE AS gone NEW TABLE AS made FOR EACH STATEMENT",
}
_ANY = {"INSERT OR UPDATE OR DELETE": "FOR EACH ROW"}


def _often(name: str, kept: str, watch: Watch) -> str:
    columns = ", ".join(("id", *watch.columns))
    other = (
        f"(SELECT {columns} FROM made EXCEPT SELECT {columns} FROM gone) UNION ALL "
        f"(SELECT {columns} FROM gone EXCEPT SELECT {columns} FROM made)"
    )
    made, gone, both = (
        f"INSERT INTO {kept}_mark (key) WITH changed AS ({rows}) {watch.keys};"
        for rows in ("SELECT * FROM made", "SELECT * FROM gone", other)
    )
    return f"""
        CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            IF TG_OP = 'INSERT' THEN {made}
            ELSIF TG_OP = 'DELETE' THEN {gone}
            ELSE {both}
            END IF;
            RETURN NULL;
        END $body$"""


def _seldom(name: str, kept: str, watch: Watch) -> str:
    new, old = (
        ", ".join(f"{row}.{column}" for column in watch.columns)
        for row in ("NEW", "OLD")
    )
    return f"""
        CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            IF TG_OP = 'UPDATE' AND ROW({new}) IS NOT DISTINCT FROM ROW({old}) THEN
                RETURN NULL;
            END IF;
            INSERT INTO {kept}_mark (key) {watch.keys};
            RETURN NULL;
        END $body$"""
