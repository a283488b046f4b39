"""``docs/payroll-states.md`` says what the tables say."""

import os
from collections import Counter
from pathlib import Path

import statefile

from devtools import statepage as report

PAGE = Path(__file__).resolve().parents[2] / "docs" / "payroll-states.md"
HINT = "run UPDATE_DOCS=1 pytest tests/payroll/test_state_docs.py and read the diff"


def test_the_page_of_the_states_is_up_to_date():
    counts = Counter(example.state for example in statefile.all_examples())
    written = report.markdown(counts)
    if os.environ.get("UPDATE_DOCS"):
        PAGE.write_text(written, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == written, HINT


def test_the_page_names_every_jurisdiction_and_every_mark():
    page = PAGE.read_text(encoding="utf-8")
    for state, name in report.NAMES.items():
        assert f"| {state} {name} |" in page
    for unproven in ("Colorado", "Connecticut", "District of Columbia", "Oregon"):
        assert f"- {unproven}, from 2026-01-01: " in page
