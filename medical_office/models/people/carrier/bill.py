"""A carrier's monthly bill, compared with the enrollments of that month."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....engine.core.months import short_month
from ....tools.money import money, to_cents
from ....tools.people.benefit.carrierbill import Part, compare
from ...core.check.answerable import finding
from ...core.check.check import CheckResult
from ...core.mixins.guard import ALL

HR = ("core_group_hr", "core_group_manager")
WHATS = [
    ("same", "As enrolled"),
    ("amount", "Different premium"),
    ("not_enrolled", "Billed, not enrolled"),
    ("not_billed", "Enrolled, not billed"),
]


class PeopleCarrierBill(models.Model):
    """One carrier and month: what was billed beside what the enrollments come to."""

    _name = "medical.people.carrier.bill"
    _description = "Carrier Bill"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "month desc, id desc"

    _transitions = {
        ("open", "settled"): HR,
        ("settled", "open"): HR,
    }
    _reason_required = frozenset({"settled", "open"})
    _reason_methods = frozenset({"action_settle", "action_reopen"})
    _locked = {"settled": ALL}
    _born_fields = frozenset({"payee_id", "month", "company_id"})
    _deletable_in = frozenset({"open"})

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    payee_id = fields.Many2one(
        "res.partner", "Carrier", required=True, index=True, ondelete="restrict"
    )
    month = fields.Date(required=True, help="Any day of the month of coverage.")
    state = fields.Selection(
        [("open", "Open"), ("settled", "Settled")],
        required=True,
        default="open",
        readonly=True,
        index=True,
    )
    line_ids = fields.One2many("medical.people.carrier.line", "bill_id", "People")
    billed = fields.Monetary(compute="_compute_sums", store=True, aggregator="sum")
    enrolled = fields.Monetary(compute="_compute_sums", store=True, aggregator="sum")
    difference = fields.Monetary(compute="_compute_sums", store=True, aggregator="sum")
    difference_count = fields.Integer(
        "Differences",
        compute="_compute_sums",
        store=True,
        aggregator=None,
    )
    note = fields.Text()

    _month_unique = models.UniqueIndex(
        "(company_id, payee_id, date_trunc('month', month::timestamp))",
        "The bill of this carrier and month is here already: import into it.",
    )

    @api.depends("payee_id", "month")
    def _compute_display_name(self):
        for bill in self:
            month = bill.month and short_month(self.env, bill.month)
            bill.display_name = f"{bill.payee_id.name or ''} {month or ''}".strip()

    @api.depends("line_ids.billed", "line_ids.enrolled", "line_ids.what")
    def _compute_sums(self):
        for bill in self:
            bill.billed = sum(bill.line_ids.mapped("billed"))
            bill.enrolled = sum(bill.line_ids.mapped("enrolled"))
            bill.difference = bill.billed - bill.enrolled
            bill.difference_count = len(
                bill.line_ids.filtered(lambda line: line.what != "same")
            )

    def _plans(self):
        """The plans whose money goes to the carrier."""
        self.ensure_one()
        return (
            self.env["medical.people.benefit.plan"]
            .with_context(active_test=False)
            .search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("payee_id", "=", self.payee_id.id),
                ]
            )
        )

    def _enrolled_parts(self):
        """What the enrollments of the month come to, employee's and employer's part."""
        self.ensure_one()
        first = self.month + relativedelta(day=1)
        last = self.month + relativedelta(day=31)
        enrollments = self.env["medical.people.enrollment"].search(
            [
                ("plan_id", "in", self._plans().ids),
                ("date_from", "<=", last),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", first),
            ]
        )
        pays = enrollments.employee_id._medical_pays_a_year(first)
        return [
            Part(
                one.employee_id.id,
                one.plan_id.id,
                to_cents(one._premium_month(pays[one.employee_id])),
            )
            for one in enrollments
        ]

    def _take(self, parts):
        """Replace the lines by what a bill says, beside what is enrolled.

        :param parts: ``Part`` of each row of the bill
        :raises UserError: the bill is settled
        """
        self.ensure_one()
        self.check_access("write")
        if self.state == "settled":
            raise UserError(
                self.env._("%s is settled: reopen it first.", self.display_name)
            )
        # sudo: the lines are the program's; the bill was checked for writing
        lines = self.env["medical.people.carrier.line"].sudo()._pen()
        self.line_ids.sudo()._pen().unlink()  # sudo: as above
        lines.create(
            [
                {
                    "bill_id": self.id,
                    "employee_id": one.person,
                    "plan_id": one.plan,
                    "billed": one.billed,
                    "enrolled": one.enrolled,
                    "what": one.what,
                }
                for one in compare(parts, self._enrolled_parts())
            ]
        )

    def action_compare(self):
        """Compare again with the enrollments as they are now."""
        self._check_caller(*HR)
        for bill in self:
            billed = [
                Part(line.employee_id.id, line.plan_id.id, money(line.billed))
                for line in bill.line_ids
                if line.what != "not_billed"
            ]
            bill._take(billed)
        return True

    def action_settle(self, reason):
        """The differences are dealt with; the reason says how."""
        self._check_caller(*HR)
        self._move_to("settled", reason)

    def action_reopen(self, reason):
        """Take it up again."""
        self._check_caller(*HR)
        self._move_to("open", reason)

    @api.model
    def _medical_check_differs(self):
        """Open bills that do not say what is enrolled."""
        bills = self.search([("state", "=", "open")])
        rows = [
            finding(
                bill,
                self.env._(
                    "The bill %(bill)s differs from the enrollments of %(count)s people "
                    "or plans by %(amount)s.",
                    bill=bill.display_name,
                    count=bill.difference_count,
                    amount=bill.currency_id.format(bill.difference),
                ),
                money_at_risk=abs(bill.difference),
            )
            for bill in bills
            if bill.difference_count
        ]
        return CheckResult(len(bills), rows)


class PeopleCarrierLine(models.Model):
    """One person and plan on a bill."""

    _name = "medical.people.carrier.line"
    _description = "Person on a Carrier Bill"
    _inherit = ["medical.core.guard"]
    _order = "bill_id, what, employee_id, id"

    _locked_by = ("bill_id",)

    bill_id = fields.Many2one(
        "medical.people.carrier.bill",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="bill_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="bill_id.currency_id")
    employee_id = fields.Many2one("hr.employee", readonly=True, ondelete="restrict")
    plan_id = fields.Many2one(
        "medical.people.benefit.plan", readonly=True, ondelete="restrict"
    )
    billed = fields.Monetary(readonly=True)
    enrolled = fields.Monetary(readonly=True)
    difference = fields.Monetary(compute="_compute_difference", store=True)
    what = fields.Selection(WHATS, "Compared", readonly=True)

    @api.depends("billed", "enrolled")
    def _compute_difference(self):
        for line in self:
            line.difference = line.billed - line.enrolled


class PeopleEnrollment(models.Model):
    _inherit = "medical.people.enrollment"

    def _premium_month(self, paychecks):
        """What the carrier should bill a month, unrounded.

        :param paychecks: of the person, a year
        """
        self.ensure_one()
        if self.tier_id:
            return money(self.tier_id.employee_month) + money(
                self.tier_id.employer_month
            )
        own = money(self.amount or 0) * paychecks / 12
        return own + money(self.employer_month or 0)
