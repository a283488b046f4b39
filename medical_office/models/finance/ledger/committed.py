"""What confirmed orders will still be billed, by department and account."""

from odoo import fields, models

from ....engine.finance.kept_ledger import committed_kept


class FinanceCommitted(models.Model):
    _name = "medical.finance.committed"
    _description = "On Order and Not Billed"
    _inherit = ["medical.finance.ledger"]
    _auto = False
    _document = "order_id"
    _depends = {
        "purchase.order.line": [
            "analytic_distribution",
            "company_id",
            "date_planned",
            "display_type",
            "name",
            "order_id",
            "partner_id",
            "price_subtotal",
            "product_id",
            "product_qty",
            "qty_invoiced",
        ],
        "purchase.order": ["currency_rate", "date_order", "state"],
        "product.product": ["product_tmpl_id"],
        "product.template": ["categ_id", "property_account_expense_id"],
        "product.category": ["property_account_expense_categ_id"],
        "ir.default": ["json_value"],
        "res.company": ["currency_id", "expense_account_id", "resource_calendar_id"],
        "resource.calendar": ["tz"],
        "account.account": ["medical_category_id"],
        "hr.department": ["medical_analytic_account_id"],
        "stock.warehouse": ["medical_analytic_account_id"],
    }

    order_id = fields.Many2one("purchase.order", readonly=True)
    order_line_id = fields.Many2one("purchase.order.line", readonly=True)

    @property
    def _table_query(self):
        return committed_kept()
