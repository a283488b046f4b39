"""What people typed is compared as it stands: no % or _ of it stands for other signs."""

import re
from pathlib import Path

ADDON = Path(__file__).resolve().parents[2] / "medical_office"
COMPARED = re.compile(r"\"=i?like\",\s*(.{0,60})", re.S)


def test_each_comparison_without_case_takes_its_text_as_it_stands():
    found = []
    for path in ADDON.glob("**/*.py"):
        if "tests" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        for match in COMPARED.finditer(text):
            before = text[max(match.start() - 200, 0) : match.start()]
            found.append(path.name)
            assert "escape_psql" in match[1] + before or "pattern" in match[1], path
    assert len(found) >= 6
