"""Statements as XLSX, opened by LibreOffice, are cell by cell what the screen shows."""

import csv
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import skipUnless

from odoo.tests import tagged

from .test_finance_statement import MAY, StatementCase

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
# comma, quote, UTF-8, from the first line, figures with all digits, every sheet
AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
STATEMENTS = (
    ("income", "accrual"),
    ("income", "cash"),
    ("percent", "accrual"),
    ("balance", "accrual"),
    ("cash", "accrual"),
    ("income", "accrual", "department"),
    ("income", "cash", "department"),
    ("income", "accrual", "site"),
)


def number(text):
    """(value, places) of a figure as it is shown, "1,234", "+4.1 %", "-0.5 pp"; None if
    it is none. Percent is a hundredth on neither side: both show it."""
    # the screen's minus is a hyphen that does not break
    plain = (
        text.replace("\u2011", "-").replace("\xa0", "").replace(",", "").strip("+% p")
    )
    try:
        return float(plain), len(plain.partition(".")[2])
    except ValueError:
        return None


@tagged("post_install", "-at_install")
class TestFinanceXlsx(StatementCase):
    def screen(self, report):
        """[[label, figure of each column]] as the report's page shows them."""
        matrix = report._compute_matrix()
        return [
            [
                row.label,
                *(cell.val_rendered if cell else "" for cell in row.iter_cells()),
            ]
            for row in matrix.iter_rows()
            if not row.style_props.hide_always
            and not (row.style_props.hide_empty and row.is_empty())
        ]

    def opened(self, files):
        """{name: rows of cells} of XLSX files, as LibreOffice reads them."""
        with TemporaryDirectory() as folder:
            for name, data in files.items():
                Path(folder, f"{name}.xlsx").write_bytes(data)
            subprocess.run(
                [OFFICE, f"-env:UserInstallation=file://{folder}/profile",
                 "--headless", "--convert-to", AS_CSV, "--outdir", folder,
                 *(f"{folder}/{name}.xlsx" for name in files)],
                check=True, capture_output=True, timeout=300,
            )  # fmt: skip
            read = {}
            for name in files:
                [path] = Path(folder).glob(f"{name}-*.csv")
                with path.open(encoding="utf-8", newline="") as lines:
                    read[name] = list(csv.reader(lines))
            return read

    @skipUnless(OFFICE, "LibreOffice is not here: apt-get install libreoffice-calc")
    def test_each_cell_is_the_screens(self):
        director = self.users["director"]
        statements = self.env["medical.finance.statement"].with_user(director)
        # a budget, so that its columns are there, too
        self.grant_rent()
        screens, files = {}, {}
        for place, arguments in enumerate(STATEMENTS):
            action = statements.open_statement(*arguments)
            report = self.env["mis.report.instance"].with_user(director)
            report = report.browse(action["res_id"])
            name = f"s{place}"
            screens[name] = self.screen(report)
            files[name], _kind = (
                self.env["ir.actions.report"]
                .with_user(director)
                ._render_xlsx("mis_builder.mis_report_instance_xlsx", report.ids, {})
            )
        compared = 0
        sheets = self.opened(files)
        for name, rows in screens.items():
            cells = sheets[name]
            # title, empty line, two lines of headings; the footer after an empty line
            body = cells[4 : 4 + len(rows)]
            for shown, read in zip(rows, body, strict=True):
                self.assertEqual(read[0], shown[0].replace("\n", " ").strip(), name)
                for figure, text in zip(shown[1:], read[1:], strict=False):
                    on_screen, in_sheet = number(figure or ""), number(text)
                    if on_screen is None:
                        self.assertIsNone(in_sheet, (name, shown[0], text))
                        continue
                    self.assertIsNotNone(in_sheet, (name, shown, read))
                    half = 0.5 * 10 ** -on_screen[1] + 1e-6
                    self.assertAlmostEqual(
                        in_sheet[0], on_screen[0], delta=half, msg=(name, shown[0])
                    )
                    compared += 1
        self.assertGreater(compared, 200)

    def grant_rent(self):
        grants = self.env["medical.finance.grant"].sudo()._pen()
        category = self.env.ref("medical_office.finance_category_building")
        grants._book(
            self.company,
            [(self.nursing, category, self.rent, MAY.replace(day=1), 7000, "x", {})],
            "grant",
        )
