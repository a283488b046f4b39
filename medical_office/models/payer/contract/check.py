"""Contracts whose notice window is open, and those without a price."""

from odoo import api, fields, models
from odoo.tools import format_date

from ....models.core.check.answerable import Answerable, finding
from ....models.core.check.check import CheckResult


class PayerContract(models.Model):
    _inherit = "medical.payer.contract"

    def _medical_answerable(self):
        # sudo: who answers is named, whoever looks
        own = self.sudo()
        return Answerable(
            user_id=own.user_id.id or own.payer_id.user_id.id,
            backup_id=False,
            department_id=False,
            company_id=own.company_id.id,
        )

    @api.model
    def _medical_check_notice_window(self):
        """Contracts in force whose notice window is open and nobody has decided."""
        contracts = self.search([("state", "=", "in_force")])
        rows = [
            finding(
                contract,
                self.env._(
                    "%(what)s: notice can be given until %(day)s for the term that ends "
                    "on %(end)s. Decide whether to renew, renegotiate or end it.",
                    what=contract.display_name,
                    day=format_date(self.env, contract.notice_closes),
                    end=format_date(self.env, contract.term_end),
                ),
                date_due=contract.notice_closes,
            )
            for contract in contracts
            if contract.is_window_open and contract.notice_term != contract.term_end
        ]
        return CheckResult(len(contracts), rows)

    @api.model
    def _medical_check_no_schedule(self):
        """Contracts in force without a fee schedule that holds prices."""
        contracts = self.search([("state", "=", "in_force")])
        priced = self.env["medical.payer.schedule"].search(
            [("contract_id", "in", contracts.ids), ("fee_count", ">", 0)]
        )
        today = fields.Date.context_today(self)
        begun = priced.filtered(lambda one: one.date_from <= today).contract_id
        rows = [
            finding(
                contract,
                self.env._(
                    "%s has no fee schedule in force: what it pays cannot be checked. "
                    "Import its prices.",
                    contract.display_name,
                ),
            )
            for contract in contracts - begun
        ]
        return CheckResult(len(contracts), rows)
