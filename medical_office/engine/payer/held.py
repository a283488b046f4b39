"""The money that enrollments hold, in one statement: the list, the total, the check."""

from datetime import date
from typing import Any

from odoo.tools import SQL

# another enrollment of the same provider, payer, site and line that has a day of effect;
# it pays from that day through the day it was terminated
_OTHER = """
    other.provider_id = enrollment.provider_id
    AND other.payer_id = enrollment.payer_id
    AND other.site_id = enrollment.site_id
    AND other.line_id = enrollment.line_id
    AND other.id != enrollment.id
    AND other.date_effective IS NOT NULL
    AND (other.state = 'effective'
         OR (other.state = 'terminated' AND other.date_terminated IS NOT NULL))
"""

_COVERS = f"""
    {_OTHER}
    AND other.date_effective <= %(day)s
    AND COALESCE(other.date_terminated, 'infinity') >= %(day)s
"""

# as tools.payer.enroll.money.held: visits a week x dollars a visit x days / 7, rounded
_HELD = f"""
    SELECT held.*,
           CASE WHEN held.covered THEN 0 ELSE round(held.week / 7, 2) END AS money_day,
           round(held.week * held.days / 7, 2) AS money
      FROM (
        SELECT enrollment.id AS id,
               enrollment.id AS enrollment_id,
               enrollment.provider_id, enrollment.payer_id, enrollment.site_id,
               enrollment.line_id, enrollment.company_id, enrollment.user_id,
               enrollment.state, enrollment.date_needed, enrollment.next_touch,
               COALESCE(enrollment.visits_week, 0)
               * COALESCE(enrollment.payment_visit, 0) AS week,
               COALESCE(bool_or({_COVERS}), FALSE) AS covered,
               (%(day)s::date - enrollment.date_needed - COALESCE(sum(GREATEST(0,
                   LEAST(%(day)s::date, COALESCE(other.date_terminated + 1, %(day)s::date))
                   - GREATEST(enrollment.date_needed, other.date_effective)
               )) FILTER (WHERE other.id IS NOT NULL), 0))::integer AS days
          FROM medical_payer_enrollment enrollment
          LEFT JOIN medical_payer_enrollment other ON {_OTHER}
         WHERE enrollment.date_needed < %(day)s
           AND (enrollment.state IN
                ('planned', 'gathering', 'submitted', 'in_review', 'returned')
                OR (enrollment.state = 'effective' AND enrollment.claims = 'held'
                    AND enrollment.submitted_on IS NOT NULL))
         GROUP BY enrollment.id
      ) held
     WHERE held.days > 0
"""

_COVERED = f"""
    (SELECT enrollment.id
       FROM medical_payer_enrollment enrollment
       JOIN medical_payer_enrollment other ON {_COVERS})
"""


def held_query(day: date) -> SQL:
    """Rows of what is held on a day.

    Days on which another enrollment of the same provider, payer, site and line was
    effective hold nothing: a recredentialing beside it is work, not money.
    """
    return SQL(_HELD, day=day)


def covered_query(day: date) -> SQL:
    """Ids of the enrollments beside which another one is effective on a day."""
    return SQL(_COVERED, day=day)


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
