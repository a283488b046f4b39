"""Names on W-2s: as entered, or taken from the name; doubts are asked about."""

import base64

from freezegun import freeze_time
from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .run_case import NOW, RunCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPayrollNames(RunCase):
    def filing(self):
        self.company.write(
            {
                "vat": "39-1234567",
                "medical_ssa_user_id": "TEST2026",
                "phone": "608-555-0100",
                "email": "pay@test.example",
                "street": "1 Lake Road",
                "city": "Madison",
                "zip": "53703",
            }
        )
        filing = self.env["medical.payroll.tax.return"].create(
            {"company_id": self.company.id, "kind": "w2", "year": 2026}
        )
        filing.action_compute()
        return filing

    def names(self, filing):
        """[(first, middle, last, suffix)] as the file has them."""
        content = filing.sudo().with_context(bin_size=False).content
        records = base64.b64decode(content).decode().split("\r\n")
        cuts = ((11, 26), (26, 41), (41, 61), (61, 65))
        return [
            tuple(record[first:last].strip() for first, last in cuts)
            for record in records
            if record.startswith("RW")
        ]

    def test_a_credential_is_no_surname_and_a_suffix_stands_apart(self):
        self.nurse.name = "Nora Ann Salary Jr., RN"
        self.paid_out()
        names = self.names(self.filing())
        self.assertIn(("NORA", "ANN", "SALARY", "JR"), names)

    def test_a_compound_surname_is_asked_about_and_entered(self):
        self.nurse.name = "Nora de la Cruz"
        self.paid_out()
        filing = self.filing()
        self.assertIn("the surname on the W-2 is “Cruz”", filing.problems)
        payroll = self.as_role(self.nurse, "payroll")
        payroll.write({"medical_first_name": "Nora", "medical_last_name": "de la Cruz"})
        filing.action_compute()
        self.assertNotIn("surname", filing.problems or "")
        self.assertIn(("NORA", "", "DE LA CRUZ", ""), self.names(filing))

    def test_the_file_and_the_form_given_out_print_the_same_name(self):
        """The legal name, by its help on the form, or the parts where they are entered."""
        self.nurse.name = "Nora Salary, RN"
        self.assertEqual(self.nurse.legal_name, "Nora Salary, RN")  # corrected with it
        self.nurse.legal_name = "Eleonora Ann Salary Jr., RN"
        self.nurse.name = "Nora Salary"
        self.assertEqual(self.nurse.legal_name, "Eleonora Ann Salary Jr., RN")
        self.paid_out()
        filing = self.filing()
        self.assertIn(("ELEONORA", "ANN", "SALARY", "JR"), self.names(filing))
        self.assertIn(
            "Eleonora Ann Salary Jr",
            [form["employee_name"] for form in filing._w2_forms()],
        )
        names = self.as_role(filing, "payroll").action_w2_names()
        people = self.env[names["res_model"]].search(names["domain"])
        self.assertEqual(people, self.nurse | self.clerk)
        self.assertEqual(self.nurse.medical_w2_name, "Eleonora Ann Salary Jr")
        self.as_role(self.nurse, "payroll").medical_last_name = "de Salary"
        self.assertEqual(self.nurse.medical_w2_name, "Eleonora de Salary")
        self.assertIn(
            "Eleonora de Salary",
            [form["employee_name"] for form in filing._w2_forms()],
        )

    def test_what_can_be_entered_on_the_hosts_form_can_be_on_ours(self):
        """Payroll works on the practice's own form: nothing of ours lacks there."""
        views = [
            etree.fromstring(self.env.ref(f"medical_office.{name}").arch_db)
            for name in ("hr_employee_view_form_payroll", "payroll_employee_view_form")
        ]
        [theirs] = views[0].xpath("//page[@name='medical_pay']")
        there = {
            field.get("name")
            for field in theirs.iter("field")
            if not any(up.tag == "list" for up in field.iterancestors())
        }
        ours = {field.get("name") for field in views[1].iter("field")}
        self.assertFalse(there - ours)

    def test_staff_does_not_see_the_parts(self):
        with self.assertRaises(AccessError):
            self.as_role(self.nurse, "staff").read(["medical_last_name"])
