"""Who is in, day by day and duty by duty: one statement for all of them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from odoo.tools import SQL

ROWS = """
    WITH day AS (
        SELECT generate_series({first}, {last}, interval '1 day')::date AS day
    ),
    closed AS (
        SELECT l.company_id, day.day
          FROM resource_calendar_leaves l
          JOIN res_company c ON c.id = l.company_id
          JOIN res_partner p ON p.id = c.partner_id
          LEFT JOIN resource_calendar rc ON rc.id = c.resource_calendar_id
          JOIN day ON (day.day + time '12:00')
                      AT TIME ZONE coalesce(rc.tz, p.tz, 'UTC') AT TIME ZONE 'UTC'
                      BETWEEN l.date_from AND l.date_to
         WHERE l.resource_id IS NULL
    ),
    asked AS (
        SELECT duty.id AS duty_id, duty.company_id, duty.department_id, duty.needed,
               day.day
          FROM medical_people_duty duty
          JOIN day ON position(extract(isodow FROM day.day)::text IN duty.on_days) > 0
          LEFT JOIN closed ON closed.company_id = duty.company_id
                          AND closed.day = day.day
         WHERE duty.active AND closed.day IS NULL
    ),
    away AS (
        SELECT employee_id, request_date_from AS first, request_date_to AS last
          FROM hr_leave WHERE state = 'validate'
        UNION ALL
        SELECT * FROM unnest({who}::int[], {since}::date[], {until}::date[])
    ),
    put AS (
        SELECT DISTINCT asked.duty_id, asked.day, a.employee_id, e.user_id, e.company_id
          FROM asked
          JOIN medical_people_assignment a
            ON a.duty_id = asked.duty_id AND a.date_from <= asked.day
               AND (a.date_to IS NULL OR a.date_to >= asked.day)
          JOIN hr_employee e ON e.id = a.employee_id AND e.active
    ),
    able AS (
        SELECT put.*
          FROM put
         WHERE NOT EXISTS (
               SELECT 1
                 FROM medical_people_requirement r
                WHERE r.duty_id = put.duty_id AND r.basis = 'duty' AND r.active
                  AND r.date_from <= put.day
                  AND (r.date_to IS NULL OR r.date_to >= put.day)
                  AND NOT EXISTS (
                      SELECT 1
                        FROM medical_people_requirement_type_rel rel
                        JOIN medical_core_credential_type k ON k.id = rel.type_id
                        JOIN medical_core_credential c
                          ON c.type_id = k.id AND c.user_id = put.user_id
                             AND c.company_id = put.company_id
                       WHERE rel.requirement_id = r.id AND c.state <> 'void'
                         AND c.date_from <= put.day
                         AND (c.date_to IS NULL OR c.date_to >= put.day)
                         AND (NOT coalesce(k.must_verify, FALSE) OR c.state = 'verified')
                  )
               )
    )
    SELECT asked.duty_id::bigint * 100000 + (asked.day - date '2000-01-01') AS id,
           asked.duty_id, asked.company_id, asked.department_id, asked.day, asked.needed,
           count(able.employee_id) AS able_count,
           count(able.employee_id) FILTER (WHERE away.employee_id IS NULL) AS in_count,
           coalesce(array_agg(able.employee_id) FILTER (
               WHERE able.employee_id IS NOT NULL AND away.employee_id IS NULL
           ), '{{}}') AS in_ids,
           CASE WHEN count(able.employee_id) FILTER (WHERE away.employee_id IS NULL)
                     < asked.needed THEN 'uncovered'
                WHEN count(able.employee_id) <= asked.needed THEN 'single'
                ELSE 'covered' END AS status
      FROM asked
      LEFT JOIN able ON able.duty_id = asked.duty_id AND able.day = asked.day
      LEFT JOIN (
          SELECT DISTINCT away.employee_id, day.day
            FROM away JOIN day ON day.day BETWEEN away.first AND away.last
      ) away ON away.employee_id = able.employee_id AND away.day = asked.day
     GROUP BY asked.duty_id, asked.company_id, asked.department_id, asked.day, asked.needed
"""
# a person away beside what is approved: (employee id, first day, last day)
Away = tuple[int, date, date]


def coverage_query(first: date, last: date, away: Sequence[Away] = ()) -> SQL:
    """The statement that gives a row for each duty and open day it is asked on."""
    text = ROWS.format(
        first="%(first)s",
        last="%(last)s",
        who="%(who)s",
        since="%(since)s",
        until="%(until)s",
    )
    return SQL(
        text,
        first=SQL("%s::date", first),
        last=SQL("%s::date", last),
        who=[one[0] for one in away],
        since=[one[1] for one in away],
        until=[one[2] for one in away],
    )


class CoverageReader:
    """Reads coverage of days; one query, however many people and duties."""

    def __init__(self, env: Any, first: date, last: date) -> None:
        self.env = env
        self.first = first
        self.last = last

    def rows(self, away: Sequence[Away] = ()) -> list[dict[str, Any]]:
        """Rows: duty_id, day, needed, able_count, in_count, in_ids, status."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "SELECT * FROM (%s) AS coverage WHERE company_id = ANY(%s) "
                "ORDER BY day, duty_id",
                coverage_query(self.first, self.last, away),
                list(self.env.companies.ids),
            )
        )
        rows: list[dict[str, Any]] = self.env.cr.dictfetchall()
        return rows

    def left_uncovered(self, away: Away) -> list[dict[str, Any]]:
        """Rows that one more person away would leave uncovered, or with fewer still."""
        now = {(row["duty_id"], row["day"]): row["in_count"] for row in self.rows()}
        return [
            row
            for row in self.rows([away])
            if row["status"] == "uncovered"
            and now[row["duty_id"], row["day"]] > row["in_count"]
        ]
