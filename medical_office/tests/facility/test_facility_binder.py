"""The surveyor's binder, the compliance rate and the list of open work."""

import io
from datetime import date

from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .request_case import RequestCase


@tagged("post_install", "-at_install")
class TestFacilityBinder(RequestCase):
    def binder(self, role="auditor", **values):
        return (
            self.env["medical.facility.binder"]
            .with_user(self.users[role])
            .create(
                {
                    "company_id": self.company.id,
                    "standard": "Test standard",
                    "date_from": "2026-11-01",
                    "date_to": "2026-11-30",
                    **values,
                }
            )
        )

    def story(self):
        """A round with one failure that is repaired and retested, and a missed round."""
        request = self.fail_line(self.chair, note="Leg is loose")
        walked = self.round.with_user(self.users["staff"])
        self.line(self.autoclave).with_user(self.users["staff"]).result = "pass"
        walked.action_sign()
        self.repair(request)
        with freeze_time("2026-11-24 19:30:00"):
            retest = request.medical_retest_round_ids.with_user(self.users["staff"])
            retest.line_ids.result = "pass"
            retest.action_sign()
            request.with_user(self.users["head"]).action_medical_close()
        self.asset_schedule._generate(date_from=self.today(), date_to=self.today())
        missed = self.env["medical.core.round"].search(
            [("schedule_id", "=", self.asset_schedule.id),
             ("date_due", "<", "2026-11-24 18:00:00")], limit=1,
        )  # fmt: skip
        self.env["medical.core.round"]._miss(missed)
        return request

    def sheets(self, name, records, role="auditor"):
        report = self.env[f"report.medical_office.{name}"].with_user(self.users[role])
        docs = report._documents(records.ids)
        return {sheet.name: sheet for sheet in report._sheets(docs, {})}

    def test_every_round_reading_miss_and_corrective_action_is_there(self):
        request = self.story()
        sheets = self.sheets("facility_binder", self.binder())
        self.assertEqual(
            list(sheets),
            [
                "Summary",
                "Rounds and signatures",
                "Missed rounds",
                "Failures and corrective action",
                "Readings",
            ],
        )
        (summary,) = sheets["Summary"].rows
        self.assertEqual(
            (summary["due"], summary["done"], summary["missed"], summary["rate"]),
            (2, 1, 1, 0.5),
        )
        signed = [row for row in sheets["Rounds and signatures"].rows if row["by"]]
        self.assertEqual([row["retest"] for row in signed].count(True), 1)
        self.assertEqual(len(sheets["Missed rounds"].rows), 1)
        (failure,) = sheets["Failures and corrective action"].rows
        self.assertEqual(failure["note"], "Leg is loose")
        self.assertEqual(failure["by"], self.technician.name)
        self.assertEqual(failure["closed"], request.medical_closed_at)
        self.assertEqual(str(failure["passed"]), "2026-11-24 19:30:00")
        # two assets on each of the two rounds, and the retest
        self.assertEqual(len(sheets["Readings"].rows), 5)

    def test_another_standard_has_none_of_it(self):
        self.story()
        binder = self.binder(standard="NFPA 10 of nowhere")
        self.assertEqual(binder.round_count, 0)
        with self.assertRaisesRegex(UserError, "No rounds under"):
            binder.action_binder_pdf()

    def test_the_last_day_counts_whole_on_the_practices_clock(self):
        self.story()
        binder = self.binder(date_from="2026-11-24", date_to="2026-11-24")
        self.assertEqual(binder.round_count, 3)
        binder = self.binder(date_from="2026-11-25", date_to="2026-11-30")
        self.assertEqual(binder.round_count, 0)

    def test_the_rate_counts_in_time_late_missed_and_excused(self):
        self.story()
        sheets = self.sheets("facility_compliance", self.binder())
        (row,) = sheets["By checklist"].rows
        self.assertEqual(
            {key: row[key] for key in ("due", "in_time", "later", "missed", "excused")},
            {"due": 2, "in_time": 1, "later": 0, "missed": 1, "excused": 0},
        )
        missed = self.env["medical.core.round"].search(
            [("schedule_id", "=", self.asset_schedule.id), ("state", "=", "missed")]
        )
        missed.with_user(self.users["head"]).action_reopen("Was done, not entered")
        lines = missed.line_ids.with_user(self.users["staff"])
        lines.write({"result": "pass"})
        missed.with_user(self.users["staff"]).action_sign()
        (row,) = self.sheets("facility_compliance", self.binder())["By checklist"].rows
        self.assertEqual((row["in_time"], row["later"], row["rate"]), (1, 1, 0.5))

    def test_a_long_table_is_cut_on_paper_and_whole_in_the_spreadsheet(self):
        self.story()
        report = self.env["report.medical_office.facility_binder"]
        self.patch(type(report), "_most_rows", 2)
        binder = self.binder()
        readings = self.sheets("facility_binder", binder)["Readings"]
        self.assertEqual(len(readings.rows), 2)
        self.assertIn("first 2 of 5", readings.note)
        content, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.users["auditor"])
            ._render_xlsx("medical_office.facility_binder_xlsx_action", binder.ids, {})
        )
        book = load_workbook(io.BytesIO(content))
        self.assertEqual(book.sheetnames[-1], "Readings")
        values = [cell.value for cell in book["Readings"]["B"]]
        self.assertEqual(sum("Exam 1" in str(value) for value in values), 5)

    def test_staff_do_not_print_the_binder(self):
        self.story()
        with self.assertRaises(AccessError):
            self.binder("staff")
        binder = self.binder()
        with self.assertRaises(AccessError):
            self.env["ir.actions.report"].with_user(self.users["staff"])._render_xlsx(
                "medical_office.facility_binder_xlsx_action", binder.ids, {}
            )

    def test_a_head_reads_the_own_departments_only(self):
        self.story()
        self.asset_schedule.department_id = self.front_desk
        rounds = self.env["medical.core.round"].search(
            [("schedule_id", "=", self.asset_schedule.id)]
        )
        rounds.sudo().department_id = self.front_desk
        self.assertEqual(self.binder("auditor").round_count, 3)
        self.assertEqual(self.binder("head").round_count, 0)

    def test_queries_stay_the_same_with_more_rounds(self):
        self.story()
        binder = self.binder()

        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.sheets("facility_binder", binder)
            self.sheets("facility_compliance", binder)
            return self.env.cr.sql_log_count - before

        queries()
        few = queries()
        self.asset_schedule._generate(date(2026, 11, 2), date(2026, 11, 20))
        rounds = self.env["medical.core.round"].search(
            [("schedule_id", "=", self.asset_schedule.id), ("state", "=", "planned"),
             ("date_due", "<", "2026-11-24")],
        )  # fmt: skip
        self.env["medical.core.round"]._miss(rounds)
        self.assertGreater(len(rounds), 20)
        self.assertEqual(queries(), few)

    def test_open_work_is_grouped_by_age_the_oldest_first(self):
        old = self.report("manager", equipment_id=self.chair.id)
        old.sudo()._pen().medical_reported_at = "2026-09-01 12:00:00"
        new = self.report("manager", equipment_id=self.autoclave.id)
        closed = self.report("manager")
        closed.stage_id = self.env["maintenance.stage"]._medical_stage("done")
        sheet = self.sheets("facility_open_work", old | new | closed, "manager")[
            "Open work"
        ]
        self.assertEqual(
            [row.get("_group") or row["asset"] for row in sheet.rows],
            ["Over 30 days (1)", "Chair", "0 to 2 days (1)", "Autoclave"],
        )
        keys = [column.key for column in sheet.columns]
        self.assertIn("cost", keys)
        with self.assertRaises(AccessError):
            self.sheets("facility_open_work", old, "staff")
