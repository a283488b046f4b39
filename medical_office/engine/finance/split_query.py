"""SQL that cuts a line by its analytic distribution: by department and by site.

Lines share few distributions, so each distinct one is cut once and the lines are joined
to its pieces. What several views of the ledger need stands here alone.

Of a whole table the distinct ones are found in an index over a hash of 64 bits (PostgreSQL
has no skip scan: the query steps from one key to the next), and the lines are joined by
that hash: to read and to compare each line's own document would cost more than to add the
lines up.
"""

from odoo.tools import SQL

# pieces of one line at most: the ids of a view's rows leave room for so many
MOST_PIECES = 256


def key(distribution: SQL) -> SQL:
    """A distribution's hash; ``ledger/distribution.py`` keeps the index over it."""
    return SQL("jsonb_hash_extended(%s, 0)", distribution)


def _listed(table: str) -> SQL:
    """Each distinct distribution of the few rows of a query."""
    return SQL(
        """SELECT DISTINCT NULL::bigint AS key, analytic_distribution AS distribution
             FROM %s WHERE analytic_distribution IS NOT NULL""",
        SQL.identifier(table),
    )


def _stepped(table: str) -> SQL:
    """Each distinct distribution of a whole table, from its index."""
    return SQL(
        """
        WITH RECURSIVE step AS (
             (SELECT %(key)s AS key FROM %(table)s line
               WHERE line.analytic_distribution IS NOT NULL ORDER BY 1 LIMIT 1)
              UNION ALL
             SELECT (SELECT %(key)s FROM %(table)s line
                      WHERE line.analytic_distribution IS NOT NULL AND %(key)s > step.key
                      ORDER BY 1 LIMIT 1)
               FROM step WHERE step.key IS NOT NULL
        )
        SELECT step.key, first.distribution
          FROM step
         CROSS JOIN LATERAL (
               SELECT line.analytic_distribution AS distribution FROM %(table)s line
                WHERE line.analytic_distribution IS NOT NULL AND %(key)s = step.key
                LIMIT 1
               ) first
        """,
        key=key(SQL("line.analytic_distribution")),
        table=SQL.identifier(table),
    )


def cuts(table: str) -> SQL:
    """The pieces of a whole table's distributions, for each currency of the companies.

    Columns as in ``pieces``, with ``currency_id`` and ``decimal_places``. To be joined by
    ``key`` and the line's currency from the left: a line without pieces stays whole.
    """
    return SQL(
        """SELECT piece.*, money.id AS currency_id, money.decimal_places
             FROM (%s) piece
            CROSS JOIN (
                  SELECT id, decimal_places FROM res_currency
                   WHERE id IN (SELECT currency_id FROM res_company)
                  ) money""",
        pieces(table, _stepped(table)),
    )


def pieces(table: str, seen: SQL | None = None) -> SQL:
    """The pieces of each distinct distribution that stands in a table.

    Columns: ``distribution``, ``n`` (from 1), ``department_id``, ``site_id``, ``low`` and
    ``high``: the piece is what lies between these two shares (0 to 1) of the line, so that
    rounded pieces add up to the line to the cent; the line's own ends are NULL. What no
    key names is a piece of its own without department or site; it is negative where the
    percents exceed 100.

    A distribution has keys like "4" or "4,9" (an account of each plan). Departments and
    sites may stand in keys together or, each plan by itself, in keys of their own: then
    the site's keys divide what the department's keys leave open, in proportion.

    :param table: a table with a column ``analytic_distribution``
    :param seen: its distinct distributions, if they are not looked for in its rows
    """
    return SQL(
        """
        SELECT seen.key, seen.distribution, cut.*
          FROM (%s) seen
         CROSS JOIN LATERAL medical_finance_pieces(seen.distribution) cut
        """,
        seen or _listed(table),
    )


def pieces_of(distribution: SQL) -> SQL:
    """The pieces of one line, to be joined from the left: ``LEFT JOIN LATERAL ... ON
    true``. For few lines; equal distributions that follow each other are cut once."""
    return SQL("medical_finance_pieces(%s)", distribution)


def part(amount: SQL, places: SQL | None = None) -> SQL:
    """The piece's part of an amount: the difference of two rounded sums, so that all
    pieces together are the amount itself.

    :param places: the currency's; else those of ``money`` (a res_currency)
    """
    return SQL(
        """CASE WHEN cut.low IS NULL AND cut.high IS NULL OR %(amount)s = 0
                THEN %(amount)s
                WHEN cut.low IS NULL THEN round(%(amount)s * cut.high, %(places)s)
                WHEN cut.high IS NULL
                THEN %(amount)s - round(%(amount)s * cut.low, %(places)s)
                ELSE round(%(amount)s * cut.high, %(places)s)
                   - round(%(amount)s * cut.low, %(places)s) END""",
        amount=amount,
        places=places or SQL("money.decimal_places"),
    )


# A function of the database, since a session plans it once: planning takes longer than to
# cut the lines of an order.
PIECES = """
CREATE OR REPLACE FUNCTION medical_finance_pieces(given jsonb)
RETURNS TABLE (n bigint, department_id int, site_id int, low numeric, high numeric)
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE ROWS 2 AS $pieces$
#variable_conflict use_column
BEGIN
RETURN QUERY
WITH named AS (
     SELECT pair.key, (pair.value #>> '{}')::numeric AS percent,
            (SELECT min(department.id) FROM hr_department department
              WHERE department.medical_analytic_account_id::text
                    = ANY (string_to_array(pair.key, ','))
            ) AS department_id,
            (SELECT min(site.id) FROM stock_warehouse site
              WHERE site.medical_analytic_account_id::text
                    = ANY (string_to_array(pair.key, ','))
            ) AS site_id
       FROM jsonb_each(given) pair
      WHERE jsonb_typeof(pair.value) = 'number'
),
rooted AS (
     SELECT key, department_id, site_id, percent
       FROM named WHERE department_id IS NOT NULL
      UNION ALL
     SELECT '~', NULL, NULL, 100 - coalesce(sum(percent), 0)
       FROM named WHERE department_id IS NOT NULL
),
open AS (
     SELECT coalesce(sum(percent), 0) AS percent
       FROM rooted WHERE site_id IS NULL
),
placed AS (
     SELECT named.key, named.site_id,
            named.percent / open.percent AS share
       FROM named, open
      WHERE named.department_id IS NULL AND named.site_id IS NOT NULL
        AND open.percent <> 0
),
spread AS (
     SELECT key, site_id, share FROM placed
      UNION ALL
     SELECT '~', NULL, 1 - coalesce(sum(share), 0) FROM placed
),
piece AS (
     SELECT rooted.key AS first, coalesce(spread.key, '') AS second,
            rooted.department_id,
            coalesce(rooted.site_id, spread.site_id) AS site_id,
            rooted.percent * coalesce(spread.share, 1) AS percent
       FROM rooted LEFT JOIN spread ON rooted.site_id IS NULL
),
shown AS (
     SELECT *, row_number() OVER line AS n, count(*) OVER () AS pieces,
            sum(percent) OVER line AS sum
       FROM piece WHERE abs(percent) > 0.000000001
     WINDOW line AS (ORDER BY first, second)
)
SELECT n, department_id, site_id,
       nullif(trim_scale(lag(sum) OVER (ORDER BY n) / 100), 0) AS low,
       CASE WHEN n < pieces THEN trim_scale(sum / 100) END AS high
  FROM shown;
END $pieces$
"""
