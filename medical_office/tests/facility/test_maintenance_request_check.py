"""The checks of requests: each finds its case, and lets go when the cause is gone."""

from odoo.tests import tagged

from .request_case import RequestCase


@tagged("post_install", "-at_install")
class TestMaintenanceRequestCheck(RequestCase):
    def found(self, model, method):
        """The rows of a check that concern this company."""
        checks = self.env["medical.core.check"]._as_system()
        result = getattr(checks.env[model], method)()
        self.assertGreaterEqual(result.looked_at, bool(result.rows))
        return [row for row in result.rows if row.company_id == self.company.id]

    def test_late_requests(self):
        request = self.report("manager", equipment_id=self.chair.id, priority="3")
        rows = self.found("maintenance.request", "_medical_check_late")
        self.assertFalse(rows)
        # 8 hours are over
        request.sudo()._pen().medical_reported_at = "2026-11-24 10:00:00"
        rows = self.found("maintenance.request", "_medical_check_late")
        self.assertEqual([row.res_id for row in rows], request.ids)
        self.assertEqual(rows[0].severity, "critical")
        self.assertEqual(rows[0].user_id, self.technician.id)
        request.with_user(self.users["manager"]).archive_equipment_request()
        self.assertFalse(self.found("maintenance.request", "_medical_check_late"))

    def test_critical_assets_down(self):
        method = ("maintenance.equipment", "_medical_check_critical_down")
        self.assertFalse(self.found(*method))
        self.report("manager", equipment_id=self.chair.id, priority="3")
        self.assertFalse(self.found(*method))  # a chair is not critical
        request = self.fail_line(self.autoclave)
        rows = self.found(*method)
        self.assertEqual([row.res_id for row in rows], self.autoclave.ids)
        self.assertIn(request.name, rows[0].summary)
        scrap = self.env["maintenance.stage"]._medical_stage("scrap")
        request.stage_id = scrap
        rows = self.found(*method)  # nothing to repair, and still tagged out
        self.assertIn("with no open repair", rows[0].summary)

    def test_repeated_failures(self):
        method = ("maintenance.equipment", "_medical_check_repeated")
        for day in ("2026-09-01", "2026-10-01"):
            self.report("manager", equipment_id=self.chair.id, request_date=day)
        self.assertFalse(self.found(*method))
        self.report("manager", equipment_id=self.chair.id)
        rows = self.found(*method)
        self.assertEqual([row.res_id for row in rows], self.chair.ids)
        self.assertIn("3 times in 90 days", rows[0].summary)

    def test_insurance_and_licenses_that_end(self):
        method = ("medical.facility.vendor.approval", "_medical_check_insurance")
        approval = self.approve_vendor(insurance_until="2026-12-25")
        self.assertFalse(self.found(*method))
        approval.insurance_until = "2026-12-24"
        self.assertEqual([row.severity for row in self.found(*method)], ["medium"])
        approval.write({"insurance_until": "2026-11-23", "license_until": "2026-12-01"})
        rows = self.found(*method)
        self.assertEqual([row.severity for row in rows], ["high", "medium"])
        self.assertIn("do not assign work", rows[0].summary)

    def test_technicians_licenses(self):
        method = ("medical.core.credential", "_medical_check_ending")
        values = {
            "user_id": self.technician.id,
            "type_id": self.credential_type("electrical").id,
            "company_id": self.company.id,
            "date_from": "2020-01-01",
            "date_to": "2026-12-01",
        }
        credential = self.env["medical.core.credential"].create(values)
        rows = self.found(*method)
        self.assertEqual([row.res_id for row in rows], credential.ids)
        self.assertEqual(rows[0].user_id, self.technician.id)
        credential.copy({"date_to": "2029-12-01"})  # renewed
        self.assertFalse(self.found(*method))
        endless = credential.copy({"date_to": False})
        endless.action_void("Entered by mistake")
        credential.search([("date_to", "=", "2029-12-01")]).action_void("Revoked")
        self.assertEqual(len(self.found(*method)), 1)

    def test_a_credential_is_reminded_of_as_early_as_its_type_says(self):
        method = ("medical.core.credential", "_medical_check_ending")
        kind = self.credential_type("hvac")
        self.env["medical.core.credential"].create(
            {
                "user_id": self.technician.id,
                "type_id": kind.id,
                "company_id": self.company.id,
                "date_from": "2020-01-01",
                "date_to": "2027-01-20",
            }
        )
        self.assertFalse(self.found(*method))
        kind.lead_days = 90
        self.assertEqual(len(self.found(*method)), 1)
        self.technician.active = False
        self.assertFalse(self.found(*method))

    def test_overdue_plans(self):
        method = ("medical.facility.maintenance.plan", "_medical_check_overdue")
        plan = self.env["medical.facility.maintenance.plan"].create(
            {
                "equipment_id": self.chair.id,
                "company_id": self.company.id,
                "owner_id": self.users["staff"].id,
                "date_next": "2026-11-24",
            }
        )
        self.assertFalse(self.found(*method))
        plan.date_next = "2026-11-23"
        rows = self.found(*method)
        self.assertEqual([row.res_id for row in rows], plan.ids)
        self.assertEqual(rows[0].user_id, self.users["staff"].id)

    def test_the_checks_are_registered_and_run(self):
        checks = self.env["medical.core.check"].search(
            [("code", "=like", "facility_%"), ("model_name", "not like", "tagout")]
        )
        codes = {
            "facility_request_late",
            "facility_critical_down",
            "facility_repeated_failure",
            "facility_vendor_insurance",
            "facility_license",
            "facility_bill_covered",
            "facility_maintenance_plan_overdue",
        }
        self.assertLessEqual(codes, set(checks.mapped("code")))
        ours = checks.filtered(lambda check: check.code in codes)
        self.fail_line(self.autoclave)
        self.env["medical.core.check"]._run(ours)
        self.assertFalse([check.error for check in ours if check.error])
        self.assertTrue(
            self.env["medical.core.exception"].search(
                [
                    ("res_model", "=", "maintenance.equipment"),
                    ("res_id", "=", self.autoclave.id),
                ]
            )
        )
