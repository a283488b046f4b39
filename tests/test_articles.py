"""No text puts “a” or “an” before a word that is filled in: “of a Additional Earning”."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1] / "medical_office"
FILLED = re.compile(r"\b[Aa]n? [“\"\']?(%s|%\(|#\{|\{\{|\$\{|<(t|span)[^>]*t-out)")
# a text that is written in parts
SPLIT = re.compile(r"[\"\']\s*\n\s*[\"\']")
KINDS = ("*.py", "*.xml", "*.js")


def texts_of(path):
    text = path.read_text(encoding="utf-8")
    return SPLIT.sub("", text) if path.suffix != ".xml" else re.sub(r"\s+", " ", text)


def test_no_article_before_a_word_that_is_filled_in():
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for kind in KINDS
        for path in sorted(ROOT.rglob(kind))
        if not {"tests", "lib"} & set(path.relative_to(ROOT).parts)
        for match in FILLED.finditer(texts_of(path))
    ]
    assert not found, "\n".join(found)


def test_the_walk_finds_one():
    assert FILLED.search(SPLIT.sub("", '"of a "\n    "%(model)s"'))
    assert FILLED.search('<p>is a <t t-out="kind" /></p>')
    assert not FILLED.search("of this %(model)s")
