"""To which account a catalog's purchases go, where nobody chose one."""

from odoo import api, models

from ....tools.finance.category.propose import account_of_items
from ...supply.item.catalog import CATEGORIES, category_of


class ProductCategory(models.Model):
    _inherit = "product.category"

    @api.model
    def _medical_book(self, company):
        """Give each of the catalog's categories the account of its practice category.

        An account that somebody chose stays; so does none, as long as no account is
        mapped that fits.
        """
        # sudo: the host keeps accounts of categories for its own administrators; only
        # what is empty is filled, from the accounts that the accountant mapped
        accounts = self.env["account.account"].sudo().search_fetch(
            [
                ("company_ids", "in", company.ids),
                ("account_type", "in", ("expense", "expense_direct_cost")),
                ("medical_category_id", "!=", False),
            ],
            ["name"],
            order="id",
        )  # fmt: skip
        known = [
            (account.id, account.name, account.medical_category_id.code)
            for account in accounts.with_context(lang="en_US")
        ]
        for kind in sorted(set(CATEGORIES.values())):
            # sudo: as above
            category = category_of(self.env, kind).sudo().with_company(company)
            field = category._fields["property_account_expense_categ_id"]
            # the chart's default is no choice
            nobodys = field.get_company_dependent_fallback(category)
            found = account_of_items(kind, known)
            if (
                category
                and found
                and category[field.name] in (nobodys, nobodys.browse())
            ):
                category[field.name] = found


class SupplyCatalog(models.AbstractModel):
    _inherit = "medical.supply.catalog"

    @api.model
    def _write(self, items, update=True):
        """The categories of what is bought get their accounts."""
        self.env["product.category"]._medical_book(self.env.company)
        return super()._write(items, update)
