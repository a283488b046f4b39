"""Vendors' accounts and the practice's own are sealed: what people change is no difference,
what SQL changes is."""

from odoo.tests import tagged

from ..common import PracticeCase
from ..core.test_core_seal import SealKeys

ACCOUNT, JOURNAL, PAY = "res.partner.bank", "account.journal", "medical.payroll.bank"


@tagged("post_install", "-at_install")
class TestFinanceBankSeal(SealKeys, PracticeCase):
    def setUp(self):
        super().setUp()
        partners = self.env["res.partner"]
        self.vendor, self.other = partners.create(
            [
                {"name": "Vendor", "email": "v@x"},
                {"name": "Same Vendor", "email": "v@x"},
            ]
        )
        self.bank = self.env["res.bank"].create({"name": "First", "bic": "FIRSUS33"})
        accounts = self.env[ACCOUNT]
        self.account = accounts.create(
            {
                "partner_id": self.vendor.id,
                "acc_number": "111222333",
                "bank_id": self.bank.id,
            }
        )
        self.own = accounts.create(
            {"partner_id": self.company.partner_id.id, "acc_number": "444555666"}
        )
        self.journal = self.env["account.journal"].create(
            {"name": "Operating", "type": "bank", "code": "OPER"}
        )
        self.journal.bank_account_id = self.own
        self.pay = self.env[PAY].create(
            {
                "name": "First",
                "destination": "121042882",
                "origin": "1123456789",
                "company_ident": "1123456789",
                "account": "987654",
                "journal_id": self.journal.id,
            }
        )

    def ours(self):
        return {
            (kind, model, record)
            for kind, model, record in self.differences()
            if model in (ACCOUNT, JOURNAL, PAY)
        }

    def test_what_people_change_is_intact(self):
        self.assertFalse(self.ours())
        self.account.write({"acc_number": "999888777"})
        self.account.acc_holder_name = "Vendor, Inc."
        self.account.action_archive()
        self.bank.bic = "FIRSUS44"
        self.pay.write({"destination": "021000021", "account": "12345"})
        self.journal.bank_account_id = self.own.copy({"acc_number": "777"})
        self.assertFalse(self.ours())
        self.bank.unlink()
        self.journal.bank_account_id = False
        self.pay.unlink()
        self.own.unlink()
        self.assertFalse(self.ours())

    def test_accounts_go_with_whose_they_are(self):
        """Deleted by the database with a contact, or moved when two are made one."""
        extra = self.env[ACCOUNT].create(
            {"partner_id": self.other.id, "acc_number": "5", "active": False}
        )
        merge = self.env["base.partner.merge.automatic.wizard"]
        merge._merge((self.vendor | self.other).ids, self.vendor)
        self.assertEqual(extra.partner_id, self.vendor)
        self.assertFalse(self.ours())
        self.vendor.unlink()
        self.assertFalse(self.account.exists())
        self.assertFalse(self.ours())

    def test_what_sql_changes_is_named(self):
        for table, column, value, record in (
            ("res_partner_bank", "acc_number", "'666'", self.account),
            ("res_partner_bank", "acc_holder_name", "'Me'", self.account),
            ("res_partner_bank", "clearing_number", "'021000021'", self.account),
            ("res_partner_bank", "active", "false", self.account),
            ("res_partner_bank", "partner_id", self.other.id, self.account),
            ("res_partner_bank", "acc_number", "'666'", self.own),
            ("account_journal", "bank_account_id", self.account.id, self.journal),
            ("medical_payroll_bank", "account", "'666'", self.pay),
            ("medical_payroll_bank", "destination", "'021000021'", self.pay),
        ):
            with self.subTest(f"{table}.{column}"), self.env.cr.savepoint() as point:
                self.sql(
                    f"UPDATE {table} SET {column} = {value} WHERE id = %s", record.id
                )
                self.assertEqual(self.ours(), {("changed", record._name, record.id)})
                point.rollback()
            self.env.invalidate_all()
        with self.env.cr.savepoint() as point:
            self.sql("UPDATE res_bank SET bic = 'MINEUS33' WHERE id = %s", self.bank.id)
            self.assertEqual(self.ours(), {("changed", ACCOUNT, self.account.id)})
            point.rollback()
        self.env.invalidate_all()
        self.assertFalse(self.ours())

    def test_one_put_in_or_taken_out_by_sql_is_named(self):
        self.sql(
            """INSERT INTO res_partner_bank (partner_id, acc_number, sanitized_acc_number,
                      active, l10n_us_bank_account_type)
               VALUES (%s, '666', '666', true, 'checking')""",
            self.vendor.id,
        )
        added = self.env[ACCOUNT].search([("acc_number", "=", "666")])
        self.sql("DELETE FROM res_partner_bank WHERE id = %s", self.account.id)
        self.assertEqual(
            self.ours(),
            {("unsealed", ACCOUNT, added.id), ("missing", ACCOUNT, self.account.id)},
        )
