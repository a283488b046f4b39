"""Enrollment windows: when people may choose anew, and from when the choice counts."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import format_date

from ...core.check.answerable import finding
from ...core.check.check import CheckResult

SOON_DAYS = 7


class PeopleEnrollmentWindow(models.Model):
    """Open enrollment of some plans: a span for choosing, and the first day of it."""

    _name = "medical.people.enrollment.window"
    _description = "Enrollment Window"
    _inherit = ["mail.thread", "medical.core.guard"]
    _order = "date_close desc, id desc"

    name = fields.Char(required=True, help="Such as Open Enrollment 2027.")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    plan_ids = fields.Many2many(
        "medical.people.benefit.plan",
        "medical_people_window_plan_rel",
        "window_id",
        "plan_id",
        "Plans",
        check_company=True,
        required=True,
    )
    date_open = fields.Date("Opens", required=True)
    date_close = fields.Date("Closes", required=True)
    date_effective = fields.Date("Counts from", required=True)
    chosen = fields.Integer("Have Chosen", compute="_compute_chosen", compute_sudo=True)
    note = fields.Text()

    _days = models.Constraint(
        "CHECK (date_open <= date_close AND date_close < date_effective)",
        "An enrollment window opens, closes, and counts from a later day.",
    )

    @api.depends("plan_ids", "date_effective")
    def _compute_chosen(self):
        """Different people enrolled by the window, one query for all windows."""
        counts = dict.fromkeys(self, frozenset())
        groups = self.env["medical.people.enrollment"]._read_group(
            [
                ("event", "=", "open"),
                ("plan_id", "in", self.plan_ids.ids),
                ("date_from", "in", self.mapped("date_effective")),
            ],
            ["plan_id", "date_from:day"],
            ["employee_id:array_agg"],
        )
        for window in self:
            for plan, day, people in groups:
                if plan in window.plan_ids and day == window.date_effective:
                    counts[window] |= frozenset(people)
            window.chosen = len(counts[window])

    @api.model
    def _medical_check_closing(self):
        """Windows that close within days, with how many have not chosen."""
        today = fields.Date.context_today(self)
        windows = self.search([("date_open", "<=", today), ("date_close", ">=", today)])
        people = dict(
            self.env["hr.employee"]._read_group(
                [("company_id", "in", windows.company_id.ids)],
                ["company_id"],
                ["__count"],
            )
        )
        rows = [
            finding(
                window,
                self.env._(
                    "%(window)s closes on %(day)s: %(chosen)s of %(people)s people have "
                    "chosen.",
                    window=window.name,
                    day=format_date(self.env, window.date_close),
                    chosen=window.chosen,
                    people=people.get(window.company_id, 0),
                ),
                user_id=window.create_uid.id,
                date_due=window.date_close,
            )
            for window in windows
            if window.date_close <= today + timedelta(days=SOON_DAYS)
        ]
        return CheckResult(len(windows), rows)


class PeopleEnrollment(models.Model):
    _inherit = "medical.people.enrollment"

    @api.constrains("event", "plan_id", "date_from")
    def _check_window(self):
        """Open enrollment counts from the day that a window of the plan names."""
        chosen = self.filtered(lambda one: one.event == "open")
        if not chosen:
            return
        windows = self.env["medical.people.enrollment.window"].search(
            [("plan_ids", "in", chosen.plan_id.ids)]
        )
        for one in chosen:
            days = windows.filtered(lambda w, one=one: one.plan_id in w.plan_ids)
            if one.date_from not in days.mapped("date_effective"):
                raise ValidationError(
                    self.env._(
                        "%(who)s, %(plan)s: no enrollment window of this plan counts "
                        "from %(day)s. Choose the window's day, or the life event that "
                        "allows the change.",
                        who=one.employee_id.name,
                        plan=one.plan_id.name,
                        day=format_date(self.env, one.date_from),
                    )
                )
