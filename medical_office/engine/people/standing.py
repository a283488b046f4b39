"""Which documents a person's file has of those asked for: one statement for everybody."""

from datetime import date
from typing import Any

from odoo.tools import SQL

STATUS = """
    WITH asked AS (
        SELECT e.id AS employee_id, e.company_id, v.department_id, t.id AS type_id,
               t.file_class, t.lead_days,
               coalesce(v.contract_date_start, v.date_version) + t.due_days AS date_due
          FROM (
              SELECT t.id AS type_id, e.id AS employee_id
                FROM medical_people_document_type t
                JOIN hr_employee e ON TRUE
               WHERE t.basis = 'everyone'
              UNION
              SELECT j.type_id, e.id
                FROM medical_people_document_type_job_rel j
                JOIN medical_people_document_type t
                  ON t.id = j.type_id AND t.basis = 'job'
                JOIN hr_version v ON v.job_id = j.job_id
                JOIN hr_employee e ON e.current_version_id = v.id
          ) applies
          JOIN medical_people_document_type t ON t.id = applies.type_id
          JOIN hr_employee e ON e.id = applies.employee_id
          JOIN hr_version v ON v.id = e.current_version_id
          JOIN res_company c ON c.id = e.company_id
          JOIN res_partner home ON home.id = c.partner_id
          LEFT JOIN res_partner work ON work.id = v.address_id
         WHERE e.active AND t.active
           AND (t.state_id IS NULL OR t.state_id = coalesce(work.state_id, home.state_id))
    ),
    best AS (
        SELECT employee_id, type_id,
               bool_or(state = 'accepted' AND (date_to IS NULL OR date_to >= {day}))
                   AS is_there,
               bool_or(state = 'received') AS is_received,
               bool_or(state = 'requested') AS is_requested,
               bool_or(state = 'accepted') AS was_there,
               max(coalesce(date_to, 'infinity'::date)) FILTER (WHERE state = 'accepted')
                   AS last_day,
               (array_agg(id ORDER BY state = 'accepted' DESC, state = 'received' DESC,
                                      coalesce(date_to, 'infinity'::date) DESC, id DESC))[1]
                   AS document_id
          FROM medical_people_document
         WHERE state IN ('requested', 'received', 'accepted')
         GROUP BY employee_id, type_id
    )
    SELECT asked.employee_id::bigint * 10000 + asked.type_id AS id,
           asked.employee_id, asked.type_id, asked.company_id, asked.department_id,
           asked.file_class, asked.date_due, best.document_id,
           CASE WHEN best.last_day < 'infinity'::date THEN best.last_day END AS date_to,
           CASE WHEN best.is_there AND best.last_day - asked.lead_days <= {day}
                THEN 'ending'
                WHEN best.is_there THEN 'there'
                WHEN best.is_received THEN 'received'
                WHEN best.is_requested THEN 'requested'
                WHEN best.was_there THEN 'expired'
                ELSE 'missing' END AS status
      FROM asked
      LEFT JOIN best ON best.employee_id = asked.employee_id
                    AND best.type_id = asked.type_id
"""
DONE = ("there", "ending")


def standing_query(day: date) -> SQL:
    """The statement that gives a row for each person and document on a day."""
    return SQL(STATUS.format(day="%(day)s"), day=SQL("%s::date", day))


class StandingReader:
    """Reads the standing of files on a day; one query, however many people."""

    def __init__(self, env: Any, day: date) -> None:
        self.env = env
        self.day = day

    def rows(self, employee_ids: list[int]) -> list[dict[str, Any]]:
        """Rows of people: employee_id, type_id, status, date_due, document_id."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "SELECT * FROM (%s) AS standing WHERE employee_id = ANY(%s)",
                standing_query(self.day),
                list(employee_ids),
            )
        )
        rows: list[dict[str, Any]] = self.env.cr.dictfetchall()
        return rows
