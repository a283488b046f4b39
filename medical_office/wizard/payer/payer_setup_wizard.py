"""A new provider with all payers at once: what would be planned first, then planned."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...tools.payer.enroll.lead import plan


class PayerSetupWizard(models.TransientModel):
    _name = "medical.payer.setup.wizard"
    _description = "Plan the Enrollments of a Provider"
    _inherit = ["medical.core.wizard"]

    provider_id = fields.Many2one("hr.employee", required=True)
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company)
    date_needed = fields.Date(
        "Needed from", required=True, default=fields.Date.context_today
    )
    payer_ids = fields.Many2many(
        "medical.payer.payer",
        string="Payers",
        required=True,
        default=lambda self: self.env["medical.payer.payer"].search(
            [("company_id", "=", self.env.company.id)]
        ),
    )
    site_ids = fields.Many2many(
        "stock.warehouse",
        string="Sites",
        required=True,
        domain="[('medical_is_site', '=', True), ('company_id', '=', company_id)]",
        default=lambda self: (
            self.env["medical.payer.enrollment"]
            ._sites_of(self.env.company)
            .with_env(self.env)
        ),
    )
    summary = fields.Text("What will be planned", compute="_compute_summary")
    count = fields.Integer("Enrollments", compute="_compute_summary")

    @api.depends("provider_id", "date_needed", "payer_ids", "site_ids")
    def _compute_summary(self):
        enrollments = self.env["medical.payer.enrollment"]
        for wizard in self:
            if not wizard.provider_id or not wizard.date_needed:
                wizard.summary, wizard.count = False, 0
                continue
            missing = enrollments._missing(
                wizard.provider_id._origin,
                wizard.payer_ids._origin,
                wizard.site_ids._origin,
            )
            numbers = {}
            for payer, _site, _line in missing:
                numbers[payer] = numbers.get(payer, 0) + 1
            wizard.count = len(missing)
            wizard.summary = "\n".join(
                wizard._line(payer, number) for payer, number in numbers.items()
            )

    def _line(self, payer, number):
        days = plan(self.date_needed, payer.gather_days, payer.review_days)
        return self.env._(
            "%(payer)s: %(number)s, start by %(start)s, submit by %(submit)s",
            payer=payer.name,
            number=number,
            start=format_date(self.env, days.start),
            submit=format_date(self.env, days.submit),
        )

    def action_plan(self):
        """Plan the enrollments; those that exist stay as they are.

        :raises UserError: there is nothing to plan
        """
        self.check_access("write")
        self.env["medical.payer.enrollment"].check_access("create")
        made = self.env["medical.payer.enrollment"]._plan(
            self.provider_id, self.payer_ids, self.site_ids, self.date_needed
        )
        if not made:
            raise UserError(
                self.env._(
                    "%s is enrolled or planned with these payers at these sites already. "
                    "Choose others, or give the payers their lines of business.",
                    self.provider_id.name,
                )
            )
        return self.provider_id.action_medical_enrollments()
