"""The list of words not to use is read as it is meant, and only what users see is asked."""

import importlib.util
from importlib.machinery import SourceFileLoader
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parent.parent / "bin" / "check-words"

PYTHON = '''"""Works it out anew."""

def name(self):
    """A docstring: worked out anew."""
    # a comment: worked out anew
    key = "state_is_worked_out"
    return self.env._("%s is no number.", key)
'''
XML = """<odoo>
    <!-- worked out anew -->
    <field name="name">Work Out Anew</field>
    <field name="help" string="Lacking" />
</odoo>
"""


@pytest.fixture(scope="module")
def words():
    loader = SourceFileLoader("check_words", str(SCRIPT))
    module = importlib.util.module_from_spec(
        importlib.util.spec_from_loader("check_words", loader)
    )
    loader.exec_module(module)
    return module


def found(words, path):
    return [
        (line, match[0])
        for line, text in words.texts(path)
        if not words.is_technical(text)
        for match, _new in words.words_in(text, words.rules())
    ]


def test_python_is_asked_for_its_messages_alone(words, tmp_path):
    path = tmp_path / "model.py"
    path.write_text(PYTHON, encoding="utf-8")
    assert found(words, path) == [(7, "is no number")]


def test_xml_is_asked_for_text_and_labels(words, tmp_path):
    path = tmp_path / "views.xml"
    path.write_text(XML, encoding="utf-8")
    assert found(words, path) == [(3, "Work Out Anew"), (4, "Lacking")]


def test_each_rule_says_what_to_write(words):
    rules = words.rules()
    assert len(rules) > 25
    assert all(new.strip() for _pattern, new in rules)


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        ("3 % worked out of band", False),
        ("Recalculate", False),
        ("The licence ends", True),
        ("The license ends", False),
        ("Cost in all", True),
        ("Catalogue", True),
        ("what the store lacks", True),
        ("Who Repairs What", True),
    ],
)
def test_words_are_told_apart(words, text, bad):
    assert any(pattern.search(text) for pattern, _new in words.rules()) is bad
