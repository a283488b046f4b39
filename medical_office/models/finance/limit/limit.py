"""What of budgets and books passes up to an amount."""

from odoo import api, fields, models


class CoreLimit(models.Model):
    _inherit = "medical.core.limit"

    kind = fields.Selection(
        selection_add=[
            ("budget", "Budgets, transfers and budget exceptions"),
            ("variance", "Variances without a cause"),
        ],
        ondelete={"budget": "cascade", "variance": "cascade"},
    )

    @api.model
    def _tolerances(self, company, day):
        """{department id or False: dollars a month may be off without a word}.

        The row that says most (company, department, the younger) goes first; 0 where
        there is no row.
        """
        # sudo: a tolerance binds everybody, who need not be able to read the table
        rows = self.sudo().search(
            [
                ("kind", "=", "variance"),
                ("company_id", "in", [False, company.id]),
                "|", ("date_from", "=", False), ("date_from", "<=", day),
                "|", ("date_to", "=", False), ("date_to", ">=", day),
            ]
        )  # fmt: skip
        found = {}
        for row in rows.sorted(lambda each: each._rank()):
            amount = float("inf") if row.is_unlimited else row.amount
            found[row.department_id.id] = amount
        return found
