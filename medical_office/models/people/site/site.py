"""A site of the practice is where people work: it can be chosen on an employee."""

from odoo import models


class StockWarehouse(models.Model):
    _inherit = "stock.warehouse"

    def write(self, vals):
        """The work location of a site is called as the site is, and closes with it."""
        alike = self.env["hr.work.location"]
        if "name" in vals:
            alike = self._medical_work_locations().filtered(
                lambda one: one.name == one.medical_site_id.name
            )
        result = super().write(vals)
        if alike:
            alike.name = vals["name"]
        if not vals.get("active", True):
            self._medical_work_locations().active = False
        return result

    def _medical_work_locations(self):
        # sudo: as in _medical_set_up_work_locations
        places = self.env["hr.work.location"].sudo()
        return places.search([("medical_site_id", "in", self.ids)])

    def _medical_check_unused(self):
        """A site closes when nobody works there."""
        result = super()._medical_check_unused()
        self._medical_work_locations()._medical_check_nobody()
        return result

    def _medical_set_up_site(self):
        """A site has a work location, as well."""
        super()._medical_set_up_site()
        self._medical_set_up_work_locations()

    def _medical_set_up_work_locations(self):
        """Make the work location of each site that has none.

        One of the same name that names no site is taken for it.
        """
        # sudo: who opens a site need not be of HR; name and address are the site's own
        locations = self.env["hr.work.location"].sudo()
        there = locations.with_context(active_test=False).search(
            [("company_id", "in", self.company_id.ids)]
        )
        free = {
            (one.company_id.id, one.name.casefold()): one
            for one in there
            if not one.medical_site_id
        }
        values = []
        for site in self - there.medical_site_id.with_env(self.env):
            same = free.get((site.company_id.id, site.name.casefold()))
            if same:
                same.medical_site_id = site
                continue
            values.append(
                {
                    "name": site.name,
                    "company_id": site.company_id.id,
                    "address_id": (site.partner_id or site.company_id.partner_id).id,
                    "medical_site_id": site.id,
                }
            )
        locations.create(values)
