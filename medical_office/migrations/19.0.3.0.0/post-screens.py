"""Items of a US practice lose the taxes that its chart proposes for everything."""

from odoo import SUPERUSER_ID, api

DEFAULTS = ("account_sale_tax_id", "account_purchase_tax_id")
GENERIC_PERCENT = 15  # what the generic chart puts on each sale and purchase


def migrate(cr, version):
    """Able to run twice: what has no such default any more is left as it is."""
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    taxes = env["account.tax"]
    for company in env["res.company"].search([("chart_template", "!=", False)]):
        country = company.account_fiscal_country_id or company.country_id
        if country.code != "US":
            continue
        for name in DEFAULTS:
            if is_proposed(company, name):
                taxes |= company[name]
                company[name] = False
    if not taxes:
        return
    items = (
        env["product.template"]
        .with_context(active_test=False)
        .search(
            [
                ("medical_kind", "!=", False),
                "|",
                ("taxes_id", "in", taxes.ids),
                ("supplier_taxes_id", "in", taxes.ids),
            ]
        )
    )
    for tax in taxes:
        items.write({"taxes_id": [(3, tax.id)], "supplier_taxes_id": [(3, tax.id)]})


def is_proposed(company, name):
    """Whether a default is the chart's; what the practice chose since is its own."""
    tax = company[name]
    if company.chart_template == "generic_coa":
        return tax.amount_type == "percent" and tax.amount == GENERIC_PERCENT
    chart = company.env["account.chart.template"].with_company(company)
    named = chart._get_chart_template_data(company.chart_template)["res.company"]
    proposed = named[company.id].get(name)
    return bool(tax and proposed) and tax == chart.ref(
        proposed, raise_if_not_found=False
    )
