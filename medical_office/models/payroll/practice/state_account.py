"""The practice's own figures with a state: unemployment rate, shares passed on."""

from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....engine.payroll.lawbook import by_law
from ....tools.money import money
from ....tools.payroll.tax import sutawages
from ....tools.payroll.tax.state_other import everything

TREATMENTS = [("taxed", "Taxed"), ("exempt", "Not taxed")]


@by_law
def _codes(_model):
    return list({tax.code: tax.name for tax in everything()}.items())


class PayrollStateAccount(models.Model):
    """One state and calendar year."""

    _name = "medical.payroll.state.account"
    _description = "State Account"
    _inherit = ["medical.core.guard"]
    _order = "year desc, state_id"

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    state_id = fields.Many2one(
        "res.country.state", required=True, domain="[('country_id.code', '=', 'US')]"
    )
    year = fields.Integer(
        required=True,
        default=lambda self: fields.Date.context_today(self).year,
        aggregator=None,
    )
    withholding_number = fields.Char("Withholding account")
    unemployment_number = fields.Char("Unemployment account")
    suta_percent = fields.Float(
        "Unemployment rate (%)",
        digits=(6, 4),
        help="From the state's rate notice.",
        aggregator=None,
    )
    suta_base = fields.Monetary(
        "Wage base",
        help="From the rate notice. Empty: the published wage base.",
        aggregator=None,
    )
    equal_support = fields.Boolean(
        "Share support equally",
        help=(
            "Several support orders get equal shares (Texas) instead of "
            "proportional ones."
        ),
    )
    suta_section_125 = fields.Selection(
        TREATMENTS,
        "Section 125 deductions",
        help="Whether the state's unemployment tax counts these as wages. Empty: the "
        "built-in rule, otherwise as the federal tax.",
    )
    suta_retirement = fields.Selection(
        TREATMENTS,
        "401(k) and 403(b) deferrals",
        help="As above.",
    )
    suta_remark = fields.Text("Wages it taxes", compute="_compute_suta_remark")
    citation = fields.Char("Rate notice", help="Number and date.")
    share_ids = fields.One2many("medical.payroll.state.share", "account_id")

    _unique = models.Constraint(
        "UNIQUE (company_id, state_id, year)",
        "An account for this state and year already exists.",
    )
    _range = models.Constraint(
        "CHECK (suta_percent >= 0 AND suta_percent <= 100 AND suta_base >= 0)",
        "The rate must be 0 to 100 percent, and the wage base cannot be negative.",
    )

    @api.depends("state_id", "year")
    def _compute_display_name(self):
        for account in self:
            name = f"{account.state_id.code or ''} {account.year or ''}"
            account.display_name = name.strip()

    @api.depends("state_id", "year", "suta_section_125", "suta_retirement")
    @by_law
    def _compute_suta_remark(self):
        """What is known of the state's wages, and what is taken as for FUTA."""
        for account in self:
            account.suta_remark = "\n".join(account._suta_remarks()) or False

    def _suta_remarks(self, used=("section_125", "retirement")):
        """A sentence for each group of deductions ``used`` and how it is taken."""
        self.ensure_one()
        if not self.state_id or not self.year:
            return []
        day, own = date(self.year, 12, 31), self._suta_taxed()
        known = {**sutawages.shipped(self.state_id.code, day), **own}
        open_ones = sutawages.unknown(self.state_id.code, day, own, used)
        found = []
        for key in used:
            place = {"what": sutawages.GROUPS[key], "state": self.state_id.name}
            if key in open_ones:
                text = self.env._(
                    "%(what)s: treated as for the federal tax; not verified for "
                    "%(state)s. Set it under State Accounts.",
                    **place,
                )
            elif known[key]:
                text = self.env._("%(what)s: %(state)s taxes them.", **place)
            else:
                text = self.env._("%(what)s: %(state)s does not tax them.", **place)
            found.append(text)
        return found

    def _suta_taxed(self):
        """{group: taxed} as the state told the practice, for the calculator."""
        self.ensure_one()
        given = {
            "section_125": self.suta_section_125,
            "retirement": self.suta_retirement,
        }
        return {group: how == "taxed" for group, how in given.items() if how}


class PayrollStateShare(models.Model):
    """What part of a state's employee tax the practice passes on."""

    _name = "medical.payroll.state.share"
    _description = "State Tax Share"
    _inherit = ["medical.core.guard"]

    account_id = fields.Many2one(
        "medical.payroll.state.account", required=True, index=True, ondelete="cascade"
    )
    code = fields.Selection(_codes, required=True, string="Tax")
    percent = fields.Float("Employee pays (%)", digits=(8, 6))

    _unique = models.Constraint(
        "UNIQUE (account_id, code)", "Each tax can be listed only once."
    )

    @api.constrains("percent", "code")
    @by_law
    def _check_percent(self):
        highest = {tax.code: tax for tax in everything()}
        for share in self:
            tax = highest[share.code]
            if not 0 <= money(share.percent) <= tax.percent:
                raise ValidationError(
                    self.env._(
                        "%(tax)s: the employee pays 0 to %(most)s percent.",
                        tax=tax.name,
                        most=tax.percent,
                    )
                )
