"""No tax that nobody asked for: what a chart proposes on each sale and purchase.

A practice sells care, which no US state taxes as a sale. The sales tax that a vendor
charges, as it does on some of what a practice buys, stands on the bill and is entered there.
"""

from odoo import models

DEFAULTS = ("account_sale_tax_id", "account_purchase_tax_id")


class AccountChartTemplate(models.AbstractModel):
    _inherit = "account.chart.template"

    def _medical_is_untaxed(self, company):
        """Whether the chart's default taxes are no law where the company is."""
        country = company.account_fiscal_country_id or company.country_id
        return country.code in ("US", False)

    def _pre_load_data(self, template_code, company, template_data, data):
        """The US chart puts the state's sales tax on each sale and purchase."""
        data = super()._pre_load_data(template_code, company, template_data, data)
        if self._medical_is_untaxed(company):
            for name in DEFAULTS:
                data["res.company"][company.id].pop(name, None)
        return data

    def _post_load_data(self, template_code, company, template_data):
        """Where the chart names no default the host takes the first tax that it finds:
        15 % of the generic chart. A default that the accountant chose is left alone."""
        company = company or self.env.company
        empty = [name for name in DEFAULTS if not company[name]]
        result = super()._post_load_data(template_code, company, template_data)
        if self._medical_is_untaxed(company):
            company.write(dict.fromkeys(empty, False))
        return result
