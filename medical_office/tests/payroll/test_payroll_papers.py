"""Forms that payroll holds stand in the personnel file without being asked for again."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .payroll_case import PayrollCase


@tagged("post_install", "-at_install")
class TestPayrollPapers(PayrollCase):
    def test_a_form_w4_counts_as_on_file(self):
        with_form = self.hire("Wanda Form", 50000)
        without = self.env["hr.employee"].create(
            {"name": "Nora New", "company_id": self.company.id}
        )
        people = with_form | without
        people._medical_follow_papers()
        rows = self.env["medical.people.standing"].search(
            [("employee_id", "in", people.ids), ("type_id.code", "=", "w4")]
        )
        self.assertEqual(
            {row.employee_id: row.status for row in rows},
            {with_form: "there", without: "missing"},
        )


@tagged("post_install", "-at_install")
class TestPayrollChange(PayrollCase):
    """A W-4 and a bank account that a person asks for, released by payroll."""

    def ask(self, **values):
        changes = self.env["medical.people.change"].with_user(self.users["staff"])
        change = changes.create(values)
        change.action_ask()
        return change

    def test_a_w4_takes_effect_once_it_is_released(self):
        forms = self.env["medical.payroll.w4"]
        own = [("employee_id", "=", self.employees["staff"].id)]
        change = self.ask(
            kind="w4", filing_status="married_joint", step3=2000, date_from="2026-06-01"
        )
        self.assertFalse(forms.search(own))
        with self.assertRaises(AccessError):
            change.action_release()
        change.with_user(self.users["payroll"]).action_release()
        form = forms.search(own)
        self.assertEqual((form.filing_status, form.step3), ("married_joint", 2000))

    def test_a_state_form_takes_effect_once_it_is_released(self):
        forms = self.env["medical.payroll.state.form"]
        person = self.employees["staff"]
        own = [("employee_id", "=", person.id)]
        kind = self.env.ref("medical_office.people_document_type_state_form")
        paper = self.env["medical.people.document"].create(
            {"employee_id": person.id, "type_id": kind.id}
        )
        values = {"kind": "state_form", "date_from": "2026-06-01"}
        with self.assertRaisesRegex(UserError, "choose the state"):
            self.ask(**values)
        illinois = self.env.ref("base.state_us_14")
        change = self.ask(
            **values, state_id=illinois.id, form_status="single", form_allowances=2
        )
        self.assertFalse(forms.search(own))
        with self.assertRaises(AccessError):
            change.action_release()
        change.with_user(self.users["hr"]).action_release()
        form = forms.search(own)
        self.assertEqual((form.state_id, form.allowances), (illinois, 2))
        # the paper that was asked for is on file at once
        self.assertFalse(paper.exists())
        papers = self.env["medical.people.document"].search(own)
        self.assertIn(kind, papers.filtered(lambda p: p.state == "accepted").type_id)

    def test_an_account_replaces_the_one_that_takes_what_remains(self):
        person = self.employees["staff"]
        accounts = self.env["medical.payroll.account"]
        old = accounts.create(
            {
                "employee_id": person.id,
                "name": "Old Bank",
                "routing": "121042882",
                "new_number": "11112222",
            }
        )
        values = {
            "kind": "account",
            "bank": "New Bank",
            "new_account_number": "33334444",
        }
        with self.assertRaisesRegex(UserError, "routing"):
            self.ask(**values, routing="123456789")
        change = self.ask(**values, routing="121042882")
        self.assertEqual(change.masked, "••••4444")
        with self.assertRaises(AccessError):
            change.read(["account_number"])
        change.with_user(self.users["payroll"]).action_release()
        self.assertFalse(old.active)
        new = accounts.search([("employee_id", "=", person.id)])
        self.assertEqual((new.name, new.masked[-4:]), ("New Bank", "4444"))
        self.assertIn("2222", change.before)
