"""Lists of proposals that are worked out anew each morning, or when somebody asks."""

from odoo import api, models
from odoo.exceptions import AccessError


class SupplyProposed(models.AbstractModel):
    """A heir says what its proposals are, and how to work them out (``_refresh``)."""

    _name = "medical.supply.proposed"
    _description = "Recalculated Proposals"
    _inherit = ["medical.core.guard"]

    @api.model
    def action_refresh(self):
        """Work the proposals of the user's companies out anew."""
        if not self.env.user.has_group("medical_office.core_group_head"):
            raise AccessError(self._refused_refresh())
        sites = self.env["stock.warehouse"]._medical_sites(self.env.companies)
        # sudo: the arithmetic looks at all stock of the site, whoever asks for it
        self.sudo()._pen()._refresh(sites)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    @api.model
    def _cron_refresh(self):
        """Every morning, for all sites, each by itself.

        :return: the sites that failed
        """
        sites = self.env["stock.warehouse"]._medical_sites()
        return sites - self.env["medical.core.job.fault"]._each(
            self._refresh_title(), sites, self._refresh
        )

    @api.model
    def _refresh(self, sites):
        """Replace the undecided proposals of these sites by today's.

        :return: the new ones; none of a model that proposes nothing
        """
        return self.browse()

    def _refresh_title(self):
        """What the job does, for the register of jobs that failed."""
        return self.env._("calculate proposals")

    def _refused_refresh(self):
        """Who may ask, for whoever may not."""
        return self.env._("Only department heads and above can calculate proposals.")
