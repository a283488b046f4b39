"""Run in a shell of Odoo by ``bin/practice test reconcile``: a day's deposit, from the
drawer to the bank's line, reconciled by the OCA's optional addon as the accountant."""

from odoo import Command, fields
from odoo.tests import Form

from odoo.addons.medical_office.engine.finance.kept_ledger import CASH

VIEW = "account_reconcile_oca.bank_statement_line_form_reconcile_view"


def reconcile_a_deposit(env):
    """Raises where something is not as it should be."""
    company, today = env.company, fields.Date.today()
    accountant = env["res.users"].create(
        {
            "name": "Keeps the books",
            "login": "reconciles",
            "group_ids": [
                Command.link(env.ref("medical_office.core_group_accountant").id)
            ],
        }
    )
    books = env(user=accountant.id)
    journals = books["account.journal"].search([("company_id", "=", company.id)])
    income = books["account.account"].search(
        [("account_type", "=", "income"), ("company_ids", "in", company.ids)], limit=1
    )
    transit = company.transfer_account_id.with_env(books)
    taken = books["account.move"].create(
        {
            "date": today,
            "journal_id": journals.filtered(lambda one: one.type == "general")[:1].id,
            "line_ids": [
                Command.create({"account_id": transit.id, "balance": 300}),
                Command.create({"account_id": income.id, "balance": -300}),
            ],
        }
    )
    taken.action_post()
    bank_line = books["account.bank.statement.line"].create(
        {
            "journal_id": journals.filtered(lambda one: one.type == "bank")[:1].id,
            "date": today,
            "payment_ref": "DEPOSIT",
            "amount": 300,
        }
    )
    assert not bank_line.is_reconciled
    with Form(bank_line, view=VIEW) as form:
        form.add_account_move_line_id = taken.line_ids.filtered(
            lambda line: line.account_id == transit
        )
    bank_line.reconcile_bank_line()
    assert bank_line.is_reconciled
    both = (taken + bank_line.move_id).line_ids.filtered(
        lambda line: line.account_id == transit
    )
    assert both.mapped("reconciled") == [True, True], both.mapped("reconciled")
    env.flush_all()
    # what reports keep is still what the books say
    assert CASH.wrong(env.cr) == []
    print("a day's deposit is reconciled: 1 passed, 0 failed")
