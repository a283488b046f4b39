"""What steers the engine is not to be sent by a client; long tables on many pages."""

from unittest.mock import patch

from odoo.tests import TransactionCase, tagged

from ...report.printing import tables
from ...report.printing.engine_run import EngineRun, current_run, engine_run
from ...report.printing.tables import Found, LongTables, Place, find_marks

FROM_A_CLIENT = {
    "medical_engine_arguments": {"enable-local-file-access": "", "margin-top": 99},
    "medical_unpatched": True,
    "medical_plain_layout": True,
    "medical_printed_records": 3,
}


@tagged("post_install", "-at_install")
class TestPrinting(TransactionCase):
    def arguments(self, **context):
        reports = self.env["ir.actions.report"].with_context(**context)
        paper = self.env.ref("base.paperformat_us")
        return reports._build_wkhtmltopdf_args(paper, False)

    def test_a_context_from_outside_changes_no_argument(self):
        # wkhtmltopdf gets a path of its own for cookies in each call
        plain, sent = self.arguments(), self.arguments(**FROM_A_CLIENT)
        self.assertEqual(len(plain), len(sent))
        self.assertNotIn("99", sent)
        self.assertNotIn("--enable-local-file-access", sent)

    def test_a_context_from_outside_chooses_no_layout(self):
        reports = self.env["ir.actions.report"]
        plain = reports._get_layout()
        self.assertEqual(reports.with_context(**FROM_A_CLIENT)._get_layout(), plain)
        with engine_run(is_plain=True):
            self.assertEqual(
                reports._get_layout(),
                self.env.ref("medical_office.report_minimal_layout"),
            )
        self.assertEqual(reports._get_layout(), plain)

    def test_our_own_arguments_arrive(self):
        with engine_run(arguments={"margin-top": 7}, is_unpatched=True):
            arguments = self.arguments()
        self.assertEqual(arguments[arguments.index("--margin-top") + 1], "7")
        self.assertEqual(arguments[arguments.index("--javascript-delay") + 1], "0")

    def test_what_was_said_is_forgotten_after_the_print(self):
        with self.assertRaises(ZeroDivisionError), engine_run(record_count=2):
            with engine_run(is_plain=True):
                self.assertEqual(
                    current_run(), EngineRun(record_count=2, is_plain=True)
                )
            raise ZeroDivisionError
        self.assertEqual(current_run(), EngineRun())


ROWS = "".join(f"<tr><td>Row {n}</td><td>kept</td></tr>" for n in range(60))
TABLE = f"<table><thead><tr><th>Item</th><th>State</th></tr></thead>{ROWS}</table>"
PART = f'<div class="mo_new_page"><h2>Audit</h2>{TABLE}</div>'
DOCUMENT = f"<!DOCTYPE html><html><head></head><body>{PART * 3}</body></html>"


@tagged("post_install", "-at_install")
class TestLongTables(TransactionCase):
    def print_marked(self, long):
        paper = self.env.ref("medical_office.report_paperformat_letter")
        reports = self.env["ir.actions.report"].with_context(
            report_pdf_no_attachment=True
        )
        with (
            engine_run(is_unpatched=True),
            patch.object(type(reports), "get_paperformat", lambda _self: paper),
        ):
            return reports._medical_engine(long.marked_html(), {})

    def test_parts_that_begin_a_page_do_not_wait_for_each_other(self):
        long = LongTables(DOCUMENT)
        places = {}
        for table in range(3):
            for row in range(-1, 61):
                page = 2 * table + (row >= 40)
                y = 1000.0 * page + 20 * ((row + 1) % 41)
                places[table, row] = Place(page, y, 1000.0 * page)
        self.assertTrue(long.repeat_next(Found(places, 1000.0)))
        self.assertEqual(long.done, {0, 1, 2})
        self.assertEqual(long.html().count("mo_again"), 3)

    def test_a_table_that_fills_its_page_to_the_end_keeps_its_last_row_whole(self):
        """The engine's gaps are not there while the marks are: the last row would be
        cut by the page's end."""
        for last, headings in ((900.0, 0), (980.0, 1)):
            long = LongTables(DOCUMENT.replace(PART * 3, PART))
            places = {
                (0, row): Place(0, last - 15 * (60 - row), 0.0) for row in range(-1, 61)
            }
            long.repeat_next(Found(places, 1000.0))
            self.assertEqual(long.html().count("mo_again"), headings, last)

    def test_the_fast_reader_finds_what_the_slow_one_finds(self):
        pdf = self.print_marked(LongTables(DOCUMENT))
        fast = find_marks(pdf)
        with patch.object(tables, "_texts", tables._texts_of_any):
            slow = find_marks(pdf)
        self.assertEqual(len(slow.places), 3 * 62)
        self.assertEqual(fast.places.keys(), slow.places.keys())
        for key, place in slow.places.items():
            self.assertEqual(fast.places[key].page, place.page)
            self.assertAlmostEqual(fast.places[key].y, place.y, 3)
            self.assertAlmostEqual(fast.places[key].page_top, place.page_top, 3)
