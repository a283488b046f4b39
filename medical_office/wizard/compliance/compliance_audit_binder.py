"""The audit binder: which program and period it holds."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.compliance.library.checklist import PROGRAMS
from ...models.compliance.measure.measure import Period

READERS = ("core_group_manager", "core_group_director", "core_group_auditor")


class ComplianceAuditBinder(models.TransientModel):
    """Program, period and site; the report reads the rest, with the reader's rights."""

    _name = "medical.compliance.audit.binder"
    _description = "Audit Binder"
    _inherit = ["medical.core.wizard"]
    _rec_name = "program"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    program = fields.Selection(PROGRAMS, "Audit program", help="Empty: every program.")
    date_from = fields.Date(
        "From",
        required=True,
        default=lambda self: fields.Date.context_today(self) - relativedelta(years=1),
    )
    date_to = fields.Date("To", required=True, default=fields.Date.context_today)
    site_id = fields.Many2one(
        "stock.warehouse",
        domain="[('medical_is_site', '=', True), ('company_id', '=', company_id)]",
    )
    audit_count = fields.Integer("Audits", compute="_compute_counts")
    finding_count = fields.Integer("Audit findings", compute="_compute_counts")

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for binder in self:
            if binder.date_from > binder.date_to:
                raise UserError(self.env._("“From” is after “To”."))

    @api.depends("program", "date_from", "date_to", "site_id", "company_id")
    def _compute_counts(self):
        for binder in self:  # one record: a dialog
            if not (binder.date_from and binder.date_to):
                binder.audit_count = binder.finding_count = 0
                continue
            binder.audit_count = len(binder._audits())
            binder.finding_count = len(binder._findings())

    def action_print(self):
        """The binder as PDF."""
        self.env["medical.core.guard"]._check_caller(*READERS)
        self.ensure_one()
        return self._report("compliance_audit_binder_report_action")

    def action_export(self):
        """The binder as a spreadsheet."""
        self.env["medical.core.guard"]._check_caller(*READERS)
        self.ensure_one()
        return self._report("compliance_audit_binder_report_xlsx_action")

    def _report(self, name):
        # sudo: the action itself; whoever may not print it is refused by its groups
        report = self.env.ref(f"medical_office.{name}").sudo()
        return report.report_action(self.ids, config=False)

    # ----------------------------------------------------------------- what it holds

    def _common(self):
        self.ensure_one()
        domain = fields.Domain("company_id", "=", self.company_id.id)
        if self.program:
            domain &= fields.Domain("program", "=", self.program)
        if self.site_id:
            domain &= fields.Domain("site_id", "=", self.site_id.id)
        return domain

    def _audits(self):
        """Audits due in the period, in order."""
        period = Period(self.date_from, self.date_to, self.company_id, self.site_id)
        low, high = period.moments()
        return self.env["medical.core.round"].search(
            self._common()
            & fields.Domain("is_audit", "=", True)
            & fields.Domain([("date_due", ">=", low), ("date_due", "<", high)]),
            order="date_due, id",
        )

    def _findings(self):
        """Findings found, due or closed in the period, or still open after it."""
        low, high = self.date_from, self.date_to
        return self.env["medical.compliance.audit.finding"].search(
            self._common()
            & fields.Domain("date_found", "<=", high)
            & (
                fields.Domain("state", "in", ("open", "action", "look"))
                | fields.Domain("date_found", ">=", low)
                | fields.Domain("closed_at", ">=", low)
            ),
            order="date_found, id",
        )

    def _analyses(self):
        """Signed risk analyses of the period, for the Security Rule."""
        if self.program and self.program != "hipaa_security":
            return self.env["medical.compliance.risk.analysis"]
        return self.env["medical.compliance.risk.analysis"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "=", "signed"),
                ("date", ">=", self.date_from),
                ("date", "<=", self.date_to),
            ],
            order="date",
        )
