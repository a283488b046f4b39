"""A budget request: what a department wants to spend in a month or a year, and why."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_amount

from ....engine.core.months import short_month
from ....tools.dates import month_end
from ....tools.finance.budget.phase import months_between, shift
from ....tools.money import cents
from ...core.check.answerable import Answerable
from ...core.mixins.decidable import Waiting
from ...core.mixins.guard import AllBut

HEAD, MANAGER, DIRECTOR = (
    "core_group_head",
    "core_group_manager",
    "core_group_director",
)
OPEN = ("draft", "submitted", "reviewed")
PHASINGS = [
    ("days", "By calendar days"),
    ("equal", "Equal months"),
    ("shape", "As last year went"),
]


class FinanceRequest(models.Model):
    """The head asks, the manager reviews, the director grants line by line. What was
    granted stays; a revision is a new request that says which one it follows."""

    _name = "medical.finance.request"
    _description = "Budget Request"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "date_from desc, department_id, version desc, id desc"
    _check_company_auto = True

    _transitions = {
        ("draft", "submitted"): HEAD,
        ("submitted", "draft"): (MANAGER, DIRECTOR),
        ("submitted", "reviewed"): MANAGER,
        ("reviewed", "draft"): (MANAGER, DIRECTOR),
        ("reviewed", "granted"): DIRECTOR,
    }
    # nobody grants what they asked for or reviewed
    _segregated = {"granted": ("create_uid", "submitted_by_id", "reviewed_by_id")}
    _reason_required = frozenset({("submitted", "draft"), ("reviewed", "draft")})
    _reason_methods = frozenset({"action_send_back"})
    _decisions = {
        "submitted": Waiting(
            "action_review", "action_send_back", to="reviewed", days=5
        ),
        "reviewed": Waiting("action_grant", "action_send_back", to="granted", days=5),
    }
    _decision_domain = "finance"
    _born_fields = frozenset({"company_id", "department_id", "span", "date_from"})
    # lines say for themselves what of them is open in which state
    _locked = {
        "submitted": AllBut({"line_ids"}),
        "reviewed": AllBut({"line_ids"}),
        "granted": AllBut({"line_ids"}),
    }
    _deletable_in = frozenset({"draft"})

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    department_id = fields.Many2one(
        "hr.department",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        default=lambda self: self._default_department(),
    )
    span = fields.Selection(
        [("month", "One month"), ("year", "Twelve months")],
        "For",
        required=True,
        default="month",
    )
    date_from = fields.Date(
        "First Month",
        required=True,
        index=True,
        default=lambda self: shift(fields.Date.context_today(self).replace(day=1), 1),
    )
    date_to = fields.Date("Until", readonly=True)
    phasing = fields.Selection(
        PHASINGS,
        "Spread over the Months",
        required=True,
        default="days",
        help="How the amount of a line becomes the amounts of its months.",
    )
    version = fields.Integer(default=1, readonly=True, copy=False, aggregator=None)
    revision_of_id = fields.Many2one(
        "medical.finance.request", readonly=True, copy=False, ondelete="restrict",
        index="btree_not_null",
    )  # fmt: skip
    is_replaced = fields.Boolean(
        "Replaced", readonly=True, copy=False, help="A later version was granted."
    )
    can_ask = fields.Boolean(
        compute="_compute_can_ask",
        help="Technical: the reader may enter requests of this department.",
    )
    line_ids = fields.One2many("medical.finance.request.line", "request_id", "Lines")
    asked = fields.Monetary(compute="_compute_totals", store=True, aggregator="sum")
    adjusted = fields.Monetary(
        "Reviewed", compute="_compute_totals", store=True, aggregator="sum"
    )
    granted = fields.Monetary(compute="_compute_totals", store=True, aggregator="sum")
    cut = fields.Monetary(
        "Not Granted", compute="_compute_totals", store=True, aggregator="sum"
    )
    note = fields.Text()
    submitted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    submitted_at = fields.Datetime(readonly=True, copy=False)
    reviewed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    reviewed_at = fields.Datetime(readonly=True, copy=False)
    granted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    granted_at = fields.Datetime(readonly=True, copy=False)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "In review"),
            ("reviewed", "To grant"),
            ("granted", "Granted"),
        ],
        required=True,
        default="draft",
        readonly=True,
        index=True,
        copy=False,
    )

    _first_day = models.Constraint(
        "CHECK (extract(day FROM date_from) = 1)",
        "A month is written as its first day.",
    )

    @api.model
    def _default_department(self):
        return self.env.user.medical_headed_department_ids[:1]

    @api.depends("line_ids.amount", "line_ids.adjusted", "line_ids.granted", "state")
    def _compute_totals(self):
        for request in self:
            lines = request.line_ids
            request.asked = sum(lines.mapped("amount"))
            request.adjusted = sum(lines.mapped("adjusted"))
            request.granted = sum(lines.mapped("granted"))
            request.cut = (
                request.asked - request.granted if request.state == "granted" else 0
            )

    @api.depends("department_id", "date_from", "date_to", "version")
    def _compute_display_name(self):
        for request in self:
            if not request.department_id or not request.date_from:
                request.display_name = self.env._("New budget request")
                continue
            name = f"{request.department_id.name}, {request._span_name()}"
            if request.version > 1:
                name = self.env._(
                    "%(request)s, version %(number)s",
                    request=name,
                    number=request.version,
                )
            request.display_name = name

    def _span_name(self):
        first = short_month(self.env, self.date_from)
        last = self.date_to and short_month(self.env, self.date_to)
        return first if not last or first == last else f"{first} – {last}"

    def _months(self):
        """First days of the months asked for."""
        self.ensure_one()
        return months_between(self.date_from, self.date_to)

    # ---------------------------------------------------------------------- the birth

    @api.model
    def _birth_values(self, vals):
        first = fields.Date.to_date(
            vals.get("date_from") or self.default_get(["date_from"])["date_from"]
        )
        span = vals.get("span") or "month"
        return {"date_to": month_end(shift(first, 11 if span == "year" else 0))}

    @api.model_create_multi
    def create(self, vals_list):
        """:raises AccessError: a department that the user does not head
        :raises UserError: a closed month, or one that another request asks for"""
        self._check_values(vals_list)
        for vals in vals_list:
            if vals.get("date_from"):
                vals["date_from"] = fields.Date.to_date(vals["date_from"]).replace(
                    day=1
                )
            self._check_headed(vals)
        made = super().create(vals_list)
        for request in made:
            request._check_months_open()
        made._check_only_one()
        return made

    @api.depends("department_id")
    @api.depends_context("uid")
    def _compute_can_ask(self):
        own = self._asked_departments()
        for request in self:
            request.can_ask = own is None or request.department_id in own

    @api.model
    def _asked_departments(self):
        """The departments that the user enters requests of; None: of any."""
        if self._is_program() or self._guard_user_in((MANAGER,)):
            return None
        return self.env.user.medical_headed_department_ids

    @api.model
    def _check_headed(self, vals):
        """Refuse a request for somebody else's department."""
        headed = self._asked_departments()
        if headed is None:
            return
        chosen = vals.get("department_id") or self._default_department().id
        if not chosen or chosen not in headed.ids:
            # sudo: the name of a department is no secret
            other = self.env["hr.department"].sudo().browse(chosen or [])
            raise AccessError(
                self.env._(
                    "You do not head %(department)s. Choose a department of yours "
                    "(%(own)s), or ask the office manager to enter the request.",
                    department=other.name or self.env._("any department"),
                    own=", ".join(headed.mapped("name")) or self.env._("none"),
                )
            )

    def _check_months_open(self):
        self.env["medical.finance.grant"]._check_open(self.company_id, self._months())

    def _check_only_one(self):
        """:raises UserError: another request asks for the same months"""
        for request in self:
            # sudo: whether there is one, whoever may read it
            other = self.sudo().search(
                [
                    ("id", "!=", request.id),
                    ("company_id", "=", request.company_id.id),
                    ("department_id", "=", request.department_id.id),
                    ("date_from", "<=", request.date_to),
                    ("date_to", ">=", request.date_from),
                    "|",
                    ("state", "in", OPEN),
                    "&",
                    ("state", "=", "granted"),
                    ("is_replaced", "=", False),
                    ("id", "not in", request.revision_of_id.ids),
                ],
                limit=1,
            )
            if other:
                raise UserError(
                    self.env._(
                        "%(other)s (%(state)s) asks for these months already. Change it "
                        "while it is a draft; revise it once it is granted.",
                        other=other.display_name,
                        state=other._guard_state_label(),
                    )
                )

    # ----------------------------------------------------------------------- the steps

    def action_submit(self):
        """Hand the request in.

        :raises UserError: no line, or a line without a reason
        """
        self._check_caller(HEAD)
        self._move_to("submitted")

    def action_review(self):
        """Pass it on to the director, with what was adjusted and why."""
        self._check_caller(MANAGER)
        self._move_to("reviewed")

    def action_send_back(self, reason):
        """Back to the department head."""
        self._check_caller(MANAGER, DIRECTOR)
        self._move_to("draft", reason)

    def action_grant(self):
        """Grant what stands in each line's “Granted”, within the own limit.

        :raises UserError: less than reviewed without a reason, or a closed month
        :raises AccessError: the request's author, or more than the limit
        """
        self._check_caller(DIRECTOR)
        self._move_to("granted")

    def _state_values(self, state, reason):
        now = fields.Datetime.now()
        stamp = {"submitted": "submitted", "reviewed": "reviewed", "granted": "granted"}
        if state in stamp:
            return {f"{stamp[state]}_by_id": self.env.uid, f"{stamp[state]}_at": now}
        return {}

    def _before_submitted(self):
        for request in self:
            request._check_months_open()
            if not request.line_ids:
                raise UserError(
                    self.env._(
                        "%s has no line. Press “Draft Lines”, or add one.",
                        request.display_name,
                    )
                )
            request.line_ids._check_reasons("amount", None, "reason")

    def _after_submitted(self):
        self.line_ids._carry("amount", "adjusted")

    def _before_reviewed(self):
        self.line_ids._check_reasons("adjusted", "amount", "adjust_reason")

    def _after_reviewed(self):
        self.line_ids._carry("adjusted", "granted")

    def _before_granted(self):
        limits = self.env["medical.core.limit"]
        for request in self:
            request._check_months_open()
            request.line_ids._check_reasons("granted", "adjusted", "grant_reason")
            limits._check_amount(
                "budget", request, request.granted, request.department_id
            )

    def _after_granted(self):
        for request in self:
            request._book()
            request._tell_head()

    def _tell_head(self):
        """Who submitted it reads what was granted, and what not and why."""
        money = self.currency_id.format
        lines = [
            self.env._(
                "%(line)s: %(granted)s of %(asked)s. %(reason)s",
                line=line.display_name,
                granted=money(line.granted),
                asked=money(line.amount),
                reason=line.grant_reason or line.adjust_reason or "",
            )
            for line in self.line_ids
            if cents(line.granted) < cents(line.amount)
        ]
        text = self.env._(
            "%(granted)s granted of %(asked)s asked for.",
            granted=format_amount(self.env, self.granted, self.currency_id),
            asked=format_amount(self.env, self.asked, self.currency_id),
        )
        # sudo: the program tells who asked
        self.sudo().message_post(
            body="\n".join([text, *lines]),
            partner_ids=self.submitted_by_id.partner_id.ids,
        )

    def _decision_amount(self):
        return self.adjusted if self.state == "reviewed" else self.asked

    def _medical_answerable(self):
        head = self.department_id.manager_id.user_id
        return Answerable(
            user_id=head.id or self.create_uid.id,
            backup_id=self.submitted_by_id.id,
            department_id=self.department_id.id,
            company_id=self.company_id.id,
        )

    def _locked_message(self, name):
        if name in self._born_fields:
            return self.env._(
                "“%(field)s” of %(request)s is not changed. Delete the request while it is "
                "a draft, and make another one.",
                field=self._fields[name]._description_string(self.env),
                request=self.display_name,
            )
        return self.env._(
            "%(request)s is “%(state)s”: send it back to change it, or revise it once it is "
            "granted.",
            request=self.display_name,
            state=self._guard_state_label(),
        )

    def action_open_grants(self):
        """The rows of the budget that this request made."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.finance_grant_action"
        )
        return action | {
            "name": self.env._("Granted: %s", self.display_name),
            "domain": [("request_line_id.request_id", "=", self.id)],
            "context": {},
            "path": False,
        }
