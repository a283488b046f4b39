"""Every column of a pack and of a department's page, on paper and in the spreadsheet: a
day is a day wherever it is printed."""

import io
import re
from datetime import date

from openpyxl import load_workbook
from pypdf import PdfReader

from odoo import Command
from odoo.tests import tagged
from odoo.tools.misc import format_date

from ...tools.core.sheet import NUMBERS, tab_name
from .close_case import MAY, CloseCase

AS_JSON = re.compile(r"\d{4}-\d\d-\d\d")
A_DAY = re.compile(r"\d\d/\d\d/\d{4}")  # as format_date writes it
PACK = {
    "measures",
    "income_accrual",
    "income_cash",
    "balance_accrual",
    "cash_accrual",
    "variances",
    "forecast",
    "exceptions",
    "waivers",
    "decisions",
    "steps",
    "differences",
}
PAGE = {"budget", "people", "tickets", "stock", "overdue"}


@tagged("post_install", "-at_install")
class TestFinancePackColumns(CloseCase):
    def found(self, **values):
        """Something that is wrong in nursing, as a check writes it."""
        check = self.env["medical.core.check"].search([], limit=1)
        number = self.env["medical.core.exception"].search_count([]) + 1
        return (
            self.env["medical.core.exception"]
            .sudo()
            ._pen()
            .create(
                {
                    "check_id": check.id,
                    "res_model": "res.partner",
                    "res_id": number,
                    "company_id": self.company.id,
                    "department_id": self.nursing.id,
                    "user_id": self.users["head"].id,
                    "severity": "high",
                    "date_opened": "2026-06-01 03:00:00",
                    "date_due": "2026-06-03 03:00:00",
                    "money_at_risk": 12.5,
                    **values,
                }
            )
        )

    def fill(self):
        """At least one row for each section of both."""
        self.company.resource_calendar_id.tz = "America/Chicago"
        self.company.medical_cash_minimum = 1_000_000
        self.bill([(self.rent, 250, None)], date(2026, 6, 10))
        self.env["medical.finance.month"].create(
            {
                "month": "2025-05-01",
                "company_id": self.company.id,
                "visits": 90,
                "new_patients": 5,
                "charges": 20000,
                "payments": 9000,
                "adjustments": 5000,
                **dict.fromkeys(("ar_30", "ar_60", "ar_90", "ar_120", "ar_over"), 1),
            }
        )
        self.env["medical.finance.forecast"]._make(self.company)
        self.found(summary="Gloves run out", domain="supply")
        self.found(summary="A name that stays inside", domain="people")
        self.found(
            summary="The eyewash is not tested",
            domain="facility",
            state="waived",
            waive_reason="Being replaced",
            waive_until="2026-07-04",
            waived_by_id=self.users["head"].id,
            waive_approved_by_id=self.users["manager"].id,
        )
        self.env["medical.core.decision"].sudo()._pen().create(
            {
                "name": "Order P77",
                "domain": "supply",
                "res_model": "res.partner",
                "res_id": 1,
                "waiting_state": "x",
                "state": "decided",
                "company_id": self.company.id,
                "decided_at": "2026-06-01 03:00:00",  # still May 31 in Chicago
                "decided_by_id": self.users["director"].id,
                "outcome": "Approved",
                "amount": 77,
            }
        )
        card = self.env["medical.core.credential.type"].create(
            {"name": "Card", "code": "card_walk", "lead_days": 60}
        )
        job = self.env["hr.job"].create(
            {"name": "Walker", "company_id": self.company.id}
        )
        self.employees["staff"].job_id = job
        self.env["medical.people.requirement"].create(
            {
                "type_ids": [Command.set(card.ids)],
                "job_ids": [Command.set(job.ids)],
            }
        )
        self.env["medical.core.credential"].with_user(self.users["hr"]).create(
            {
                "type_id": card.id,
                "user_id": self.users["staff"].id,
                "date_from": "2026-01-01",
                "date_to": "2026-07-05",
            }
        )
        team = self.env["maintenance.team"].create(
            {"name": "Repairs", "company_id": self.company.id}
        )
        ticket = self.env["maintenance.request"].create(
            {
                "name": "The exam lamp flickers",
                "medical_room_id": self.rooms[1].id,
                "company_id": self.company.id,
                "maintenance_team_id": team.id,
            }
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE maintenance_request SET medical_due = '2026-06-02' WHERE id = %s",
            [ticket.id],
        )
        self.env.invalidate_all()

    def printed(self, record, name, role):
        """({section: rows of texts} of the page, text of the PDF, the workbook)."""
        reports = self.env["ir.actions.report"].with_user(self.users[role])
        source = self.env[f"report.medical_office.{name}"].with_user(self.users[role])
        pages = {
            part["key"]: [
                [cell["text"] for cell in row["cells"]] for row in part["rows"]
            ]
            for part in source._printable_sections(record)
        }
        pdf = (
            self.env["ir.actions.report"]
            .with_user(self.users[role])
            .with_context(force_report_rendering=True)
            ._render_qweb_pdf(f"medical_office.{name}", record.ids)[0]
        )
        text = " ".join(
            page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages
        )
        data, _kind = reports._render_xlsx(
            f"medical_office.{name}_xlsx", record.ids, {}
        )
        return pages, " ".join(text.split()), load_workbook(io.BytesIO(data))

    def rows_of(self, book, part, taken):
        """The rows of a section's tab, below its line of titles."""
        name = tab_name(part["name"], taken)
        taken.append(name)
        rows = list(book[name].iter_rows(values_only=True))
        titles = [each["title"] for each in part["columns"]]
        [start] = [
            place
            for place, row in enumerate(rows)
            if [cell or "" for cell in row[: len(titles)]] == titles
        ]
        return rows[start + 1 :]

    def empty_columns(self, record, name, role, expected):
        """(section, column) of those without a value in any row; the others are read."""
        pages, text, book = self.printed(record, name, role)
        sections = record.content["sections"]
        self.assertEqual({part["key"] for part in sections}, expected)
        self.assertIsNone(AS_JSON.search(text))
        taken, days = [], 0
        for part in sections:
            cells = self.rows_of(book, part, taken)
            self.assertTrue(part["rows"], part["key"])
            for place, each in enumerate(part["columns"]):
                found = False
                for row, shown, read in zip(
                    part["rows"], pages[part["key"]], cells, strict=False
                ):
                    value = row.get(each["key"])
                    if value in (None, ""):
                        continue
                    found = True
                    with self.subTest(part["key"], column=each["key"], row=row["id"]):
                        if each["kind"] == "day":
                            day = date.fromisoformat(value)
                            self.assertEqual(shown[place], format_date(self.env, day))
                            self.assertEqual(read[place].date(), day)
                            self.assertIn(shown[place], text)
                            days += 1
                        elif each["kind"] in NUMBERS:
                            self.assertIsInstance(value, int | float)
                        elif part["key"] != "differences":  # before and after are words
                            self.assertNotRegex(value, AS_JSON)
                            self.assertIsNone(A_DAY.fullmatch(value), "a day as text")
                if not found:
                    yield part["key"], each["key"]
        self.assertGreater(days, 1)

    def test_a_pack_with_a_row_in_each_section(self):
        self.fill()
        close = self.closed()
        packs = self.env["medical.finance.pack"].with_user(self.users["accountant"])
        first = packs.create({"close_id": close.id})
        first.action_submit()
        self.as_user(first, "director").action_issue()
        self.env["medical.core.decision"].sudo()._pen().search(
            [("name", "=", "Order P77")]
        ).decided_at = "2026-05-20 12:00:00"
        first.action_restate("A decision was noted late")
        pack = packs.search([("restates_id", "=", first.id)])
        empty = list(self.empty_columns(pack, "finance_pack_report", "director", PACK))
        # nobody left a note at a step, and no measure was reported in the months between
        self.assertLessEqual(
            set(empty), {("steps", "note"), *(("measures", f"m{n}") for n in range(5))}
        )
        [changed] = [
            row
            for row in pack.content["sections"][-1]["rows"]
            if row["row"] == "Order P77"
        ]
        self.assertEqual(
            (changed["before"], changed["after"]), ("05/31/2026", "05/20/2026")
        )

    def test_a_departments_page_with_a_row_in_each_section(self):
        self.fill()
        page = self.env["medical.finance.page"]._make(self.company, MAY)
        page = page.filtered(lambda one: one.department_id == self.nursing)
        empty = list(self.empty_columns(page, "finance_page_report", "head", PAGE))
        self.assertFalse(empty)
