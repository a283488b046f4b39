"""What the rules require: found where nobody planned it, proposed, then planned."""

from datetime import datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .facility_case import FacilityCase


@tagged("post_install", "-at_install")
class TestFacilityRequired(FacilityCase):
    def missing(self, asset):
        """Names of the checks that an asset lacks."""
        rules = self.env["medical.facility.rule"]
        return {
            rule.checklist_id.name
            for rule, targets in rules._missing(self.company).items()
            if targets._name == asset._name and asset in targets
        }

    def wizard(self, role="manager"):
        return (
            self.env["medical.facility.propose.wizard"]
            .with_user(self.users[role])
            .create({})
        )

    def test_the_register_says_what_nobody_checks(self):
        self.assertEqual(
            self.missing(self.extinguisher),
            {"Fire extinguisher, monthly", "Fire extinguisher, yearly maintenance"},
        )
        self.assertIn("monthly", self.extinguisher.medical_missing_check)

    def test_a_monthly_schedule_does_and_a_quarterly_one_does_not(self):
        schedule = self.env["medical.core.schedule"].create(
            {
                "checklist_id": self.env.ref(
                    "medical_office.facility_checklist_extinguisher_monthly"
                ).id,
                "equipment_ids": [(6, 0, self.extinguisher.ids)],
                "owner_id": self.users["staff"].id,
                "company_id": self.company.id,
                "frequency": "monthly",
            }
        )
        self.assertNotIn("Fire extinguisher, monthly", self.missing(self.extinguisher))
        schedule.frequency = "quarterly"
        self.assertIn("Fire extinguisher, monthly", self.missing(self.extinguisher))
        schedule.write({"frequency": "monthly", "active": False})
        self.assertIn("Fire extinguisher, monthly", self.missing(self.extinguisher))

    def test_a_monthly_schedule_that_leaves_months_out_does_not(self):
        days = [
            (day, day.replace(hour=23, minute=59))
            for day in (datetime(2027, 1, 26), datetime(2027, 4, 26))
        ]
        self.env["resource.calendar.leaves"].create(
            [
                {"name": "Closed", "date_from": start, "date_to": end}
                for start, end in days
            ]
        )
        schedule = self.env["medical.core.schedule"].create(
            {
                "checklist_id": self.env.ref(
                    "medical_office.facility_checklist_extinguisher_monthly"
                ).id,
                "equipment_ids": [(6, 0, self.extinguisher.ids)],
                "owner_id": self.users["staff"].id,
                "company_id": self.company.id,
                "frequency": "monthly",
                "month_day": 26,
            }
        )
        self.assertEqual(schedule.skip_closed, "next", "no month goes without it")
        self.assertNotIn("Fire extinguisher, monthly", self.missing(self.extinguisher))
        schedule.skip_closed = "skip"
        self.assertIn("Fire extinguisher, monthly", self.missing(self.extinguisher))

    def test_a_round_of_the_room_looks_at_what_stands_in_it(self):
        self.env["medical.core.schedule"].create(
            {
                "checklist_id": self.env.ref(
                    "medical_office.facility_checklist_extinguisher_monthly"
                ).id,
                "room_ids": [(6, 0, self.reception.ids)],
                "owner_id": self.users["staff"].id,
                "company_id": self.company.id,
                "frequency": "weekly",
            }
        )
        self.assertNotIn("Fire extinguisher, monthly", self.missing(self.extinguisher))
        self.extinguisher.location_id = self.store
        self.assertIn("Fire extinguisher, monthly", self.missing(self.extinguisher))

    def test_a_rule_that_is_not_in_force_requires_nothing(self):
        self.env["medical.facility.rule"].search([]).date_to = "2020-12-31"
        self.assertFalse(self.missing(self.extinguisher))

    def test_the_wizard_proposes_and_makes_the_schedules(self):
        wizard = self.wizard()
        names = wizard.line_ids.mapped("checklist_id.name")
        self.assertIn("Fire extinguisher, monthly", names)
        wizard.line_ids.owner_id = self.users["staff"]
        wizard.line_ids.backup_id = self.users["head"]
        action = wizard.action_create_schedules()
        schedules = self.env["medical.core.schedule"].search(action["domain"])
        monthly = schedules.filtered(lambda s: "monthly" in s.checklist_id.name)
        self.assertIn(self.extinguisher, monthly.equipment_ids)
        self.assertEqual(monthly[:1].site_id, self.site)
        self.assertFalse(self.missing(self.extinguisher))
        fridge = schedules.filtered(lambda s: self.fridge in s.equipment_ids)
        self.assertEqual(fridge.mapped("times"), ["07:45, 16:30"])
        self.assertFalse(self.wizard().line_ids, "nothing is left to propose")

    def test_a_new_asset_joins_the_schedule_that_exists(self):
        wizard = self.wizard()
        wizard.line_ids.owner_id = self.users["staff"]
        wizard.action_create_schedules()
        second = self.env["maintenance.equipment"].create(
            self._asset_values("Extinguisher 2", "fire_extinguisher", self.store)
        )
        count = self.env["medical.core.schedule"].search_count([])
        wizard = self.wizard()
        self.assertTrue(all(wizard.line_ids.mapped("schedule_id")))
        wizard.action_create_schedules()
        self.assertEqual(self.env["medical.core.schedule"].search_count([]), count)
        self.assertFalse(self.missing(second))

    def test_the_dialog_sends_what_its_lines_show(self):
        """As a browser does it: what a line shows read-only comes with it all the same."""
        self.test_a_new_asset_joins_the_schedule_that_exists()
        self.env["maintenance.equipment"].create(
            self._asset_values("Extinguisher 3", "fire_extinguisher", self.store)
        )
        model = self.env["medical.facility.propose.wizard"]
        manager = self.users["manager"]
        with Form(
            model.with_user(manager).with_context(allowed_company_ids=self.company.ids),
            "medical_office.facility_propose_wizard_view_form",
        ) as form:
            self.assertTrue(len(form.line_ids))
            form.backup_id = self.users["head"]
        wizard = form.record
        self.assertTrue(all(wizard.line_ids.mapped("schedule_id")))
        self.assertTrue(all(wizard.line_ids.mapped("summary")))
        self.assertTrue(all(wizard.line_ids.mapped("target_count")))
        wizard.action_create_schedules()
        self.assertFalse(self.wizard().line_ids)

    def test_a_line_without_an_owner_is_named(self):
        self.site.medical_manager_id = False
        with self.assertRaisesRegex(UserError, "Choose an owner(.|\n)*extinguisher"):
            self.wizard().action_create_schedules()

    def test_one_person_is_not_owner_and_backup(self):
        wizard = self.wizard()
        wizard.line_ids.owner_id = self.users["staff"]
        wizard.line_ids.backup_id = self.users["staff"]
        with self.assertRaisesRegex(UserError, "both owner and backup"):
            wizard.action_create_schedules()

    def test_staff_proposes_nothing(self):
        with self.assertRaises(AccessError):
            self.wizard("staff")

    def test_the_check_names_rule_site_and_assets_once(self):
        result = self.env["medical.facility.rule"]._medical_check_unplanned()
        monthly = [
            row
            for row in result.rows
            if "extinguisher, monthly" in row.summary
            and row.company_id == self.company.id
        ]
        [row] = monthly
        self.assertIn("Extinguisher 1", row.summary)
        self.assertEqual(row.severity, "high")

    def test_the_queries_do_not_grow_with_the_assets(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["medical.facility.rule"]._medical_check_unplanned()
            return self.env.cr.sql_log_count - before

        queries()
        few = queries()
        self.env["maintenance.equipment"].create(
            [
                self._asset_values(f"Extinguisher {n}", "fire_extinguisher", self.store)
                for n in range(30)
            ]
        )
        self.assertEqual(queries(), few)
