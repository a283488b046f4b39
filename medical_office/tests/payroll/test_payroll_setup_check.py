"""The checks of the set-up: what is missing, which claims lapse."""

from datetime import date

from odoo.tests import freeze_time, tagged

from .payroll_case import PayrollCase


@tagged("post_install", "-at_install")
class TestPayrollSetupCheck(PayrollCase):
    def findings(self, method):
        result = getattr(self.env["hr.employee"], method)()
        return {row.res_id: row for row in result.rows}

    @freeze_time("2026-06-10 12:00:00")
    def test_what_is_missing_is_named_once_for_each_person(self):
        whole = self.hire("Whole", 50000)
        lacking = self.hire("Lacking", 0, w4=None, medical_work_state_id=self.texas.id)
        self.env["medical.payroll.account"].create(
            {
                "employee_id": whole.id,
                "name": "First Bank",
                "routing": "021000021",
                "new_number": "12345678",
            }
        )
        rows = self.findings("_medical_check_pay_setup")
        self.assertNotIn(whole.id, rows)
        summary = rows[lacking.id].summary
        for text in (
            "a wage",
            "a Form W-4",
            "Lacking has no bank account: will be paid by check",
            "rate for Texas in 2026",
        ):
            self.assertIn(text, summary)
        self.assertNotIn("schedule", summary)
        self.assertNotIn(self.employees["staff"].id, rows)  # not on our payroll

    def test_a_claim_of_exemption_is_due_before_it_lapses(self):
        claims = self.hire("Claims", 50000, w4={"exempt": True, "exempt_year": 2026})
        with freeze_time("2026-12-01 12:00:00"):
            self.assertFalse(self.findings("_medical_check_w4_exemption"))
        with freeze_time("2027-01-20 12:00:00"):
            row = self.findings("_medical_check_w4_exemption")[claims.id]
            self.assertEqual(row.date_due, date(2027, 2, 16))
        self.env["medical.payroll.w4"].create(
            {"employee_id": claims.id, "date_from": "2027-01-21"}
        )
        with freeze_time("2027-01-22 12:00:00"):
            self.assertFalse(self.findings("_medical_check_w4_exemption"))

    def test_staff_reads_the_own_data_in_the_client(self):
        self.employees["staff"].user_id = False
        self.env.flush_all()
        ann = self.hire("Ann", 50000, user_id=self.users["staff"].id)
        self.hire("Bob", 50000)
        forms = self.env["medical.payroll.w4"].with_user(self.users["staff"])
        action = self.env.ref("medical_office.payroll_own_w4_action")
        self.assertIn("uid", action.domain)
        self.assertEqual(forms.search([]).employee_id.ids, ann.ids)
        view = forms.get_views([(False, "list"), (False, "form")])
        fields = list(view["models"]["medical.payroll.w4"]["fields"])
        self.assertEqual(
            forms.search([]).read(fields)[0]["filing_status"], "single_mfs"
        )

    def test_a_rate_below_a_coming_minimum_is_told_before_it_rises(self):
        alaska = self.env.ref("base.state_us_2")
        low = self.hire("Low", 13.5, "hour", medical_work_state_id=alaska.id)
        enough = self.hire("Enough", 14, "hour", medical_work_state_id=alaska.id)
        exempt = self.hire("Exempt", 12000)
        with freeze_time("2026-05-01 12:00:00"):
            self.assertFalse(self.findings("_medical_check_minimum_wage"))
        with freeze_time("2026-06-10 12:00:00"):
            rows = self.findings("_medical_check_minimum_wage")
            self.assertEqual(rows[low.id].date_due, date(2026, 7, 1))
            self.assertIn(
                "Alaska on 07/01/2026: $\N{NO-BREAK SPACE}14.00", rows[low.id].summary
            )
            self.assertNotIn(enough.id, rows)
            self.assertNotIn(exempt.id, rows)
            low.create_version({"date_version": "2026-07-01", "wage": 14.25})
            self.assertNotIn(low.id, self.findings("_medical_check_minimum_wage"))
        with freeze_time("2031-06-10 12:00:00"):
            self.assertFalse(self.findings("_medical_check_minimum_wage"))
