"""What tests of figures start from: the US chart, two departments and two sites with cost
centers, and helpers that post bills, invoices and payments."""

from datetime import date

from odoo import Command
from odoo.tests import freeze_time

from ..common import PracticeCase

NOW = "2026-06-15 15:00:00"
TODAY = date(2026, 6, 15)


class FinanceCase(PracticeCase):
    """``self.accounts[code]`` by practice category, ``self.bill(...)``, ``self.pay(...)``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(NOW))
        cls.company.country_id = cls.env.ref("base.us")
        cls.env["account.chart.template"].try_loading(
            "us", company=cls.company, install_demo=False
        )
        cls.north = cls.env["stock.warehouse"].create(
            {
                "name": "North",
                "code": "NOR",
                "company_id": cls.company.id,
                "medical_is_site": True,
            }
        )
        cls.env["medical.payroll.posting"]._set_up(cls.company)
        cls.env["stock.warehouse"]._medical_set_up_cost_centers(cls.company)
        cls.center = {
            record: record.medical_analytic_account_id.id
            for record in (cls.nursing, cls.front_desk, cls.site, cls.north)
        }
        cls.project = cls.env["account.analytic.account"].create(
            {
                "name": "Grant",
                "company_id": cls.company.id,
                "plan_id": cls.env["account.analytic.plan"]
                .create({"name": "Grants"})
                .id,
            }
        )
        cls.vendor = cls.env["res.partner"].create({"name": "Lakeshore Properties"})
        cls.payer = cls.env["res.partner"].create({"name": "Badger Health Plan"})
        cls.rent = cls.account("Office Rent")
        cls.supplies = cls.account("Office Supplies")
        cls.fees = cls.account("Product Sales")
        cls.bank = cls.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", cls.company.id)], limit=1
        )
        cls.ledger = cls.env["medical.finance.accrual"]

    @classmethod
    def account(cls, name):
        account = cls.env["account.account"].search(
            [("name", "=", name), ("company_ids", "in", cls.company.ids)]
        )
        assert len(account) == 1, name
        return account

    @classmethod
    def category(cls, code):
        return cls.env.ref(f"medical_office.finance_category_{code}")

    @classmethod
    def map_account(cls, account, code):
        account.tag_ids = [Command.link(cls.category(code).tag_id.id)]

    @classmethod
    def bill(cls, lines, day=TODAY, kind="in_invoice", partner=None):
        """A posted bill (or what ``kind`` says); lines: (account, amount, distribution)."""
        bill = cls.env["account.move"].create(
            {
                "move_type": kind,
                "partner_id": (partner or cls.vendor).id,
                "company_id": cls.company.id,
                "invoice_date": day,
                "date": day,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": account.name,
                            "account_id": account.id,
                            "price_unit": amount,
                            "tax_ids": [Command.clear()],
                            "analytic_distribution": distribution,
                        }
                    )
                    for account, amount, distribution in lines
                ],
            }
        )
        bill.action_post()
        return bill

    @classmethod
    def entry(cls, lines, day=TODAY, post=True):
        """A journal entry; lines: (account, balance, distribution[, partner])."""
        journal = cls.env["account.journal"].search(
            [("type", "=", "general"), ("company_id", "=", cls.company.id)], limit=1
        )
        move = cls.env["account.move"].create(
            {
                "move_type": "entry",
                "journal_id": journal.id,
                "date": day,
                "line_ids": [
                    Command.create(
                        {
                            "account_id": account.id,
                            "balance": balance,
                            "analytic_distribution": distribution,
                            "partner_id": rest[0].id if rest else False,
                        }
                    )
                    for account, balance, distribution, *rest in lines
                ],
            }
        )
        if post:
            move.action_post()
        return move

    @classmethod
    def pay(cls, bill, amount, day):
        """Pay a part of a bill or an invoice, and settle it with the payment."""
        return (
            cls.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=bill.ids)
            .create({"amount": amount, "payment_date": day, "journal_id": cls.bank.id})
            ._create_payments()
        )

    def sums(self, model, *groups, domain=()):
        """{key: balance} of a view, in cents."""
        self.env.flush_all()
        rows = self.env[model]._read_group(
            [("company_id", "=", self.company.id), *domain], groups, ["balance:sum"]
        )
        return {
            (key[0] if len(key) == 1 else tuple(key)): round(balance, 2)
            for *key, balance in rows
            if round(balance, 2)
        }
