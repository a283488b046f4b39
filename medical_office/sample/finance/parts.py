"""The parts of finance in the sample practice, in their order; and its chart."""

from odoo import models

PARTS = ("finance_books", "finance_numbers", "finance_bank", "finance_budget")


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
        charts = practice.env["medical.finance.chart.wizard"]
        supplies, *_others = charts._load(practice.company)
        # what is bought for the shelves is no miscellaneous expense
        practice.company.expense_account_id = supplies
