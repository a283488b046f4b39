"""The yardstick: all 35,831 printed wage bracket cells of Pub. 15-T 2025 and 2026.

Each printed cell is the percentage method at the midpoint of its row, to the dollar (to
ten cents in the daily tables). The data hold the rows and a digest of the cells of each
table as printed; here every cell is worked out anew. To see which cell differs, run
bin/wage-bracket-vectors over the publication and bin/check-withholding over the result.
"""

from decimal import Decimal

import pytest
from tools.payroll.law.certificates import FilingStatus
from tools.payroll.law.federal_tables import federal_year
from tools.payroll.law.period import PayPeriod
from tools.payroll.tax.federal import worksheet_1a
from wagegrid import digest, digests, rows, tables

from devtools.vectors import wagebracket

NAME = "{year} {form} {pay_period} {filing_status}"


def columns(table):
    if table["form"] == "2020+":
        return wagebracket.LATER_COLUMNS
    married = table["filing_status"] == FilingStatus.MARRIED.value
    return wagebracket.old_columns(married=married)


def worked_cells(table):
    """Yield each row of the table as we work it out."""
    year, period = int(table["year"]), PayPeriod.parse(table["pay_period"])
    for low, high in rows(table):
        cells = [
            wagebracket.Cell(year, period, form, low, high, Decimal(0))
            for form in columns(table)
        ]
        yield (
            low,
            high,
            [
                cell.rounding.apply(
                    worksheet_1a(
                        cell.form, cell.midpoint, period, federal_year(year)
                    ).line_4b
                )
                for cell in cells
            ],
        )


@pytest.mark.parametrize("table", tables(), ids=lambda t: NAME.format(**t))
def test_every_printed_cell_is_the_percentage_method_at_its_midpoint(table):
    worked = list(worked_cells(table))
    assert sum(len(cells) for _low, _high, cells in worked) == int(table["cells"])
    assert digest(worked) == table["sha256"]


def test_one_dollar_in_one_cell_would_be_seen():
    table = next(t for t in tables() if t["year"] == "2026" and t["form"] == "2020+")
    worked = list(worked_cells(table))
    worked[100][2][0] += 1
    assert digest(worked) != table["sha256"]


def test_both_years_and_both_generations_are_there():
    assert sum(int(table["cells"]) for table in tables()) == 35_831
    assert {(t["year"], t["form"]) for t in tables()} == {
        ("2025", "2020+"),
        ("2025", "pre2020"),
        ("2026", "2020+"),
        ("2026", "pre2020"),
    }


# The biweekly row of $3,845 in Pub. 15-T (2026), pp. 17-19 (vectors IRS26-BW3845-*).
PRINTED_2020 = """
2026 Wage Bracket Method Tables for Manual Payroll Systems with Forms W-4 From 2020 or Later
BIWEEKLY Payroll Period
    At least   than    The Tentative Withholding Amount is:
     $3,845   $3,875    $296   $510   $372   $638   $510   $710
"""


def test_a_printed_row_is_read_into_its_six_columns():
    cells = list(wagebracket.read_cells(PRINTED_2020.splitlines()))
    assert [int(cell.printed) for cell in cells] == [296, 510, 372, 638, 510, 710]
    assert {cell.midpoint for cell in cells} == {Decimal(3860)}
    assert [(c.form.status.value, c.form.step2) for c in cells] == [
        ("married_joint", False),
        ("married_joint", True),
        ("head_of_household", False),
        ("head_of_household", True),
        ("single_mfs", False),
        ("single_mfs", True),
    ]


def test_a_row_of_the_old_form_is_read_into_its_eleven_allowances():
    text = """
    2026 Wage Bracket Method Tables for Manual Payroll Systems With Forms W-4 From 2019 or Earlier
    DAILY Payroll Period
    If the Wage Amount      SINGLE Persons
    $30 $35 $0.40 $0.00 $0.00 $0.00 $0.00 $0.00 $0.00 $0.00 $0.00 $0.00 $0.00
    """
    cells = list(wagebracket.read_cells(text.splitlines()))
    assert [cell.form.allowances for cell in cells] == list(range(11))
    assert not any(cell.form.married for cell in cells)
    assert cells[0].printed == Decimal("0.40")


def test_a_row_with_a_cell_missing_is_refused():
    short = PRINTED_2020.replace("$510   $710", "$510")
    with pytest.raises(ValueError, match=r"6 cells expected in the row '\$3,845"):
        list(wagebracket.read_cells(short.splitlines()))


def test_the_digests_are_those_of_the_cells_that_are_read():
    cells = list(wagebracket.read_cells(PRINTED_2020.splitlines()))
    (row,) = digests(cells)
    assert row[:6] == (2026, "2020+", "biweekly", "", 6, "1x30")
    printed = [cell.printed for cell in cells]
    assert row[6] == digest([(Decimal(3845), Decimal(3875), printed)])
