"""The parts of finance in the sample practice, in their order; and its chart."""

from odoo import models

PARTS = ("finance_books", "finance_numbers", "finance_budget")
# accounts that the US chart lacks and a practice adds: code, name, type
ADDED = (
    ("605100", "Medical Supplies", "expense"),
    ("605200", "Drugs and Vaccines", "expense"),
    ("656500", "Depreciation of Equipment", "expense_depreciation"),
)


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
        supplies, *_others = practice.env["account.account"].create(
            [
                {"code": code, "name": name, "account_type": kind}
                for code, name, kind in ADDED
            ]
        )
        # what is bought for the shelves is no miscellaneous expense
        practice.company.expense_account_id = supplies
