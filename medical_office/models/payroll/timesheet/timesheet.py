"""Timesheets: the hours of a person in a pay period, submitted, approved, paid."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from ...core.check.answerable import Answerable
from ...core.mixins.decidable import Waiting
from ...core.mixins.guard import ALL

APPROVE = ("core_group_head", "core_group_hr", "core_group_manager")
APPROVAL_DAYS = 2


class PayrollTimesheet(models.Model):
    """One person, one pay period: a line for each day.

    The program makes it and fills it from the clock; the person corrects what the clock
    has wrong and submits it; the head of the department approves it, or HR or the
    manager where the person is the head. The pay run locks it. What turns out wrong
    later is a new record (``corrects_id``), which the next pay run pays.
    """

    _name = "medical.payroll.timesheet"
    _description = "Timesheet"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "date_start desc, department_id, employee_id, id desc"

    _transitions = {
        ("draft", "submitted"): "core_group_staff",
        ("submitted", "draft"): "core_group_staff",
        ("submitted", "approved"): APPROVE,
        ("approved", "draft"): APPROVE,
        ("approved", "locked"): None,
        ("locked", "approved"): None,
        ("locked", "replaced"): None,
        ("approved", "replaced"): None,
    }
    # nobody approves the own hours, nor those they submitted or typed for somebody
    _segregated = {"approved": ("user_id", "submitted_by_id", "corrector_ids")}
    _reason_required = frozenset({("submitted", "draft"), ("approved", "draft")})
    _reason_methods = frozenset({"action_return", "action_correct"})
    _decisions = {
        "submitted": Waiting(
            "action_approve", "action_return", to="approved", days=APPROVAL_DAYS
        )
    }
    _decision_domain = "payroll"
    _locked = dict.fromkeys(("submitted", "approved", "locked", "replaced"), ALL)
    _deletable_in = frozenset()

    employee_id = fields.Many2one(
        "hr.employee", required=True, readonly=True, index=True, ondelete="restrict"
    )
    user_id = fields.Many2one(
        "res.users",
        "Employee's Login",
        related="employee_id.user_id",
        store=True,
        index=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    department_id = fields.Many2one("hr.department", readonly=True, index=True)
    schedule_id = fields.Many2one(
        "medical.payroll.schedule", "Pay Schedule", readonly=True, ondelete="restrict"
    )
    date_start = fields.Date("From", required=True, readonly=True, index=True)
    date_end = fields.Date("To", required=True, readonly=True, index=True)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("approved", "Approved"),
            ("locked", "Locked by Pay Run"),
            ("replaced", "Corrected"),
        ],
        "Status",
        required=True,
        default="draft",
        readonly=True,
        index=True,
    )
    line_ids = fields.One2many("medical.payroll.timesheet.line", "timesheet_id", "Days")
    hours = fields.Float(
        compute="_compute_hours", store=True, digits=(16, 2), aggregator="sum"
    )
    clocked = fields.Float(
        "Clock Hours",
        compute="_compute_hours",
        store=True,
        digits=(16, 2),
        aggregator="sum",
        help="What check-ins and check-outs say.",
    )
    typed_count = fields.Integer(
        "Days Typed", compute="_compute_hours", store=True, aggregator="sum"
    )
    open_count = fields.Integer(
        "Missing Check-Outs", compute="_compute_hours", store=True, aggregator="sum"
    )
    submitted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    submitted_at = fields.Datetime(readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_at = fields.Datetime(readonly=True, copy=False)
    corrector_ids = fields.Many2many(
        "res.users",
        "medical_payroll_timesheet_corrector_rel",
        string="Typed Hours",
        readonly=True,
        copy=False,
        help="Who typed hours here does not approve them.",
    )
    run_id = fields.Many2one(
        "hr.payslip.run",
        "Pay Run",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    corrects_id = fields.Many2one(
        "medical.payroll.timesheet",
        "Correction of",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    correction_ids = fields.One2many(
        "medical.payroll.timesheet", "corrects_id", readonly=True
    )
    missing_count = fields.Integer(
        "Forgotten Check-Outs",
        compute="_compute_missing_count",
        help="Without those of today: who is at work forgot nothing.",
    )
    is_mine = fields.Boolean(compute="_compute_is_mine")
    can_approve = fields.Boolean(compute="_compute_can_approve")

    _one_period = models.UniqueIndex(
        "(employee_id, date_start) WHERE corrects_id IS NULL",
        "There is a timesheet for this employee and period already.",
    )
    _one_correction = models.UniqueIndex(
        "(corrects_id) WHERE corrects_id IS NOT NULL",
        "This timesheet has a correction already.",
    )
    _period = models.Constraint(
        "CHECK (date_end >= date_start)", "The period must not end before it begins."
    )

    @api.depends("employee_id", "date_start", "date_end", "corrects_id")
    def _compute_display_name(self):
        for sheet in self:
            if not sheet.employee_id:
                sheet.display_name = False
                continue
            name = self.env._(
                "Hours of %(who)s, %(start)s to %(end)s",
                who=sheet.employee_id.name,
                start=format_date(self.env, sheet.date_start, date_format="MMM d"),
                end=format_date(self.env, sheet.date_end, date_format="MMM d, y"),
            )
            if sheet.corrects_id:
                name = self.env._("%s (correction)", name)
            sheet.display_name = name

    @api.depends(
        "line_ids.hours", "line_ids.clocked", "line_ids.is_typed", "line_ids.open_count"
    )
    def _compute_hours(self):
        for sheet in self:
            lines = sheet.line_ids
            typed = lines.filtered("is_typed")
            sheet.hours = sum(lines.mapped("hours"))
            sheet.clocked = sum(lines.mapped("clocked"))
            sheet.typed_count = len(typed)
            sheet.open_count = sum((lines - typed).mapped("open_count"))

    @api.depends("line_ids.is_missing")
    def _compute_missing_count(self):
        for sheet in self:
            sheet.missing_count = len(sheet.line_ids.filtered("is_missing"))

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for sheet in self:
            sheet.is_mine = sheet.user_id == self.env.user

    @api.depends("state", "user_id", "submitted_by_id", "corrector_ids")
    @api.depends_context("uid")
    def _compute_can_approve(self):
        user, may = self.env.user, self._guard_user_in(APPROVE)
        for sheet in self:
            barred = sheet.user_id | sheet.submitted_by_id | sheet.corrector_ids
            sheet.can_approve = (
                may and sheet.state == "submitted" and user not in barred
            )

    # ---------------------------------------------------------------------- buttons

    def action_submit(self):
        """Hand the hours in for approval, and say who approves."""
        self._check_caller("core_group_staff")
        self._move_to("submitted")
        return self._told(
            self.env._("Submitted"),
            self.env._(
                "%(what)s wait for %(who)s.",
                what=", ".join(self.mapped("display_name")),
                who=self._approver_names(),
            ),
        )

    def action_approve(self):
        """Approve the hours: they are what is paid."""
        self._check_caller(*APPROVE)
        for sheet in self.filtered(lambda one: one.state == "locked"):
            # the pay run alone takes its lock off
            raise UserError(sheet._locked_message("state"))
        self._move_to("approved")
        return self._told(
            self.env._("Approved"),
            self.env._(
                "Hours approved: %s. The pay run pays them.",
                f"{sum(self.mapped('hours')):.2f}",
            ),
        )

    def action_return(self, reason):
        """Back to the person, with the reason; or taken back by the person."""
        self._check_caller("core_group_staff")
        self._move_to("draft", reason)

    def action_correct(self, reason):
        """A new timesheet for the same days; approved, the next pay run pays what
        differs.

        :param reason: what was wrong
        :return: the action that opens it
        """
        self._check_caller("core_group_staff")
        self.ensure_one()
        self.check_access("write")
        if self.state != "locked":
            raise UserError(
                self.env._(
                    "%s is not locked by a pay run: send it back and change it.",
                    self.display_name,
                )
            )
        reason = self._reason_given(reason)
        # sudo: a correction is made by this step alone, as a copy of what was paid
        new = self.sudo()._pen()._copy_for_correction()
        new._message_log(body=self.env._("Correction: %s", reason))
        return new.with_env(self.env)._opened()

    def _copy_for_correction(self):
        self.ensure_one()
        if self.correction_ids:
            return self.correction_ids
        new = self.create(
            {
                "employee_id": self.employee_id.id,
                "company_id": self.company_id.id,
                "department_id": self.employee_id.department_id.id,
                "schedule_id": self.schedule_id.id,
                "date_start": self.date_start,
                "date_end": self.date_end,
                "corrects_id": self.id,
            }
        )
        self.env["medical.payroll.timesheet.line"].create(
            [line._values_for(new) for line in self.line_ids]
        )
        return new

    def _opened(self):
        """The form of one timesheet."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Timesheet"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def _told(self, title, message):
        """A notice of what a button did; the screen shows it."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "title": title,
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # --------------------------------------------------------------------- the steps

    def _state_values(self, state, reason):
        now, user = fields.Datetime.now(), self.env.uid
        if state == "submitted":
            return {"submitted_by_id": user, "submitted_at": now}
        if state == "approved":
            # a lock that is taken off leaves who approved it
            if self[:1].state == "locked":
                return {"run_id": False}
            return {"approved_by_id": user, "approved_at": now}
        if state == "draft":
            return dict.fromkeys(
                ("submitted_by_id", "submitted_at", "approved_by_id", "approved_at"),
                False,
            )
        return {}

    def _before_submitted(self):
        self._fill()
        today = fields.Date.context_today(self)
        for sheet in self:
            sheet._check_over(today)
            sheet.line_ids._check_whole()
            # sudo: where the person works is HR's to read
            department = sheet.sudo().employee_id.department_id
            sheet._pen().department_id = department

    def _check_over(self, today):
        """Refuse hours of days that are still to come.

        :raises UserError: the period is not over, and the person has not left
        """
        if self.date_end <= today:
            return
        # sudo: when a contract ends is HR's to read
        end = self.sudo().employee_id.contract_date_end
        if not end or end > today:
            raise UserError(
                self.env._(
                    "%(sheet)s: the period runs until %(day)s. Submit it then, so that "
                    "no hours are missing.",
                    sheet=self.display_name,
                    day=format_date(self.env, self.date_end, date_format="EEEE, MMM d"),
                )
            )

    def _after_approved(self):
        """A correction takes the place of what was paid before."""
        # sudo: the person's old timesheet, whoever approves the new one
        self.sudo().corrects_id._program_step("replaced")

    # ------------------------------------------------------------------ the decision

    def _approvers(self):
        """Users who may approve the person's hours as head of the department or of one
        above it, the nearest first."""
        self.ensure_one()
        barred = self.user_id | self.submitted_by_id | self.corrector_ids
        found, department = self.env["res.users"], self.department_id
        while department:
            found |= department.manager_id.user_id - barred
            department = department.parent_id
        return found

    def _decision_groups(self, state):
        """The head's, else HR's: where the person heads the department, say."""
        # sudo: who heads a department is no secret
        headed = self.sudo()._approvers()
        return ("core_group_head" if headed else "core_group_hr", "core_group_manager")

    def _approver_names(self):
        """Who approves, in words."""
        # sudo: the name of one's own head is no secret
        names = [sheet._approvers()[:1].name for sheet in self.sudo()]
        return ", ".join(
            dict.fromkeys(
                name or self.env._("HR or the office manager") for name in names
            )
        )

    def _medical_answerable(self):
        """The person while it is a draft, then the head of the department."""
        head = self._approvers()[:1]
        user = head if self.state == "submitted" else self.user_id or head
        return Answerable(
            user_id=user.id,
            backup_id=head.id,
            department_id=self.department_id.id,
            company_id=self.company_id.id,
        )

    # ------------------------------------------------------------------------ guards

    def _locked_message(self, name):
        self.ensure_one()
        if self.state in ("locked", "replaced"):
            return self.env._(
                "%s was paid and is locked. Use “Correct”: the next pay run pays the "
                "difference.",
                self.display_name,
            )
        return self.env._(
            "%s was handed in. Send it back first, then change it.", self.display_name
        )

    def _kept_message(self):
        return self.env._(
            "%s stays on record: a timesheet is proof of hours worked.",
            self.display_name,
        )

    @api.model
    def _in_force(self, employees, first, last):
        """{employee: timesheet} of a period: what counts now, the latest correction."""
        sheets = self.search(
            [
                ("employee_id", "in", employees.ids),
                ("date_start", "<=", last),
                ("date_end", ">=", first),
                ("state", "!=", "replaced"),
            ],
            order="id",
        )
        locked = sheets.filtered(lambda sheet: sheet.state == "locked")
        # a correction that waits is no reason to hold what was approved
        waiting = sheets.filtered(
            lambda sheet: sheet.corrects_id in locked and sheet.state != "approved"
        )
        return {sheet.employee_id: sheet for sheet in sheets - waiting}

    @api.model
    def _late_day(self, day):
        """The last day on which a period that ends on ``day`` is handed in in time."""
        return day + timedelta(days=APPROVAL_DAYS)
