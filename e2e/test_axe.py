"""Screen readers and weak eyes: axe finds nothing serious on the screens we draw."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
# the host draws lists and forms; what is drawn here is ours
SCREENS = [
    ("manager", False, "medical-office", ".mo_cockpit"),
    ("manager", False, "par-grid", ".o_action_manager"),
    ("accountant", False, "medical-office", ".mo_cockpit"),
    ("staff", True, "medical-office", ".mo_cockpit"),
    ("staff", True, "rounds-walk", ".o_action_manager"),
    ("staff", True, "count-shelf", ".o_action_manager"),
]
RUN = """async (root) => {
    const found = await axe.run(root, {
        runOnly: ["wcag2a", "wcag2aa"],
        resultTypes: ["violations"],
    });
    return found.violations
        .filter(({impact}) => ["serious", "critical"].includes(impact))
        .map(({id, impact, nodes}) => ({
            id, impact, places: nodes.slice(0, 3).map((node) => node.html.slice(0, 160)),
        }));
}"""


@pytest.fixture(scope="session")
def axe():
    """axe-core as package.json pins it."""
    if not AXE.exists():
        subprocess.run(
            ["npm", "ci", "--silent", "--no-audit", "--no-fund"],
            cwd=ROOT,
            check=True,
            timeout=300,
        )
    return AXE


@pytest.mark.parametrize(("login", "phone", "path", "root"), SCREENS)
def test_nothing_serious(person, axe, login, phone, path, root):
    somebody = person(login, phone)
    somebody.open(f"/odoo/{path}")
    somebody.page.wait_for_selector(f"{root} > *")
    somebody.page.wait_for_timeout(1500)
    somebody.page.add_script_tag(path=str(axe))
    assert somebody.page.evaluate(RUN, root) == []
