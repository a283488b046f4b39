"""Every sentence that a reader of files or codes may say can be translated."""

import importlib
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file

TOOLS = Path(__file__).resolve().parents[2] / "medical_office/tools"


def modules():
    """The modules of the tools that hold texts."""
    for path in sorted(TOOLS.rglob("*.py")):
        if "TEXTS" in path.read_text(encoding="utf-8"):
            yield path


def texts(path):
    """The sentences of a module's tables, those of another's left out."""
    name = ".".join(path.relative_to(TOOLS.parent).with_suffix("").parts)
    module = importlib.import_module(name)
    for key, table in vars(module).items():
        if key.endswith("TEXTS") and isinstance(table, dict):
            for said in table.values():
                yield from (said,) if isinstance(said, str) else said


@pytest.fixture(scope="module")
def marked():
    """What the exporter of the catalog finds."""
    return {
        found[1]
        for path in TOOLS.rglob("*.py")
        for found in extract_from_file("python", path, keywords={"_lt": None})
    }


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.stem)
def test_every_text_is_marked(path, marked):
    assert [text for text in texts(path) if text and text not in marked] == []


def test_screens_say_no_english_of_their_own():
    addon = TOOLS.parent
    said = [
        str(path.relative_to(addon))
        for folder in ("models", "wizard", "engine", "report", "controllers")
        for path in (addon / folder).rglob("*.py")
        if ".english(" in path.read_text(encoding="utf-8")
    ]
    assert said == []
