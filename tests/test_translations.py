"""The template for translators is there and holds strings of every kind."""

import re
from pathlib import Path

import pytest

TEMPLATE = (
    Path(__file__).resolve().parent.parent
    / "medical_office"
    / "i18n"
    / "medical_office.pot"
)


@pytest.fixture(scope="module")
def template():
    """All strings, with the lines of long ones joined."""
    text = TEMPLATE.read_text(encoding="utf-8")
    return set(re.findall(r'msgid "(.*)"', re.sub(r'"\n"', "", text)))


@pytest.mark.parametrize(
    "text",
    [
        "Renew Label Code",  # a button
        "Exam room",  # a choice
        "Department Head",  # a role
        "The status of this %(model)s is changed with its buttons, not by editing it.",  # Python
        "Room Labels, 10 per Sheet",  # a report
        "Failed items not settled",  # data
        "No open problems here.",  # text in a form
    ],
)
def test_holds(template, text):
    assert text in template


def test_strings_of_the_browser_are_in(template):
    source = TEMPLATE.parent.parent / "static" / "src"
    wanted = {
        text
        for path in source.rglob("*.js")
        for text in re.findall(
            r'\b_t\(\s*"([^"\\]+)"', path.read_text(encoding="utf-8")
        )
    }
    assert wanted
    found = wanted & template
    # a string that is younger than the template may be missing, most may not
    assert len(found) >= 0.9 * len(wanted), sorted(wanted - template)
