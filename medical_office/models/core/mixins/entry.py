"""Journal entries that the program booked stay as they were booked."""

from odoo import api, models
from odoo.exceptions import UserError

# what makes another entry of it
TERMS = frozenset({"state", "date", "journal_id", "currency_id", "company_id"})
AMOUNTS = frozenset(
    {
        "account_id", "partner_id", "currency_id", "debit", "credit", "balance",
        "amount_currency",
    }
)  # fmt: skip


class AccountMove(models.Model):
    """A pay run, a returned deposit or a tax deposit names the entry it booked: it is
    corrected there, or by a reversal beside it, never by resetting it to draft."""

    _name = "account.move"
    _inherit = ["account.move", "medical.core.guard"]

    def _check_locks(self, vals):
        super()._check_locks(vals)
        if not TERMS.isdisjoint(vals):
            self._medical_check_booked()

    def _medical_check_booked(self):
        """:raises UserError: a posted entry among these was booked by the program"""
        posted = self.filtered(lambda move: move.state == "posted")
        for move, holder in posted._holders_of_proof().items():
            raise UserError(
                self.env._(
                    "%(entry)s was booked by “%(holder)s” and stays as it is. Correct it "
                    "there, or enter a reversal of the entry.",
                    entry=move.display_name,
                    holder=holder.display_name,
                )
            )


class AccountMoveLine(models.Model):
    _name = "account.move.line"
    _inherit = ["account.move.line", "medical.core.guard"]

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if not lines._is_program():
            lines.filtered(
                lambda line: line.parent_state == "posted"
            ).move_id._medical_check_booked()
        return lines

    def write(self, vals):
        if not AMOUNTS.isdisjoint(vals) and not self._is_program():
            self.move_id._medical_check_booked()
        return super().write(vals)
