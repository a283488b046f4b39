"""Who has had which training, and who has it due: one statement for everybody.

A completion is a record of a session or quiz, an accepted paper of the personnel file, or
a credential in force, whichever holds longest.
"""

from datetime import date

from odoo.tools import SQL

ASKED = """
    SELECT e.id AS employee_id, e.company_id, t.id AS training_id, v.department_id,
           v.job_id, t.months, t.first_days, t.lead_days
      FROM medical_compliance_training t
      JOIN hr_employee e ON (t.company_id IS NULL OR t.company_id = e.company_id)
      JOIN hr_version v ON v.id = e.current_version_id
     WHERE e.active AND t.active
       AND t.date_from <= {day} AND (t.date_to IS NULL OR t.date_to >= {day})
       AND (t.basis = 'everyone'
            OR t.basis = 'job' AND EXISTS (
                SELECT FROM medical_compliance_training_job_rel j
                 WHERE j.training_id = t.id AND j.job_id = v.job_id)
            OR t.basis = 'department' AND EXISTS (
                SELECT FROM medical_compliance_training_department_rel d
                 WHERE d.training_id = t.id AND d.department_id = v.department_id)
            OR t.basis = 'role' AND EXISTS (
                SELECT FROM medical_compliance_training_reached_rel g
                  JOIN res_groups_users_rel u ON u.gid = g.group_id
                 WHERE g.training_id = t.id AND u.uid = e.user_id))
"""
STATUS = """
    WITH asked AS ({asked}),
    hire AS (
        SELECT employee_id, min(coalesce(contract_date_start, date_version)) AS day
          FROM hr_version GROUP BY employee_id
    ),
    done AS (
        SELECT r.employee_id, r.training_id, r.done_on, r.id AS record_id,
               CASE WHEN t.months > 0
                    THEN (r.done_on + make_interval(months => t.months))::date
                    ELSE 'infinity'::date END AS last_day
          FROM medical_compliance_training_record r
          JOIN medical_compliance_training t ON t.id = r.training_id
         WHERE r.state = 'valid' AND r.done_on <= {day}
        UNION ALL
        SELECT p.employee_id, t.id, p.date, NULL,
               CASE WHEN t.months > 0
                    THEN (p.date + make_interval(months => t.months))::date
                    ELSE 'infinity'::date END
          FROM medical_compliance_training t
          JOIN medical_people_document p ON p.type_id = t.document_type_id
         WHERE p.state IN ('accepted', 'purged') AND p.date <= {day}
        UNION ALL
        SELECT e.id, rel.training_id, c.date_from, NULL,
               coalesce(c.date_to, 'infinity'::date)
          FROM medical_compliance_training_credential_rel rel
          JOIN medical_core_credential c ON c.type_id = rel.type_id
          JOIN medical_core_credential_type k ON k.id = c.type_id
          JOIN hr_employee e ON e.user_id = c.user_id AND e.company_id = c.company_id
         WHERE c.state <> 'void' AND c.date_from <= {day}
           AND (c.state = 'verified' OR NOT coalesce(k.must_verify, FALSE))
    ),
    best AS (
        SELECT employee_id, training_id, max(done_on) AS done_on,
               max(last_day) AS last_day,
               (array_agg(record_id ORDER BY last_day DESC, done_on DESC)
                   FILTER (WHERE record_id IS NOT NULL))[1] AS record_id
          FROM done GROUP BY employee_id, training_id
    )
    SELECT asked.employee_id::bigint * 100000 + asked.training_id AS id,
           asked.employee_id, asked.training_id, asked.company_id,
           asked.department_id, asked.job_id, best.record_id, best.done_on,
           CASE WHEN best.last_day = 'infinity' THEN NULL
                WHEN best.last_day IS NOT NULL THEN best.last_day
                ELSE hire.day + asked.first_days END AS due,
           CASE WHEN best.last_day >= {day}
                     AND best.last_day - asked.lead_days <= {day} THEN 'ending'
                WHEN best.last_day >= {day} THEN 'held'
                WHEN best.last_day < {day} THEN 'expired'
                WHEN hire.day + asked.first_days >= {day} THEN 'coming'
                ELSE 'missing' END AS status
      FROM asked
      LEFT JOIN best ON best.employee_id = asked.employee_id
                    AND best.training_id = asked.training_id
      LEFT JOIN hire ON hire.employee_id = asked.employee_id
"""
GOOD = ("held", "ending", "coming")


def training_query(day: date) -> SQL:
    """The statement that gives a row for each person and training on a day."""
    place = SQL("%s::date", day)
    asked = SQL(ASKED.format(day="%(day)s"), day=place)
    return SQL(STATUS.format(asked="%(asked)s", day="%(day)s"), asked=asked, day=place)
