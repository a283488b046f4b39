"""A payer's last twelve months in one row, for all payers in one statement."""

from datetime import date

from odoo.tools import SQL

_PERFORMANCE = """
    SELECT payer.id, payer.id AS payer_id, payer.company_id,
           COALESCE(month.months, 0) AS months,
           COALESCE(month.claims, 0) AS claims,
           COALESCE(month.paid, 0) AS paid,
           month.days, month.denied_share, month.top_reason, month.contract_share,
           enrolled.enroll_days
      FROM medical_payer_payer payer
      LEFT JOIN LATERAL (
            SELECT count(*) AS months, sum(claims) AS claims, sum(paid) AS paid,
                   round(sum(days * claims) / NULLIF(sum(claims), 0), 1) AS days,
                   round(100.0 * sum(denied) / NULLIF(sum(claims), 0), 1)
                       AS denied_share,
                   round(100 * sum(paid) FILTER (WHERE owed > 0)
                         / NULLIF(sum(owed), 0), 1) AS contract_share,
                   (SELECT reason
                      FROM (VALUES
                            ('eligibility', sum(denied_eligibility)),
                            ('authorization', sum(denied_authorization)),
                            ('coding', sum(denied_coding)),
                            ('timely', sum(denied_timely)),
                            ('enrollment', sum(denied_enrollment)),
                            ('other', sum(denied_other))
                           ) AS part(reason, number)
                     WHERE number > 0
                     ORDER BY number DESC, reason LIMIT 1) AS top_reason
              FROM medical_payer_month
             WHERE payer_id = payer.id
               AND month >= date_trunc('month', %(day)s::date) - interval '12 months'
           ) month ON TRUE
      LEFT JOIN LATERAL (
            SELECT round(avg(date_effective - submitted_on), 1) AS enroll_days
              FROM medical_payer_enrollment
             WHERE payer_id = payer.id
               AND state IN ('effective', 'terminated')
               AND submitted_on IS NOT NULL
               AND date_effective >= %(day)s::date - interval '24 months'
           ) enrolled ON TRUE
     WHERE payer.active
"""


def performance_query(day: date) -> SQL:
    """Rows of all active payers as seen on a day."""
    return SQL(_PERFORMANCE, day=day)
