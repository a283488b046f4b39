"""The parts of finance in the sample practice, in their order; and its chart."""

from odoo import models

PARTS = ("finance_books", "finance_numbers", "finance_budget")
# accounts that the US chart lacks and a practice adds: code, name
SUPPLIES = (("605100", "Medical Supplies"), ("605200", "Drugs and Vaccines"))


class CoreSample(models.AbstractModel):
    _inherit = "medical.core.sample"

    def _parts(self):
        # a month is closed last: its lock lies on what the others post and grant
        return [*super()._parts(), *PARTS, "finance_close"]

    def _doers(self):
        own = (*PARTS, "finance_close")
        return super()._doers() | dict.fromkeys(own, "schwartz")

    def _load_company(self, practice):
        """The US chart instead of the host's general one: only before anything is posted."""
        super()._load_company(practice)
        practice.env["account.chart.template"].try_loading(
            "us", company=practice.company, install_demo=False
        )
        supplies, _drugs = practice.env["account.account"].create(
            [
                {"code": code, "name": name, "account_type": "expense"}
                for code, name in SUPPLIES
            ]
        )
        # what is bought for the shelves is no miscellaneous expense
        goods = practice.env.ref("product.product_category_goods")
        goods.with_company(
            practice.company
        ).property_account_expense_categ_id = supplies
