"""The audit program: which library is audited where, when, by whom."""

from odoo import api, fields, models
from odoo.exceptions import UserError

# an audit takes weeks: it may begin two months ahead, is planned a year ahead, and what
# nobody signs within a year is missed
DEFAULTS = {
    "frequency": "yearly",
    "window_hours": 24.0 * 365,
    "lead_hours": 24.0 * 60,
    "horizon_days": 400,
    "skip_closed": "next",
}


class CoreSchedule(models.Model):
    """A schedule of an audit library looks at the site, or the practice, as a whole."""

    _inherit = "medical.core.schedule"

    auditor_ids = fields.Many2many(
        "res.users",
        "medical_compliance_schedule_auditor_rel",
        "schedule_id",
        "user_id",
        string="Auditors",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Who answers and may sign, beside the owner.",
    )
    is_audit = fields.Boolean(compute="_compute_is_audit")
    program = fields.Selection(
        string="Audit program", related="checklist_id.program", store=True
    )

    @api.depends("checklist_id.kind")
    def _compute_is_audit(self):
        for schedule in self:
            schedule.is_audit = schedule.checklist_id.kind == "audit"

    @api.constrains(
        "checklist_id", "room_ids", "equipment_ids", "outlet_ids", "panel_ids"
    )
    def _check_targets(self):
        """An audit needs neither rooms nor equipment."""
        others = self.filtered(lambda one: one.checklist_id.kind != "audit")
        return super(CoreSchedule, others)._check_targets()

    @api.model_create_multi
    def create(self, vals_list):
        """An audit is planned at once, so that it stands in the calendar."""
        self._check_values(vals_list)
        libraries = self.env["medical.core.checklist"].browse(
            vals["checklist_id"] for vals in vals_list if vals.get("checklist_id")
        )
        audits = set(libraries.filtered(lambda one: one.kind == "audit").ids)
        schedules = super().create(
            [
                {**self._audit_defaults(vals), **vals}
                if vals.get("checklist_id") in audits
                else vals
                for vals in vals_list
            ]
        )
        schedules.filtered("is_audit")._generate()
        return schedules

    @api.model
    def _audit_defaults(self, vals):
        """What an audit is planned with where nothing else is said: it is due on the
        day of its first year."""
        first = fields.Date.to_date(vals.get("date_start"))
        first = first or fields.Date.context_today(self)
        return {**DEFAULTS, "month_by": "day", "month_day": first.day}

    @api.onchange("date_start", "checklist_id")
    def _onchange_audit_day(self):
        """The first due day is the day of each year."""
        if self.is_audit and self.date_start:
            self.month_day = self.date_start.day

    def write(self, vals):
        result = super().write(vals)
        if "auditor_ids" in vals:
            for schedule, rounds in (
                self._planned_rounds().grouped("schedule_id").items()
            ):
                rounds._pen().auditor_ids = schedule.auditor_ids
        return result

    def _target_pairs(self):
        pairs = super()._target_pairs()
        if pairs or not self.is_audit:
            return pairs
        return [(self.env["stock.location"], self.env["maintenance.equipment"])]

    def _round_values(self, moment, absences):
        values = super()._round_values(moment, absences)
        if self.is_audit:
            values.update(
                is_audit=True,
                program=self.checklist_id.program,
                auditor_ids=[fields.Command.set(self.auditor_ids.ids)],
            )
        return values

    def action_audit_now(self):
        """Open the next audit of this program, to begin with it."""
        self.check_access("read")
        self.ensure_one()
        audit = self.env["medical.core.round"].search(
            [
                ("schedule_id", "=", self.id),
                ("state", "in", ("planned", "in_progress")),
            ],
            order="date_due",
            limit=1,
        )
        if not audit:
            raise UserError(
                self.env._(
                    "“%s” has no audit ahead: look at its dates, or wait until the next "
                    "one is planned.",
                    self.name,
                )
            )
        return audit.get_formview_action()
