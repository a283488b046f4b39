"""Screen readers and weak eyes: axe finds nothing serious on the screens we draw."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
# the host draws lists and forms; what is drawn here is ours
SCREENS = {
    "manager": "par-grid my-department setup-guide power enrollment-matrix count-shelf",
    "director": "directors-place",
    "head": "my-department hours-by-day",
    "hr": "credential-matrix training-matrix",
    "payroll": "hours-by-day",
    "accountant": "",
    "auditor": "",
    "frontdesk": "rounds-walk",
    "staff": "rounds-walk count-shelf clock",
}
# of a list the host's search bar and boxes are its own; what stands in it can be read
LISTS = {
    "manager": "supply-orders",
    "payroll": "pay-runs",
    "director": "finance-requests",
    "accountant": "daily-deposits",
}
RUN = """async ([root, rules]) => {
    const found = await axe.run(root, {
        runOnly: rules,
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


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("login", SCREENS)
def test_nothing_serious(person, axe, login, phone):
    """Every role's cockpit, and each screen that is ours, in both widths."""
    somebody = person(login, phone)
    found = {}
    for path in ("medical-office", *SCREENS[login].split()):
        found[path] = serious(somebody, axe, path, ["wcag2a", "wcag2aa"])
    assert not {path: faults for path, faults in found.items() if faults}


@pytest.mark.parametrize("login", LISTS)
def test_what_a_list_says_can_be_read(person, axe, login):
    assert serious(person(login), axe, LISTS[login], ["color-contrast"]) == []


def serious(somebody, axe, path, rules):
    somebody.open(f"/odoo/{path}")
    somebody.page.wait_for_selector(".o_action_manager > *")
    somebody.page.wait_for_timeout(1500)
    somebody.page.add_script_tag(path=str(axe))
    return somebody.page.evaluate(RUN, [".o_action_manager", rules])
