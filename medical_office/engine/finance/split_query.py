"""SQL that cuts a line by its analytic distribution: by department and by site.

Lines share few distributions, so each distinct one is cut once and the lines are joined
to its pieces. What several views of the ledger need stands here alone.
"""

from odoo.tools import SQL

# pieces of one line at most: the ids of a view's rows leave room for so many
MOST_PIECES = 256


def pieces(table: str) -> SQL:
    """The pieces of each distinct distribution that stands in a table.

    Columns: ``distribution``, ``n`` (from 1), ``department_id``, ``site_id``, ``low`` and
    ``high``: the piece is what lies between these two shares (0 to 1) of the line, so that
    rounded pieces add up to the line to the cent. What no key names is a piece of its
    own without department or site; it is negative where the percents exceed 100.

    A distribution has keys like "4" or "4,9" (an account of each plan). Departments and
    sites may stand in keys together or, each plan by itself, in keys of their own: then
    the site's keys divide what the department's keys leave open, in proportion.

    :param table: a table with a column ``analytic_distribution``
    """
    return SQL(
        """
        SELECT seen.distribution, cut.n, cut.department_id, cut.site_id, cut.low, cut.high
          FROM (
                SELECT DISTINCT analytic_distribution AS distribution
                  FROM %(table)s
                 WHERE analytic_distribution IS NOT NULL
               ) seen
         CROSS JOIN LATERAL (
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
                      FROM jsonb_each(seen.distribution) pair
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
                      trim_scale(coalesce(lag(sum) OVER (ORDER BY n), 0) / 100) AS low,
                      CASE WHEN n = pieces THEN 1 ELSE trim_scale(sum / 100) END
                          AS high
                 FROM shown
               ) cut
        """,
        table=SQL.identifier(table),
    )


def part(amount: SQL) -> SQL:
    """The piece's part of an amount, in the cents of ``money`` (a res_currency).

    The difference of two rounded sums: all pieces together are the amount itself.
    """
    return SQL(
        """CASE WHEN %(amount)s = 0 OR (cut.low = 0 AND cut.high = 1) THEN %(amount)s
                WHEN cut.low = 0 THEN round(%(amount)s * cut.high, money.decimal_places)
                ELSE round(%(amount)s * cut.high, money.decimal_places)
                   - round(%(amount)s * cut.low, money.decimal_places) END""",
        amount=amount,
    )
