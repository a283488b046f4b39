"""The asset register: kinds, conditions, agreements, labels, lists, who may do what."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .facility_case import FacilityCase


@tagged("post_install", "-at_install")
class TestMaintenanceEquipment(FacilityCase):
    def test_the_kind_fills_in_what_follows_from_it(self):
        self.assertTrue(self.fridge.medical_is_critical)
        self.assertTrue(self.fridge.medical_vaccine_storage)
        self.assertEqual(self.fridge.medical_life_years, 10)
        self.assertTrue(self.extinguisher.medical_life_safety)
        self.assertFalse(self.chair.medical_is_critical)

    def test_the_form_is_filled_in_by_the_manager(self):
        assets = self.env["maintenance.equipment"].with_user(self.users["manager"])
        with Form(assets) as form:
            form.name = "ECG 2"
            form.medical_kind_id = self.kind("ecg")
            form.location_id = self.exam_1
            form.medical_purchase_date = fields.Date.to_date("2024-03-01")
        asset = form.record
        self.assertEqual(str(asset.medical_end_of_life), "2032-03-01")
        self.assertEqual(asset.medical_site_id, self.site)

    def test_staff_reads_every_asset_and_changes_none(self):
        asset = self.extinguisher.with_user(self.users["staff"])
        self.assertEqual(asset.name, "Extinguisher 1")
        with self.assertRaises(AccessError):
            asset.name = "mine"

    def test_the_auditor_reads(self):
        found = self.env["maintenance.equipment"].with_user(self.users["auditor"])
        self.assertIn(self.chair, found.search([]))

    def test_a_room_of_another_company_is_refused(self):
        site = self.env["stock.warehouse"].search(
            [("company_id", "=", self.other_company.id)], limit=1
        )
        with self.assertRaises(UserError):
            self.chair.location_id = site.lot_stock_id

    # ---------------------------------------------------------------- condition

    def test_grades_are_kept_and_the_latest_counts(self):
        today = fields.Date.context_today(self.chair)
        grades = self.env["medical.facility.condition"].with_user(self.users["staff"])
        grades.create({"equipment_id": self.chair.id, "grade": "c"})
        grades.create(
            {
                "equipment_id": self.chair.id,
                "grade": "a",
                "date": today - timedelta(days=400),
            }
        )
        self.assertEqual(self.chair.medical_condition, "c")
        self.assertEqual(self.chair.medical_condition_ids.mapped("grade"), ["c", "a"])

    def test_a_grade_is_neither_changed_nor_given_ahead(self):
        grades = self.env["medical.facility.condition"]
        grade = grades.create({"equipment_id": self.chair.id, "grade": "c"})
        with self.assertRaisesRegex(UserError, "Add a new grade"):
            grade.with_user(self.users["manager"]).grade = "a"
        with self.assertRaisesRegex(UserError, "future date"):
            grades.create(
                {
                    "equipment_id": self.chair.id,
                    "grade": "a",
                    "date": fields.Date.context_today(grades) + timedelta(days=1),
                }
            )

    def test_nobody_grades_in_the_name_of_another(self):
        grades = self.env["medical.facility.condition"].with_user(self.users["staff"])
        values = {"equipment_id": self.chair.id, "grade": "b"}
        director = self.users["director"].id
        with self.assertRaisesRegex(AccessError, "program only"):
            grades.create({**values, "user_id": director})
        grade = grades.with_context(default_user_id=director).create(values)
        self.assertEqual(grade.user_id, self.users["staff"])

    # --------------------------------------------------------------- agreements

    def agreement(self, ends, **values):
        today = fields.Date.context_today(self.chair)
        return self.env["medical.facility.agreement"].create(
            {
                "name": "Service",
                "partner_id": self.env.user.partner_id.id,
                "company_id": self.company.id,
                "date_start": today - timedelta(days=100),
                "date_end": today + timedelta(days=ends),
                "notice_days": 60,
                **values,
            }
        )

    def ending(self):
        rows = self.env["medical.facility.agreement"]._medical_check_ending().rows
        return {row.res_id for row in rows}

    def test_an_agreement_asks_for_its_decision_in_time(self):
        near, far, past = self.agreement(59), self.agreement(61), self.agreement(-1)
        self.assertTrue({near.id, past.id} <= self.ending())
        self.assertNotIn(far.id, self.ending())
        near.date_end += timedelta(days=365)
        past.active = False
        self.assertFalse({near.id, past.id} & self.ending())

    def test_staff_does_not_see_what_contracts_cost(self):
        agreement = self.agreement(10).with_user(self.users["staff"])
        with self.assertRaises(AccessError):
            self.assertTrue(agreement.yearly_cost)
        self.assertEqual(
            self.agreement(10).with_user(self.users["head"]).notice_days, 60
        )

    # ------------------------------------------------------------------- labels

    def test_a_label_code_is_renewed_by_its_button_alone(self):
        before = self.chair.medical_qr_token
        manager = self.chair.with_user(self.users["manager"])
        with self.assertRaisesRegex(UserError, "button"):
            manager.medical_qr_token = "guessed"
        manager.action_medical_renew_token()
        self.assertNotEqual(self.chair.medical_qr_token, before)
        with self.assertRaises(AccessError):
            self.chair.with_user(self.users["staff"]).action_medical_renew_token()

    def test_staff_prints_labels_and_the_list(self):
        staff = self.users["staff"]
        assets = self.extinguisher | self.fridge | self.chair
        for name in ("facility_asset_label", "facility_asset_label_small"):
            labels = self.env[f"report.medical_office.{name}"].with_user(staff)
            self.assertTrue(labels._draw_pdf(assets.ids, {}).startswith(b"%PDF"))
        report = self.env["report.medical_office.facility_asset_list"].with_user(staff)
        [sheet] = report._sheets(assets.with_user(staff), {})
        self.assertEqual(
            [row.get("asset") or row["_group"] for row in sheet.rows],
            [
                f"{self.site.name}, Reception",
                "Waiting Chair",
                "Extinguisher 1",
                f"{self.site.name}, Store",
                "Vaccine Fridge",
            ],
        )

    def test_labels_of_nothing_are_refused(self):
        labels = self.env["report.medical_office.facility_asset_label"]
        with self.assertRaisesRegex(UserError, "Choose the assets"):
            labels._draw_pdf([], {})

    # ------------------------------------------------------------------ queries

    def test_register_list_and_room_take_the_same_queries_for_ten_times_the_assets(
        self,
    ):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            manager = self.users["manager"]
            assets = self.env["maintenance.equipment"].with_user(manager)
            view = self.env.ref("medical_office.facility_equipment_view_list")
            listed = assets.get_view(view.id, "list")["models"][assets._name]
            assets.web_search_read([], {name: {} for name in listed})
            room = self.store.with_user(manager)
            room.read(["medical_out_count", "medical_due_count", "equipment_count"])
            assets.search([("location_id", "=", room.id)]).read(
                ["name", "medical_kind_id", "medical_condition", "medical_is_out"]
            )
            return self.env.cr.sql_log_count - before

        queries()
        few = queries()
        self.env["maintenance.equipment"].create(
            [
                self._asset_values(f"Chair {n}", "waiting_chair", self.store)
                for n in range(30)
            ]
        )
        self.assertEqual(queries(), few)

    def test_the_room_shows_what_is_out_of_service(self):
        self.extinguisher.with_user(self.users["staff"])._medical_tag_out("Leaks")
        room = self.reception.with_user(self.users["staff"])
        self.assertEqual(room.medical_out_count, 1)
        self.assertEqual(self.store.medical_out_count, 0)
