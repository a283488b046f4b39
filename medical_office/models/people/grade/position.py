"""Where everybody's pay stands today: in the grade, and beside others in the job."""

from odoo import api, fields, models
from odoo.tools import SQL

PLACES = [
    ("below", "Below the minimum"),
    ("within", "Within the range"),
    ("above", "Above the maximum"),
    ("none", "No pay grade"),
]
TENURE = [
    ("0", "Under 1 year"),
    ("1", "1 to 2 years"),
    ("3", "3 to 5 years"),
    ("6", "6 to 10 years"),
    ("11", "Over 10 years"),
]


class PeoplePayPosition(models.Model):
    """One person in contract today, with pay by the full-time hour."""

    _name = "medical.people.pay.position"
    _description = "Pay Position"
    _auto = False
    _order = "job_id, pay_hour desc, id"
    _rec_name = "employee_id"

    employee_id = fields.Many2one("hr.employee", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    department_id = fields.Many2one("hr.department", readonly=True)
    job_id = fields.Many2one("hr.job", readonly=True)
    work_location_id = fields.Many2one("hr.work.location", readonly=True)
    date_hired = fields.Date("Hired", readonly=True)
    tenure_years = fields.Float("Years Here", readonly=True, aggregator="avg")
    tenure = fields.Selection(TENURE, readonly=True)
    pay_hour = fields.Monetary(
        "Pay per Hour",
        readonly=True,
        aggregator="avg",
        help="A salary by 2,080 hours a year.",
    )
    pay_year = fields.Monetary(
        "Pay per Year", readonly=True, aggregator="avg", help="By 2,080 hours a year."
    )
    grade_id = fields.Many2one("medical.people.grade", "Pay Grade", readonly=True)
    compa_ratio = fields.Float(
        "Compa-Ratio",
        digits=(6, 2),
        readonly=True,
        aggregator="avg",
        help="Pay as a part of the grade's midpoint: 1.00 is the midpoint.",
    )
    range_position = fields.Float(
        "Position in Range",
        digits=(6, 2),
        readonly=True,
        aggregator="avg",
        help="0 at the minimum, 1 at the maximum of the grade.",
    )
    place = fields.Selection(PLACES, "In the Grade", readonly=True)
    job_middle = fields.Monetary("Median in the Job", readonly=True, aggregator="avg")
    job_gap = fields.Float(
        "Gap to the Median",
        digits=(6, 2),
        readonly=True,
        aggregator="avg",
        help="0.05: 5% above the median of the job in this company.",
    )
    job_spread = fields.Float(
        "Spread in the Job",
        digits=(6, 2),
        readonly=True,
        aggregator="max",
        help="The highest pay in the job as a multiple of the lowest.",
    )

    @api.model
    def _pay_hour_sql(self):
        """Hook: dollars by the full-time hour of a row ``version`` of hr_version.

        The host's wage is a month's until pay knows its unit.
        """
        return SQL("version.wage * 12 / 2080")

    @property
    def _table_query(self):
        today = fields.Date.context_today(self)
        return SQL(
            """
            WITH paid AS (
                SELECT DISTINCT ON (version.employee_id)
                       version.employee_id AS id, version.employee_id,
                       employee.company_id, version.department_id, version.job_id,
                       version.work_location_id, %(pay)s AS pay_hour,
                       (SELECT min(own.contract_date_start) FROM hr_version own
                         WHERE own.employee_id = version.employee_id AND own.active
                       ) AS date_hired
                  FROM hr_version version
                  JOIN hr_employee employee ON employee.id = version.employee_id
                 WHERE employee.active AND version.active
                   AND version.date_version <= %(today)s
                   AND version.contract_date_start <= %(today)s
                   AND coalesce(version.contract_date_end, %(today)s) >= %(today)s
              ORDER BY version.employee_id, version.date_version DESC
            ), peers AS (
                SELECT company_id, job_id,
                       percentile_cont(0.5) WITHIN GROUP (ORDER BY pay_hour) AS middle,
                       max(pay_hour) / NULLIF(min(pay_hour), 0) AS spread
                  FROM paid WHERE pay_hour > 0 GROUP BY company_id, job_id
            ), graded AS (
                SELECT paid.*, grade.id AS grade_id, peers.middle, peers.spread,
                       grade.minimum / unit.hours AS minimum,
                       grade.midpoint / unit.hours AS midpoint,
                       grade.maximum / unit.hours AS maximum
                  FROM paid
             LEFT JOIN peers ON peers.job_id = paid.job_id
                   AND peers.company_id = paid.company_id
             LEFT JOIN LATERAL (
                    SELECT * FROM medical_people_grade own
                     WHERE own.active AND own.company_id = paid.company_id
                       AND own.job_id = paid.job_id
                       AND coalesce(own.work_location_id, paid.work_location_id, 0)
                           = coalesce(paid.work_location_id, 0)
                       AND own.date_from <= %(today)s
                       AND coalesce(own.date_to, %(today)s) >= %(today)s
                  ORDER BY own.work_location_id IS NULL LIMIT 1) grade ON TRUE
             LEFT JOIN LATERAL (
                    SELECT CASE grade.per WHEN 'year' THEN 2080 ELSE 1 END AS hours
                 ) unit ON TRUE
            )
            SELECT id, employee_id, company_id, department_id, job_id, work_location_id,
                   date_hired,
                   (%(today)s::date - date_hired) / 365.25 AS tenure_years,
                   CASE WHEN %(today)s::date - date_hired < 365 THEN '0'
                        WHEN %(today)s::date - date_hired < 1096 THEN '1'
                        WHEN %(today)s::date - date_hired < 2192 THEN '3'
                        WHEN %(today)s::date - date_hired < 4018 THEN '6'
                        ELSE '11' END AS tenure,
                   pay_hour, pay_hour * 2080 AS pay_year, grade_id,
                   round((pay_hour / midpoint)::numeric, 2) AS compa_ratio,
                   round(((pay_hour - minimum) / NULLIF(maximum - minimum, 0))::numeric,
                         2) AS range_position,
                   CASE WHEN grade_id IS NULL THEN 'none'
                        WHEN pay_hour < minimum - 0.000001 THEN 'below'
                        WHEN pay_hour > maximum + 0.000001 THEN 'above'
                        ELSE 'within' END AS place,
                   middle AS job_middle,
                   round((pay_hour / NULLIF(middle, 0) - 1)::numeric, 2) AS job_gap,
                   round(spread::numeric, 2) AS job_spread
              FROM graded
            """,
            pay=self._pay_hour_sql(),
            today=today,
        )
