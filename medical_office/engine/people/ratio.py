"""Who counts towards which ratio of supervision: one statement for everybody."""

from datetime import date
from typing import Any

from odoo.tools import SQL

# a license counts while it is in force, verified or not; a job that asks for it, too
COUNTED = """
    SELECT DISTINCT r.id AS rule_id, s.supervisor_id, s.employee_id
      FROM medical_people_supervision s
      JOIN hr_employee e ON e.id = s.employee_id AND e.active
      JOIN hr_version v ON v.id = e.current_version_id
      JOIN res_company c ON c.id = e.company_id
      JOIN res_partner home ON home.id = c.partner_id
      LEFT JOIN res_partner work ON work.id = v.address_id
      JOIN medical_people_supervision_rule r
        ON r.active AND r.most > 0
           AND (r.company_id IS NULL OR r.company_id = e.company_id)
           AND (r.state_id IS NULL OR r.state_id = coalesce(work.state_id, home.state_id))
           AND r.date_from <= %(day)s AND (r.date_to IS NULL OR r.date_to >= %(day)s)
     WHERE s.role = 'clinical' AND s.date_from <= %(day)s
       AND (s.date_to IS NULL OR s.date_to >= %(day)s) AND %(among)s
       AND (
           EXISTS (
               SELECT 1 FROM medical_people_supervision_rule_job_rel j
                WHERE j.rule_id = r.id AND j.job_id = v.job_id
           ) OR EXISTS (
               SELECT 1
                 FROM medical_people_supervision_rule_under_rel u
                 JOIN medical_core_credential held ON held.type_id = u.type_id
                WHERE u.rule_id = r.id AND held.user_id = e.user_id
                  AND held.state <> 'void' AND held.date_from <= %(day)s
                  AND (held.date_to IS NULL OR held.date_to >= %(day)s)
           ) OR EXISTS (
               SELECT 1
                 FROM medical_people_supervision_rule_under_rel u
                 JOIN medical_people_requirement_type_rel t ON t.type_id = u.type_id
                 JOIN medical_people_requirement_job_rel j
                   ON j.requirement_id = t.requirement_id AND j.job_id = v.job_id
                 JOIN medical_people_requirement q
                   ON q.id = t.requirement_id AND q.active AND q.basis = 'job'
                WHERE u.rule_id = r.id
           )
       )
"""


def people_counted(
    env: Any, day: date, supervisor_ids: list[int] | None = None
) -> dict[tuple[int, int], set[int]]:
    """{(rule id, supervisor id): ids of the people who count}; one query.

    :param supervisor_ids: of these supervisors; None: of everybody
    """
    env.flush_all()
    among = SQL("TRUE")
    if supervisor_ids is not None:
        among = SQL("s.supervisor_id = ANY(%s)", list(supervisor_ids))
    counted: dict[tuple[int, int], set[int]] = {}
    query = SQL(COUNTED, day=SQL("%s::date", day), among=among)
    for rule_id, supervisor_id, employee_id in env.execute_query(query):
        counted.setdefault((rule_id, supervisor_id), set()).add(employee_id)
    return counted
