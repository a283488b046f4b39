"""A carrier's monthly bill, compared with the enrollments of that month."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ....engine.core.months import short_month
from ....tools.money import money, to_cents
from ....tools.people.benefit.carrierbill import Part, compare, how_they_differ
from ...core.check.answerable import finding
from ...core.check.check import CheckResult
from ...core.mixins.done import done
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

    def _check_open(self):
        """Refuse to touch the lines of a bill that is settled.

        :raises UserError: naming it
        """
        self.check_access("write")
        for bill in self:
            if bill.state == "settled":
                raise UserError(
                    self.env._("%s is settled: reopen it first.", bill.display_name)
                )

    def _program_lines(self):
        """All lines, as the program writes them; the bill was checked before."""
        # sudo: what is enrolled is the program's to say, whoever typed what is billed
        return self.line_ids.sudo()._pen()

    def _take(self, parts):
        """Replace the lines by what a bill says, beside what is enrolled.

        :param parts: ``Part`` of each row of the bill
        :raises UserError: the bill is settled
        """
        self.ensure_one()
        self._check_open()
        lines = self._program_lines()
        lines.unlink()
        lines.create(
            [
                {
                    "bill_id": self.id,
                    "employee_id": one.person,
                    "plan_id": one.plan,
                    "billed": one.billed,
                }
                for one in compare(parts, [])
            ]
        )
        self._match()

    def _match(self):
        """Say of each line what is enrolled, and add who is enrolled and has no line."""
        for bill in self:
            lines = bill._program_lines()
            by_key = {(one.employee_id.id, one.plan_id.id): one for one in lines}
            billed = [Part(*key, money(one.billed)) for key, one in by_key.items()]
            missing = []
            for one in compare(billed, bill._enrolled_parts()):
                values = {
                    "enrolled": one.enrolled,
                    "is_enrolled": one.what != "not_enrolled",
                }
                line = by_key.get((one.person, one.plan))
                if line:
                    line.write(values)
                else:
                    key = {"employee_id": one.person, "plan_id": one.plan}
                    missing.append({"bill_id": bill.id, **key, **values})
            lines.create(missing)

    def action_compare(self):
        """Compare again with the enrollments as they are now.

        An empty bill lists everybody who is enrolled, to type what is billed beside.
        """
        self._check_caller(*HR)
        self._check_open()
        self._program_lines().filtered(lambda line: not line.billed).unlink()
        self._match()
        return done(
            self.env, self.env._("Compared with the enrollments as they are now.")
        )

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
    _born_fields = frozenset({"bill_id", "employee_id", "plan_id"})

    bill_id = fields.Many2one(
        "medical.people.carrier.bill",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="bill_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="bill_id.currency_id")
    payee_id = fields.Many2one(related="bill_id.payee_id")
    employee_id = fields.Many2one(
        "hr.employee",
        required=True,
        ondelete="restrict",
        domain="[('company_id', '=', company_id)]",
    )
    plan_id = fields.Many2one(
        "medical.people.benefit.plan",
        required=True,
        ondelete="restrict",
        domain="[('company_id', '=', company_id), ('payee_id', '=', payee_id)]",
    )
    billed = fields.Monetary()
    enrolled = fields.Monetary(readonly=True)
    is_enrolled = fields.Boolean(readonly=True)
    difference = fields.Monetary(compute="_compute_difference", store=True)
    what = fields.Selection(WHATS, "Compared", compute="_compute_what", store=True)

    _once = models.UniqueIndex(
        "(bill_id, employee_id, plan_id)",
        "This person and plan are on the bill already: correct the amount of that line.",
    )

    @api.depends("billed", "enrolled")
    def _compute_difference(self):
        for line in self:
            line.difference = line.billed - line.enrolled

    @api.depends("billed", "enrolled", "is_enrolled")
    def _compute_what(self):
        for line in self:
            enrolled = money(line.enrolled) if line.is_enrolled else None
            line.what = how_they_differ(money(line.billed), enrolled)

    @api.constrains("employee_id", "plan_id")
    def _check_theirs(self):
        """A line that is typed is of people and plans that the import would find."""
        plans = {bill: bill._plans() for bill in self.bill_id}
        for line in self:
            bill = line.bill_id
            if line.employee_id.company_id != bill.company_id:
                raise ValidationError(
                    self.env._(
                        "%(who)s works for %(other)s, and the bill is of %(company)s.",
                        who=line.employee_id.name,
                        other=line.employee_id.company_id.name,
                        company=bill.company_id.name,
                    )
                )
            if line.plan_id not in plans[bill]:
                raise ValidationError(
                    self.env._(
                        "“%(plan)s” is not paid to %(carrier)s. Choose another plan, or "
                        "set “Paid to” on this one.",
                        plan=line.plan_id.name,
                        carrier=bill.payee_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """What is typed takes the place of “Enrolled, not billed”, and is compared."""
        if self._holds_pen():
            return super().create(vals_list)
        typed = {(vals.get("employee_id"), vals.get("plan_id")) for vals in vals_list}
        bills = self.bill_id.browse(
            {vals.get("bill_id") for vals in vals_list} - {None}
        )
        bills._check_open()
        bills._program_lines().filtered(
            lambda line: (
                not line.billed and (line.employee_id.id, line.plan_id.id) in typed
            )
        ).unlink()
        lines = super().create(vals_list)
        bills._match()
        return lines

    def unlink(self):
        """Who is enrolled stays on the list, as not billed."""
        bills = self.bill_id
        result = super().unlink()
        if not self._holds_pen():
            bills._match()
        return result


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
