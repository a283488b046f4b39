"""No tax that nobody asked for: what the host's generic chart brings is no US tax."""

from odoo import models

GENERIC = "generic_coa"
GENERIC_PERCENT = 15  # what it puts on each sale and purchase


class AccountChartTemplate(models.AbstractModel):
    _inherit = "account.chart.template"

    def _post_load_data(self, template_code, company, template_data):
        """The generic chart puts 15 % on each sale and purchase; no US state does.

        A default that the accountant chooses later is left alone.
        """
        result = super()._post_load_data(template_code, company, template_data)
        if template_code == GENERIC:
            (company or self.env.company)._medical_drop_generic_tax()
        return result


class ResCompany(models.Model):
    _inherit = "res.company"

    def _medical_drop_generic_tax(self):
        """Take the generic chart's default taxes away where they are no law: in the US.

        :return: the taxes that were defaults, of all these companies
        """
        taxes = self.env["account.tax"]
        for company in self:
            country = company.account_fiscal_country_id or company.country_id
            if country.code != "US" or company.chart_template != GENERIC:
                continue
            for name in ("account_sale_tax_id", "account_purchase_tax_id"):
                tax = company[name]
                # what the practice chose or corrected since is its own
                if tax.amount_type == "percent" and tax.amount == GENERIC_PERCENT:
                    taxes |= tax
                    company[name] = False
        return taxes
