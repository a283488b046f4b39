"""The roster of a payer: who is enrolled where, as the file that payers ask for."""

import base64

from odoo import fields, models
from odoo.exceptions import UserError

from ....tools.csvsafe import write_table


class PayerPayer(models.Model):
    _inherit = "medical.payer.payer"

    roster = fields.Binary(readonly=True, attachment=True, copy=False)
    roster_at = fields.Datetime("Roster exported", readonly=True, copy=False)

    def _roster_rows(self):
        """Cells of each provider's row: effective enrollments, by provider and site."""
        self.ensure_one()
        enrollments = self.env["medical.payer.enrollment"].search(
            [("payer_id", "=", self.id), ("state", "=", "effective")],
            order="provider_name, site_id, line_id",
        )
        licenses = enrollments._license_numbers()
        return [
            (
                # sudo: names of providers and sites are what a roster is about
                enrollment.sudo().provider_id.name,
                enrollment.npi or "",
                licenses.get(enrollment.provider_id.id, ""),
                enrollment.sudo().site_id.name,  # sudo: as above
                enrollment.line_id.name,
                enrollment.number or "",
                enrollment.date_effective,
            )
            for enrollment in enrollments
        ]

    def action_roster(self):
        """Download the roster as CSV; no cell of it runs as a formula.

        :raises UserError: nobody is effective with this payer
        """
        self.env["medical.core.guard"]._check_caller(
            "core_group_hr", "core_group_manager"
        )
        self.ensure_one()
        self.check_access("write")
        rows = self._roster_rows()
        if not rows:
            raise UserError(
                self.env._(
                    "%s: no enrollment is effective, so the roster is empty. Move "
                    "enrollments to “Effective” first.",
                    self.name,
                )
            )
        _ = self.env._
        header = (
            _("Provider"),
            _("NPI"),
            _("License"),
            _("Site"),
            _("Line of business"),
            _("Number with the payer"),
            _("Effective from"),
        )
        self._pen().write(
            {
                "roster": base64.b64encode(write_table(header, rows)),
                "roster_at": fields.Datetime.now(),
            }
        )
        name = f"roster-{self.payer_ref or self.id}.csv"
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/roster/{name}?download=true",
            "target": "self",
        }
