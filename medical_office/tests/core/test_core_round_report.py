"""The printed record of a round and the log of rounds."""

import io
from datetime import date

from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .round_case import RoundCase
from .test_core_round import picture


@tagged("post_install", "-at_install")
class TestRoundReport(RoundCase):
    def setUp(self):
        super().setUp()
        self.round = self.new_round()
        self.round.with_user(self.owner).action_start()
        self.answer_all(self.round, self.owner)
        fridge = self.lines_of(self.round, self.fridge)[0].with_user(self.owner)
        fridge.write({"value_number": 51.5, "note": "=SUM(1)", "photo": picture()})
        self.round.with_user(self.owner).action_sign()
        self.reports = self.env["ir.actions.report"].with_user(self.users["auditor"])

    def html(self, rounds):
        html, _kind = self.reports._render_qweb_html(
            "medical_office.core_round_record", rounds.ids
        )
        return html.decode()

    def workbook(self, name, rounds):
        content, _kind = self.reports._render_xlsx(name, rounds.ids, {})
        return load_workbook(io.BytesIO(content))

    def test_the_record_says_all_that_was_signed(self):
        text = self.html(self.round)
        for expected in (
            "Exam rooms",
            "Exam room, version 1",
            "Tue, Nov 24, 2026, 2:00 PM",  # on the clock of the site
            "51.5 °F",
            "36 °F to 46 °F",
            "CDC Vaccine Storage and Handling Toolkit",
            "=SUM(1)",
            "items: 8, failed: 1, not answered: 2",
            "Signed by test_staff",
            "data:image/jpeg;base64,",
        ):
            with self.subTest(expected):
                self.assertIn(expected, text)
        self.assertNotIn("Not signed", text)

    def test_a_later_checklist_does_not_change_the_record(self):
        before = self.env["report.medical_office.core_round_record"]._record(self.round)
        self.fridge.write({"name": "Freezer", "limit_max": 60, "citation": "None"})
        self.checklist.item_ids[0].active = False
        after = self.env["report.medical_office.core_round_record"]._record(self.round)
        self.assertEqual(after["groups"], before["groups"])
        self.assertEqual(after["signature"], before["signature"])

    def test_a_missed_round_is_printed_as_missed(self):
        missed = self.missed_round()
        text = self.html(missed)
        self.assertIn("Not signed", text)
        self.assertIn("Missed", text)

    def test_a_picture_that_cannot_be_read_is_named(self):
        line = self.round.line_ids.filtered("has_photo")
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", line._name), ("res_field", "=", "photo")]
        )
        attachment.raw = b"\x89PNG\r\n\x1a\n broken"
        line.invalidate_recordset(["photo"])
        record = self.env["report.medical_office.core_round_record"]._record(self.round)
        self.assertIsNone(record["photos"][0]["source"])
        self.assertIn("cannot be printed", self.html(self.round))

    def test_the_spreadsheet_holds_the_same_lines(self):
        book = self.workbook("medical_office.core_round_record_xlsx", self.round)
        self.assertEqual(book.sheetnames, ["Rounds", "Lines"])
        rows = list(book["Lines"].iter_rows(min_row=6, values_only=True))
        self.assertEqual(len(rows), 8)
        fridge = next(row for row in rows if row[3] == "Refrigerator")
        self.assertEqual(fridge[5:9], (51.5, "°F", "Fail", "=SUM(1)"))
        cell = next(
            cell
            for row in book["Lines"].iter_rows()
            for cell in row
            if cell.value == "=SUM(1)"
        )
        self.assertEqual(cell.data_type, "s")
        self.assertTrue(cell.quotePrefix)

    def test_the_log_has_a_row_for_each_round(self):
        missed = self.missed_round()
        reason = "Power cut in the whole building"
        missed.with_user(self.users["manager"]).action_excuse(reason)
        log = self.env["report.medical_office.core_round_log"]
        values = log._get_report_values((self.round | missed).ids)
        self.assertEqual(values["period"], "Nov 24, 2026")
        [sheet] = values["sheets"]
        texts = [[str(c["text"]) for c in row["cells"]] for row in sheet["rows"]]
        self.assertEqual(texts[0][0], self.site.name)
        self.assertEqual([row[3] for row in texts[1:3]], ["Excused", "Done"])
        self.assertIn(reason, texts[1])
        self.assertEqual(texts[-1][0], "Total")
        self.assertEqual(texts[-1][4:7], ["16", "1", "10"])
        book = self.workbook("medical_office.core_round_log_xlsx", self.round | missed)
        self.assertEqual(book.sheetnames, ["Rounds"])

    def test_queries_of_the_log_do_not_grow(self):
        log = self.env["report.medical_office.core_round_log"]

        def count(rounds):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            log._get_report_values(rounds.ids)
            return self.env.cr.sql_log_count - before

        many = self.schedule.round_ids
        self.assertGreater(len(many), 15)
        count(many[:2])
        self.assertEqual(count(many), count(many[:2]))

    def test_who_may_print(self):
        name = "medical_office.core_round_record"
        for role in ("plain", "outsider"):
            reports = self.reports.with_user(self.users[role])
            with self.subTest(role), self.assertRaises(AccessError):
                reports._render_qweb_html(name, self.round.ids)

    def test_too_many_at_once(self):
        self.schedule._generate(date_to=date(2027, 3, 31))
        rounds = self.schedule.round_ids[:101]
        record = self.env["report.medical_office.core_round_record"]
        with self.assertRaisesRegex(UserError, "At most 100 rounds"):
            record._documents(rounds.ids)

    def test_printing_gives_a_pdf(self):
        reports = self.env["ir.actions.report"].with_context(
            force_report_rendering=True
        )
        pdf, kind = reports._render_qweb_pdf(
            "medical_office.core_round_record", self.round.ids
        )
        self.assertEqual(kind, "pdf")
        self.assertTrue(pdf.startswith(b"%PDF"))
