"""People of one site among those of the practice."""

from odoo import api, models


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    @api.model
    def _medical_elsewhere(self, site):
        """People of the site's company whose work location is another site.

        Whoever has no work location, or one that is no site (home), may work anywhere.

        :param site: ``stock.warehouse``; with an empty record nobody is elsewhere
        """
        if not site:
            return self.browse()
        other = [("medical_site_id", "not in", (site.id, False))]
        return self.search(
            [
                ("company_id", "=", site.company_id.id),
                ("work_location_id", "any", other),
            ]
        )
