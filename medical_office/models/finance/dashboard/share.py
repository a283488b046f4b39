"""Public links of dashboards: none for figures of pay, budget and the practice."""

from werkzeug.exceptions import Forbidden

from odoo import api, models
from odoo.exceptions import AccessError

from .dashboard import closed_models


class SpreadsheetDashboardShare(models.Model):
    _inherit = "spreadsheet.dashboard.share"

    @api.model_create_multi
    def create(self, vals_list):
        shares = super().create(vals_list)
        shares._medical_refuse_closed()
        return shares

    def write(self, vals):
        result = super().write(vals)
        self._medical_refuse_closed()
        return result

    def _medical_refuse_closed(self):
        for share in self:
            if share._medical_closed():
                raise AccessError(
                    self.env._(
                        "“%s” has no public link: anybody with the link would see figures "
                        "of pay, budget or the practice. Print the report, or send the "
                        "monthly pack to those who should read it.",
                        # sudo: the name, which who asks has just been told by the screen
                        share.sudo().dashboard_id.name,
                    )
                )

    def _medical_closed(self):
        """Whether the dashboard, or what was made of it, shows such figures."""
        self.ensure_one()
        # sudo: whatever may be read of the dashboard, a link to it is closed
        share = self.sudo()
        return share.dashboard_id.medical_is_closed or closed_models(
            share.spreadsheet_data
        )

    def _check_dashboard_access(self, access_token):
        """Links made before the dashboard showed such figures are closed, too."""
        super()._check_dashboard_access(access_token)
        if self._medical_closed():
            raise Forbidden(self.env._("This link is closed."))
