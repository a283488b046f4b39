"""Which site of the practice a work location of people is, and who works there."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...core.mixins.listing import named

NAMED = 3  # people that a refusal names


class HrWorkLocation(models.Model):
    """Where somebody works says which minimum wage and pay grade are theirs, and at
    which site an audit counts them: it does not go while somebody works there."""

    _name = "hr.work.location"
    _inherit = ["medical.core.own.companies", "hr.work.location"]
    _check_company_auto = True

    address_id = fields.Many2one(default=lambda self: self.env.company.partner_id)
    medical_site_id = fields.Many2one(
        "stock.warehouse",
        string="Site",
        domain="[('medical_is_site', '=', True), ('company_id', '=', company_id)]",
        check_company=True,
        index="btree_not_null",
        help="An audit of a site counts the people who work there.",
    )

    def write(self, vals):
        if not vals.get("active", True):
            self.check_access("write")  # who works there is not told to everybody
            self._medical_check_nobody()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _medical_unlink_empty(self):
        self._medical_check_nobody()

    def _medical_check_nobody(self):
        """:raises UserError: says who works there, and what to do first"""
        # sudo: who works there counts, also where this user may not see them
        people = self.env["hr.employee"].sudo()
        people = people.search([("work_location_id", "in", self.ids)])
        if people:
            raise UserError(
                self.env._(
                    "%(place)s: %(names)s work there. Give them another work location "
                    "first.",
                    place=", ".join(people.work_location_id.mapped("name")),
                    names=named(self.env, people.mapped("name"), NAMED),
                )
            )
