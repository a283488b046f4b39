"""What the three views of the ledger share: a row is a part of a line, by department."""

from odoo import api, fields, models
from odoo.exceptions import AccessError


class FinanceLedger(models.AbstractModel):
    """Rows that statements add up, as if they were journal items.

    They have what MIS asks of a source of figures (account, debit, credit, date, company,
    state of the entry) and what our record rules look at (department, company). So a
    department head runs a statement over them without any access to the ledger.
    """

    _name = "medical.finance.ledger"
    _description = "Rows of Statements"
    _order = "date desc, id desc"

    name = fields.Char("Label", readonly=True)
    date = fields.Date(readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    account_id = fields.Many2one("account.account", readonly=True)
    category_id = fields.Many2one("medical.finance.category", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    site_id = fields.Many2one("stock.warehouse", readonly=True)
    partner_id = fields.Many2one("res.partner", readonly=True)
    debit = fields.Monetary(currency_field="company_currency_id", readonly=True)
    credit = fields.Monetary(currency_field="company_currency_id", readonly=True)
    balance = fields.Monetary(
        currency_field="company_currency_id", readonly=True, aggregator="sum"
    )
    is_profit = fields.Boolean(
        "Income or Cost", readonly=True, help="No part of the balance sheet."
    )
    parent_state = fields.Selection(
        [("draft", "Draft"), ("posted", "Posted"), ("cancel", "Canceled")],
        "Status",
        readonly=True,
    )

    can_open = fields.Boolean(compute="_compute_can_open")

    @api.depends_context("uid")
    def _compute_can_open(self):
        """Whether who looks may read what the row came from."""
        readable = self.mapped(self._document)._filtered_access("read")
        for row in self:
            row.can_open = row[self._document] in readable

    def action_open_document(self):
        """Open what the row came from.

        :raises AccessError: an office manager reads every row, but of entries bills alone
        """
        self.ensure_one()
        self.check_access("read")
        document = self[self._document]
        if not document.has_access("read"):
            raise AccessError(
                self.env._(
                    "Your role does not read what this row came from. Ask the accountant "
                    "or the director to open it."
                )
            )
        return document.get_formview_action()
