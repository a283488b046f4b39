"""Scheduled jobs work on each record by itself: one that fails does not stop the others."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ADDON = Path(__file__).resolve().parents[2] / "medical_office"
CALL = re.compile(r"model\.(_\w+)\(")
# one statement over all of it, or what keeps each failure itself
BY_THEMSELVES = {
    "_cron_run": "a check, or a list's screening, keeps its own error",
    "_cron_run_codes": "the same",
    "_cron_count": "answers of five hires count together, or they tell what one said",
    "_cron_link": "the chain of seals is one: it goes on where it stopped",
    "_cron_verify": "reads, and says what differs",
    "_cron_work_off": "one statement",
    "_cron_medical_use": "one statement",
    "_cron_plan": "a plan that stops keeps its problem (_by_itself)",
}


def jobs():
    """(method, file of data) of every scheduled job."""
    for path in sorted(ADDON.glob("data/**/*.xml")):
        text = path.read_text(encoding="utf-8")
        if "ir.cron" in text:
            for name in CALL.findall(text):
                yield pytest.param(name, id=f"{path.stem} {name}")


@cache
def methods():
    """{name: {file: source of the method of this name}}"""
    found = {}
    for path in ADDON.glob("models/**/*.py"):
        text = path.read_text(encoding="utf-8")
        if "_cron" not in text and "_expire" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                source = ast.get_source_segment(text, node)
                found.setdefault(node.name, {})[path] = source
    return found


@pytest.mark.parametrize("name", jobs())
def test_a_job_works_on_each_record_by_itself(name):
    assert name in methods(), f"{name} is nowhere"
    if name in BY_THEMSELVES:
        return
    for path, source in methods()[name].items():
        called = re.findall(r"\.(_\w+)\(", source)
        inner = "".join(methods().get(one, {}).get(path, "") for one in called)
        assert re.search(r"\b_each(_batch)?\b", source + inner), f"{path}: {name}"


def test_no_job_is_left_out():
    assert len(list(jobs())) >= 25
