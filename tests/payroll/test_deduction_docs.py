"""``docs/payroll-deductions.md`` says what the tables say."""

import os
from pathlib import Path

from devtools import deductionpage as report

PAGE = Path(__file__).resolve().parents[2] / "docs" / "payroll-deductions.md"
HINT = "run UPDATE_DOCS=1 pytest tests/payroll/test_deduction_docs.py, read the diff"


def test_the_page_of_the_deductions_is_up_to_date():
    written = report.markdown()
    if os.environ.get("UPDATE_DOCS"):
        PAGE.write_text(written, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == written, HINT


def test_a_rule_that_was_read_is_bold_and_another_is_not():
    page = PAGE.read_text(encoding="utf-8")
    jersey = next(line for line in page.splitlines() if line.startswith("| NJ "))
    lake = next(line for line in page.splitlines() if line.startswith("| UT "))
    massachusetts = next(line for line in page.splitlines() if line.startswith("| MA "))
    assert "**taxed**" in jersey
    assert "**lowers up to 335**" in massachusetts
    assert "**lowers up to 5,000 (2,500)**" in massachusetts
    assert lake.split(" | ")[1] == "lowers"  # health insurance: nobody read a source
    assert lake.split(" | ")[6] == "**lowers**"  # health savings account
    assert "| TX " not in page  # no tax on wages
