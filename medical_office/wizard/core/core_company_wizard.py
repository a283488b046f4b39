"""Who the practice is: its name, address and EIN, entered by the office manager."""

import re

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.core.mixins.done import CLOSE, done

# what the dialog shows of the company, and nothing else of it
FIELDS = (
    "name",
    "street",
    "street2",
    "city",
    "state_id",
    "zip",
    "phone",
    "email",
    "website",
    "vat",
    "logo",
)

EIN = re.compile(r"\d{2}-?\d{7}")


class CoreCompanyWizard(models.TransientModel):
    """The host lets only its administrator write a company; here the manager does, as
    far as labels, letters and tax forms ask."""

    _name = "medical.core.company.wizard"
    _description = "Name and Address of the Practice"
    _inherit = ["medical.core.wizard"]

    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    name = fields.Char("Name of the Practice", required=True)
    street = fields.Char()
    street2 = fields.Char("Suite")
    city = fields.Char()
    state_id = fields.Many2one(
        "res.country.state", domain="[('country_id.code', '=', 'US')]"
    )
    zip = fields.Char("ZIP")
    phone = fields.Char()
    email = fields.Char()
    website = fields.Char()
    vat = fields.Char(
        "EIN", help="Employer identification number, nine digits: 39-1234567."
    )
    logo = fields.Image(max_width=1024, max_height=1024)

    @api.model
    def default_get(self, names):
        """What the company has already."""
        values = super().default_get(names)
        company = self.env.company
        for name in set(FIELDS).intersection(names):
            value = company[name]
            values[name] = value.id if name == "state_id" else value
        return values

    def action_save(self):
        """Write what was entered to the company one works in.

        :raises UserError: the EIN does not have nine digits
        """
        self.env["medical.core.guard"]._check_caller("core_group_manager")
        self.ensure_one()
        company = self.env.company
        vat = (self.vat or "").strip()
        if vat and not EIN.fullmatch(vat):
            raise UserError(
                self.env._(
                    "EIN: “%s” is not an employer identification number. Enter nine "
                    "digits, such as 39-1234567.",
                    vat,
                )
            )
        values = {
            name: self[name] for name in FIELDS if name not in ("state_id", "vat")
        }
        values |= {
            "state_id": self.state_id.id,
            "country_id": self.env.ref("base.us").id,
            "vat": vat and f"{vat[:2]}-{vat[-7:]}",
        }
        if not self.logo:
            values.pop("logo")
        # sudo: the host's administrator alone may write companies; these fields of one's
        # own company are the practice's letterhead
        company.sudo().write(values)
        return done(
            self.env,
            self.env._("The details of %s are saved.", company.name),
            then=CLOSE,
        )
