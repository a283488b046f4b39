"""Forms that payroll holds stand in the personnel file without being asked for again."""

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
