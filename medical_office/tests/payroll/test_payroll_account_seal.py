"""Where pay goes is sealed: what people change is no difference, what SQL changes is."""

from odoo.tests import tagged

from ..core.test_core_seal import SealKeys
from .guard_case import GuardCase

MODEL = "medical.payroll.account"


@tagged("post_install", "-at_install")
class TestAccountSeal(SealKeys, GuardCase):
    def ours(self):
        return [
            (kind, record)
            for kind, model, record in self.differences()
            if model == MODEL
        ]

    def test_what_people_change_is_intact(self):
        one, other = self.accounts
        self.assertFalse(self.ours())
        self.as_role(other, "hr").action_archive()
        hr = self.as_role(one, "hr")
        hr.new_number = "555666777"
        hr.write({"routing": "121042882", "kind": "savings"})
        hr.employee_id = self.clerk
        self.assertFalse(self.ours())

    def test_a_number_changed_by_sql_is_named(self):
        one, other = self.accounts
        for column, value in (
            ("number", "999"),
            ("routing", "121042882"),
            ("share", "percent"),
            ("kind", "savings"),
        ):
            with self.subTest(column), self.env.cr.savepoint() as point:
                self.sql(
                    f"UPDATE medical_payroll_account SET {column} = %s, value = 1 "
                    "WHERE id = %s",
                    value,
                    one.id,
                )
                self.assertEqual(self.ours(), [("changed", one.id)])
                point.rollback()
            self.env.invalidate_all()
        self.assertFalse(self.ours())
        self.assertTrue(other)

    def test_an_account_put_in_by_sql_is_named(self):
        self.sql(
            """INSERT INTO medical_payroll_account
                      (employee_id, company_id, name, routing, number, kind, share,
                       prenote_state, active)
               SELECT employee_id, company_id, name, routing, '999', kind, share,
                      prenote_state, active
                 FROM medical_payroll_account WHERE id = %s""",
            self.accounts[0].id,
        )
        self.assertEqual([kind for kind, _record in self.ours()], ["unsealed"])

    def test_an_account_that_was_rightly_deleted_is_not_missing(self):
        one = self.accounts[0]
        one.sudo().unlink()
        self.assertFalse(self.ours())

    def test_an_account_deleted_by_sql_is_missing(self):
        one = self.accounts[0]
        self.sql("DELETE FROM medical_payroll_account WHERE id = %s", one.id)
        self.assertEqual(self.ours(), [("missing", one.id)])
