"""What an offer costs and pays in a year, and where it stands beside others."""

from odoo import api, fields, models

from ....tools.money import money
from ....tools.people.offer.yearprice import NOTHING
from ....tools.people.pay.position import gap, hourly


class PeopleOffer(models.Model):
    _inherit = "medical.people.offer"

    year_gross = fields.Monetary(
        "Gross Pay per Year", compute="_compute_price", store=True, copy=False
    )
    year_employer_taxes = fields.Monetary(
        "Employer Taxes per Year", compute="_compute_price", store=True, copy=False
    )
    year_fringe = fields.Monetary(
        "Fringe Benefits per Year",
        compute="_compute_price",
        store=True,
        copy=False,
        help="What the practice pays: premiums, allowances, match, contributions.",
    )
    year_cost = fields.Monetary(
        "Total Cost per Year",
        compute="_compute_price",
        store=True,
        copy=False,
        aggregator=None,
    )
    year_taxes = fields.Monetary(
        "Employee Taxes per Year", compute="_compute_price", store=True, copy=False
    )
    year_deductions = fields.Monetary(
        "Deductions per Year", compute="_compute_price", store=True, copy=False
    )
    year_net = fields.Monetary(
        "Take-Home Pay per Year", compute="_compute_price", store=True, copy=False
    )
    first_net = fields.Monetary(
        "First Full Paycheck",
        compute="_compute_price",
        store=True,
        copy=False,
        aggregator=None,
    )
    paychecks = fields.Integer(
        "Paychecks per Year",
        compute="_compute_price",
        store=True,
        copy=False,
        aggregator=None,
    )
    price_note = fields.Text(compute="_compute_price", store=True, copy=False)
    price_problem = fields.Char(compute="_compute_price", store=True, copy=False)
    grade_id = fields.Many2one(
        "medical.people.grade",
        "Pay Grade",
        compute="_compute_standing",
        compute_sudo=True,
    )
    compa_ratio = fields.Float(
        "Compa-Ratio", digits=(6, 2), compute="_compute_standing", compute_sudo=True
    )
    range_position = fields.Float(
        "Position in Range",
        digits=(6, 2),
        compute="_compute_standing",
        compute_sudo=True,
    )
    staff_count = fields.Integer(
        "Staff in the Job", compute="_compute_standing", compute_sudo=True
    )
    staff_gap = fields.Float(
        "Gap to Current Staff",
        digits=(6, 2),
        compute="_compute_standing",
        compute_sudo=True,
        help="0.05: 5% above the median of those in the job today.",
    )
    standing = fields.Text(compute="_compute_standing", compute_sudo=True)
    budget_left = fields.Monetary(
        "Budget Left This Month", compute="_compute_budget", compute_sudo=True
    )
    budget_known = fields.Boolean(compute="_compute_budget", compute_sudo=True)

    def _pays_a_year(self):
        """Hook: paychecks a year; 24 until pay answers."""
        return 24

    def _price_of_year(self):
        """Hook: {offer: (YearPrice or None, problem)}; nothing until pay answers."""
        return dict.fromkeys(self, (None, ""))

    @api.depends(
        "wage",
        "per",
        "exempt",
        "hours_week",
        "date_start",
        "company_id",
        "state_id",
        "line_ids.plan_id",
        "line_ids.tier_id",
        "line_ids.amount",
        "line_ids.percent",
        "line_ids.coverage",
        "line_ids.employer_month",
    )
    def _compute_price(self):
        prices = self._price_of_year()
        for offer in self:
            price, problem = prices[offer]
            price = price or NOTHING
            beside = sum(money(line.employer_month or 0) for line in offer.line_ids)
            fringe = price.employer_benefits + beside * 12
            offer.year_gross = price.gross
            offer.year_employer_taxes = price.employer_taxes
            offer.year_fringe = fringe
            offer.year_cost = price.gross + price.employer_taxes + fringe
            offer.year_taxes = price.taxes
            offer.year_deductions = price.deductions
            offer.year_net = price.net
            offer.first_net = price.first_net
            offer.paychecks = price.paychecks
            offer.price_note = "\n".join(price.notes)
            offer.price_problem = problem

    @api.depends(
        "wage", "per", "job_id", "work_location_id", "company_id", "date_start"
    )
    def _compute_standing(self):
        grades = self.env["medical.people.grade"]
        for offer in self:
            day = offer.date_start or fields.Date.context_today(self)
            grade = grades._of_job(
                offer.job_id, offer.work_location_id, offer.company_id, day
            )
            others = self._pays_in(offer.job_id, offer.company_id)
            ready = offer.wage and offer.per
            pay = hourly(money(offer.wage), offer.per) if ready else None
            offer.grade_id = grade
            offer.compa_ratio = offer.range_position = offer.staff_gap = 0
            offer.staff_count = len(others)
            offer.standing = ""
            if pay is None:
                continue
            offer.staff_gap = gap(pay, others) or 0
            words = []
            if grade:
                own = pay if grade.per == "hour" else pay * 2080
                pay_range = grade._pay_range()
                offer.compa_ratio = pay_range.compa_ratio(own)
                offer.range_position = pay_range.position(own) or 0
                words.append(self._place_words(pay_range.place(own), grade))
            if others:
                words.append(self._gap_words(offer.staff_gap, len(others)))
            offer.standing = "\n".join(words)

    @api.model
    def _pays_in(self, job, company):
        """Pay by the full-time hour of those in a job today."""
        rows = self.env["medical.people.pay.position"].search(
            [("job_id", "=", job.id), ("company_id", "=", company.id)]
        )
        return [money(row.pay_hour) for row in rows if row.pay_hour] if job else []

    def _place_words(self, place, grade):
        _ = self.env._
        return {
            "below": _("Below the minimum of pay grade %s.", grade.name),
            "within": _("Within pay grade %s.", grade.name),
            "above": _("Above the maximum of pay grade %s.", grade.name),
        }[place]

    def _gap_words(self, part, count):
        _ = self.env._
        percent = f"{abs(part):.0%}"
        if not part:
            return _("At the median of the %s people in the job.", count)
        if part > 0:
            return _(
                "%(percent)s above the median of the %(count)s people in the job.",
                percent=percent,
                count=count,
            )
        return _(
            "%(percent)s below the median of the %(count)s people in the job.",
            percent=percent,
            count=count,
        )

    @api.depends("department_id", "date_start")
    def _compute_budget(self):
        day = fields.Date.context_today(self)
        left = self.department_id._origin._medical_budget_left(day)
        for offer in self:
            own = left.get(offer.department_id._origin.id)
            offer.budget_known = own is not None
            offer.budget_left = own or 0
