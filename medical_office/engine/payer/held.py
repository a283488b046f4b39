"""The money that enrollments hold, in one statement: the list, the total, the check."""

from datetime import date
from typing import Any

from odoo.tools import SQL

# as tools.payer.enroll.money.held: visits a week x dollars a visit x days / 7, rounded
_HELD = """
    SELECT enrollment.id AS id,
           enrollment.id AS enrollment_id,
           enrollment.provider_id, enrollment.payer_id, enrollment.site_id,
           enrollment.line_id, enrollment.company_id, enrollment.user_id,
           enrollment.state, enrollment.date_needed, enrollment.next_touch,
           %(day)s::date - enrollment.date_needed AS days,
           round(COALESCE(enrollment.visits_week, 0)
                 * COALESCE(enrollment.payment_visit, 0) / 7, 2) AS money_day,
           round(COALESCE(enrollment.visits_week, 0)
                 * COALESCE(enrollment.payment_visit, 0)
                 * (%(day)s::date - enrollment.date_needed) / 7, 2) AS money
      FROM medical_payer_enrollment enrollment
     WHERE enrollment.date_needed < %(day)s
       AND (enrollment.state IN
            ('planned', 'gathering', 'submitted', 'in_review', 'returned')
            OR (enrollment.state = 'effective' AND enrollment.claims = 'held'
                AND enrollment.submitted_on IS NOT NULL))
"""


def held_query(day: date) -> SQL:
    """Rows of what is held on a day."""
    return SQL(_HELD, day=day)


def held_rows(env: Any, day: date, company_ids: list[int]) -> list[dict[str, Any]]:
    """What is held on a day in some companies, the most money first; one query."""
    if not company_ids:
        return []
    env["medical.payer.enrollment"].flush_model()
    env.cr.execute(
        SQL(
            "SELECT * FROM (%s) held WHERE company_id IN %s ORDER BY money DESC, id",
            held_query(day),
            tuple(company_ids),
        )
    )
    return list(env.cr.dictfetchall())
