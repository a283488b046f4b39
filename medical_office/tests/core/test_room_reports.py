"""Labels and the list of rooms, on paper and as a spreadsheet."""

import io
import re

import openpyxl
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...report.core import room_label_report
from ..common import PracticeCase

LABELS = "medical_office.room_label"
ROOM_LIST = "medical_office.room_list"


class ReportCase(PracticeCase):
    def pdf(self, report, records, role="manager"):
        """The printed report, as a role prints it, or as the system (None)."""
        user = self.users[role] if role else self.env.user
        content, kind = (
            self.env["ir.actions.report"]
            .with_user(user)
            .with_context(force_report_rendering=True)
            ._render_qweb_pdf(report, res_ids=records.ids)
        )
        self.assertEqual(kind, "pdf")
        return PdfReader(io.BytesIO(content))

    def texts(self, pdf):
        return [
            re.sub(r"\s+", " ", page.extract_text().replace("\xa0", " "))
            for page in pdf.pages
        ]


@tagged("post_install", "-at_install")
class TestRoomLabels(ReportCase):
    def test_each_room_has_a_label_with_its_own_address(self):
        seen = []
        draw = room_label_report._draw_qr

        def note(canvas, text, *place):
            seen.append(text)
            draw(canvas, text, *place)

        self.patch(room_label_report, "_draw_qr", note)
        self.pdf(LABELS, self.rooms)
        base = self.rooms[0].get_base_url()
        self.assertEqual(
            sorted(seen),
            sorted(
                f"{base}/medical_office/room/{room.medical_qr_token}"
                for room in self.rooms
            ),
        )

    def test_what_stands_on_a_label(self):
        self.rooms[1].medical_floor = "2"
        (text,) = self.texts(self.pdf(LABELS, self.rooms))
        for room in self.rooms:
            self.assertIn(room.name, text)
        self.assertEqual(text.count(self.site.name), 4)
        self.assertIn("Exam room · Floor 2", text)

    def test_sheets_are_filled_and_begun(self):
        many = self.env["stock.location"].create(
            [
                {
                    "name": f"Cell {number}",
                    "usage": "internal",
                    "medical_room_type": "exam",
                    "medical_site_id": self.site.id,
                    "company_id": self.company.id,
                }
                for number in range(31)
            ]
        )
        for report, pages in (
            ("medical_office.room_label_small", [30, 1]),
            ("medical_office.room_label", [10, 10, 10, 1]),
            ("medical_office.room_label_large", [4, 4, 4, 4, 4, 4, 4, 3]),
        ):
            with self.subTest(report):
                pdf = self.pdf(report, many)
                self.assertEqual(
                    [len(re.findall(r"Cell \d", text)) for text in self.texts(pdf)],
                    pages,
                )
                # US Letter, so that the labels meet the paper's cuts
                self.assertEqual(tuple(pdf.pages[0].mediabox), (0, 0, 612, 792))

    def test_labels_are_for_rooms_and_for_the_staff(self):
        with self.assertRaisesRegex(UserError, "None of these locations are rooms"):
            self.pdf(LABELS, self.site.lot_stock_id)
        for role in ("auditor", "plain"):
            with self.subTest(role), self.assertRaisesRegex(AccessError, "Staff"):
                self.pdf(LABELS, self.rooms, role)
        with self.assertRaises(AccessError):
            self.pdf(LABELS, self.rooms, "outsider")

    def test_a_long_name_stays_on_its_label(self):
        self.rooms[
            0
        ].name = "Nurse station, medication room and clean utility, west wing"
        (text,) = self.texts(self.pdf("medical_office.room_label_small", self.rooms[0]))
        self.assertIn("Nurse station", text)

    def test_the_preview_in_the_browser(self):
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            LABELS, self.rooms.ids
        )
        self.assertEqual(html.count(b"data:image/png;base64,"), 4)
        self.assertIn(b"Exam 1", html)


@tagged("post_install", "-at_install")
class TestRoomList(ReportCase):
    def sheet(self, records, role="manager"):
        content, kind = (
            self.env["ir.actions.report"]
            .with_user(self.users[role])
            ._render_xlsx("medical_office.room_list_xlsx", records.ids, {})
        )
        self.assertEqual(kind, "xlsx")
        return openpyxl.load_workbook(io.BytesIO(content)).active

    def test_totals_of_what_is_there(self):
        self.env["maintenance.equipment"].create(
            {
                "name": "Fridge",
                "location_id": self.rooms[0].id,
                "company_id": self.company.id,
            }
        )
        (text,) = self.texts(self.pdf(ROOM_LIST, self.rooms))
        self.assertRegex(text, r"Total ?1 ?0")
        sheet = self.sheet(self.rooms)
        self.assertEqual(sheet["F11"].value, 1)

    def many(self, count):
        return self.env["stock.location"].create(
            [
                {
                    "name": f"Cell {number}",
                    "usage": "internal",
                    "medical_room_type": "exam",
                    "medical_site_id": self.site.id,
                    "company_id": self.company.id,
                    "medical_sequence": 100 + number,
                }
                for number in range(count)
            ]
        )

    def test_on_one_page(self):
        (text,) = self.texts(self.pdf(ROOM_LIST, self.rooms))
        for expected in (
            "Test Practice",
            "Room List",
            "Reception",
            "Exam room",
            "Nursing",
            "Page 1 of 1",
        ):
            self.assertIn(expected, text)

    def test_on_several_pages_each_with_heading_and_number(self):
        pdf = self.pdf(ROOM_LIST, self.rooms | self.many(90))
        texts = self.texts(pdf)
        self.assertGreater(len(texts), 2)
        for page in pdf.pages:
            self.assertEqual(page["/Contents"].get_object()["/Filter"], "/FlateDecode")
        for number, text in enumerate(texts, start=1):
            self.assertIn(f"Page {number} of {len(texts)}", text)
            self.assertEqual(text.count("Department"), 1)  # the table's heading
            # under the rows, not painted over them
            self.assertLess(text.index("Page "), text.index("Cell "))
        found = [name for text in texts for name in re.findall(r"Cell \d+", text)]
        self.assertEqual(found, [f"Cell {number}" for number in range(90)])

    def test_who_may_print_it(self):
        self.assertTrue(self.texts(self.pdf(ROOM_LIST, self.rooms, "auditor")))
        for role in ("plain", "outsider"):
            with self.subTest(role):
                with self.assertRaises(AccessError):
                    self.pdf(ROOM_LIST, self.rooms, role)
                with self.assertRaises(AccessError):
                    self.sheet(self.rooms, role)

    def test_the_spreadsheet_says_the_same(self):
        sheet = self.sheet(self.rooms)
        self.assertEqual(sheet.title, "Rooms")
        self.assertEqual(sheet["A1"].value, "Room List")
        self.assertEqual(
            [cell.value for cell in sheet[5]],
            ["Room", "Floor", "Type", "Manager", "Department", "Assets", "Items",
             "Next round", "Problems"],
        )  # fmt: skip
        self.assertEqual(sheet["A6"].value, self.site.name)
        self.assertEqual(
            [row[0].value for row in sheet["A7:A10"]],
            self.rooms.sorted("name").mapped("name"),
        )
        self.assertEqual(sheet["A11"].value, "Total")
        self.assertEqual(sheet.freeze_panes, "A6")

    def test_a_name_that_looks_like_a_formula_stays_a_text(self):
        for name in ('=HYPERLINK("http://x","y")', "+1+1", "-1+1", "@SUM(A1)", "\t=1"):
            with self.subTest(name):
                self.rooms[0].name = name
                cell = self.sheet(self.rooms[0])["A7"]
                self.assertEqual(cell.data_type, "s")
                self.assertTrue(cell.quotePrefix)
