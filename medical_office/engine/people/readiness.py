"""Who has what of what is asked of them: one statement for everybody.

The same statement feeds the list, the matrix, the checks and pay's preflight.
"""

from datetime import date
from typing import Any

from odoo.tools import SQL

# what is asked of whom: each basis by itself, so that the planner joins and does not loop
ASKED = """
    SELECT e.id AS employee_id, e.user_id, e.company_id, r.id AS requirement_id,
           v.department_id, v.job_id
      FROM (
          SELECT r.id AS requirement_id, e.id AS employee_id
            FROM medical_people_requirement r
            JOIN hr_employee e ON r.company_id IS NULL OR r.company_id = e.company_id
           WHERE r.basis = 'everyone'
          UNION
          SELECT j.requirement_id, e.id
            FROM medical_people_requirement_job_rel j
            JOIN medical_people_requirement r
              ON r.id = j.requirement_id AND r.basis = 'job'
            JOIN hr_version v ON v.job_id = j.job_id
            JOIN hr_employee e ON e.current_version_id = v.id
          UNION
          SELECT r.id, a.employee_id
            FROM medical_people_requirement r
            JOIN medical_people_assignment a ON a.duty_id = r.duty_id
           WHERE r.basis = 'duty' AND (a.date_to IS NULL OR a.date_to >= {day})
          UNION
          SELECT r.id, m.employee_id
            FROM medical_people_requirement r
            JOIN maintenance_equipment m
              ON m.category_id = r.equipment_category_id AND m.active
           WHERE r.basis = 'equipment' AND m.employee_id IS NOT NULL
      ) applies
      JOIN medical_people_requirement r ON r.id = applies.requirement_id
      JOIN hr_employee e ON e.id = applies.employee_id
      JOIN hr_version v ON v.id = e.current_version_id
      JOIN res_company c ON c.id = e.company_id
      JOIN res_partner home ON home.id = c.partner_id
      LEFT JOIN res_partner work ON work.id = v.address_id
     WHERE e.active AND r.active AND {people}
       AND (r.company_id IS NULL OR r.company_id = e.company_id)
       AND r.date_from <= {day} AND (r.date_to IS NULL OR r.date_to >= {day})
       AND (r.state_id IS NULL OR r.state_id = coalesce(work.state_id, home.state_id))
"""
# The same credentials asked by a job and by a duty are one thing asked, for which the first
# of those requirements stands. That is worked out last, behind a fence: the planner knows
# no figures of such a join and would loop over the people for each person.
STATUS = """
    WITH asked AS ({asked}),
    term AS (
        SELECT rel.requirement_id, c.user_id, c.company_id, c.id, c.date_to, k.lead_days,
               c.date_from <= {day} AND (c.date_to IS NULL OR c.date_to >= {day})
                   AS is_current,
               NOT coalesce(k.must_verify, FALSE) OR c.state = 'verified' AS counts,
               coalesce(c.date_to, 'infinity'::date) AS last_day
          FROM medical_core_credential c
          JOIN medical_core_credential_type k ON k.id = c.type_id
          JOIN medical_people_requirement_type_rel rel ON rel.type_id = c.type_id
         WHERE c.state <> 'void' AND c.user_id IN (SELECT user_id FROM asked)
    ),
    best AS (
        SELECT requirement_id, user_id, company_id,
               bool_or(is_current AND counts) AS is_held,
               bool_or(is_current AND NOT counts) AS is_unverified,
               max(last_day) AS last_day, max(lead_days) AS lead_days,
               (array_agg(id ORDER BY is_current AND counts DESC, is_current DESC,
                                      last_day DESC, id DESC))[1] AS credential_id,
               (array_agg(date_to ORDER BY is_current AND counts DESC, is_current DESC,
                                      last_day DESC, id DESC))[1] AS date_to
          FROM term
         GROUP BY requirement_id, user_id, company_id
    ),
    found AS MATERIALIZED (
    SELECT asked.employee_id, asked.requirement_id, asked.company_id,
           asked.department_id, asked.job_id, best.credential_id, best.date_to,
           CASE WHEN best.is_held AND best.last_day - best.lead_days <= {day}
                THEN 'ending'
                WHEN best.is_held THEN 'held'
                WHEN best.is_unverified THEN 'unverified'
                WHEN best.date_to < {day} THEN 'expired'
                ELSE 'missing' END AS status
      FROM asked
      LEFT JOIN best ON best.requirement_id = asked.requirement_id
                    AND best.user_id = asked.user_id
                    AND best.company_id = asked.company_id
    ),
    alike AS MATERIALIZED (
        SELECT r.id, c.id AS company_id,
               first_value(r.id) OVER (PARTITION BY c.id, r.types_key
                                           ORDER BY r.sequence, r.id) AS first_id
          FROM medical_people_requirement r
          JOIN res_company c ON r.company_id IS NULL OR r.company_id = c.id
         WHERE r.active AND r.date_from <= {day}
           AND (r.date_to IS NULL OR r.date_to >= {day})
    )
    SELECT DISTINCT found.employee_id::bigint * 100000 + alike.first_id AS id,
           found.employee_id, alike.first_id AS requirement_id, found.company_id,
           found.department_id, found.job_id, found.credential_id, found.date_to,
           found.status
      FROM found
      JOIN alike ON alike.id = found.requirement_id
                AND alike.company_id = found.company_id
"""
GOOD = ("held", "ending")


def status_query(day: date, employee_ids: list[int] | None = None) -> SQL:
    """The statement that gives a row for each person and requirement on a day.

    :param employee_ids: None for everybody; the statement then looks at nobody else
    """
    place = SQL("%s::date", day)
    people = SQL("TRUE")
    if employee_ids is not None:
        people = SQL("e.id = ANY(%s)", list(employee_ids))
    asked = SQL(
        ASKED.format(day="%(day)s", people="%(people)s"), day=place, people=people
    )
    return SQL(STATUS.format(asked="%(asked)s", day="%(day)s"), asked=asked, day=place)


class ReadinessReader:
    """Reads readiness of people on a day; one query, however many people."""

    def __init__(self, env: Any, day: date) -> None:
        self.env = env
        self.day = day

    def rows(self, employee_ids: list[int] | None = None) -> list[dict[str, Any]]:
        """Rows of people: employee_id, requirement_id, status, credential_id, date_to.

        :param employee_ids: None for everybody of the companies allowed
        """
        self.env.flush_all()
        condition = SQL("TRUE")
        if employee_ids is None:
            condition = SQL("company_id = ANY(%s)", list(self.env.companies.ids))
        query = SQL(
            "SELECT * FROM (%s) AS readiness WHERE %s",
            status_query(self.day, employee_ids),
            condition,
        )
        self.env.cr.execute(query)
        rows: list[dict[str, Any]] = self.env.cr.dictfetchall()
        return rows

    def counts(
        self, employee_ids: list[int] | None = None
    ) -> dict[int, tuple[int, int]]:
        """{employee id: (held, asked)}; people of whom nothing is asked are absent."""
        found: dict[int, tuple[int, int]] = {}
        for row in self.rows(employee_ids):
            held, asked = found.get(row["employee_id"], (0, 0))
            found[row["employee_id"]] = (held + (row["status"] in GOOD), asked + 1)
        return found
