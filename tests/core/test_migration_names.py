"""The renamings of 19.0.2.0.0 and 19.0.3.0.0: each old word once, and never twice."""

import importlib.util
from pathlib import Path

import pytest

MIGRATIONS = Path(__file__).parents[2] / "medical_office/migrations"


def load(name):
    spec = importlib.util.spec_from_file_location("script", MIGRATIONS / name)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def renamed():
    return load("19.0.2.0.0/pre-names.py").renamed


@pytest.fixture(scope="module")
def benefits():
    return load("19.0.3.0.0/pre-names.py").steps().renamed


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("medical.payroll.return", "medical.payroll.deposit.return"),
        ("medical.payroll.return.wizard", "medical.payroll.deposit.return.wizard"),
        ("medical.payroll.filing.line", "medical.payroll.tax.return.line"),
        ("medical.payroll.opening", "medical.payroll.opening.balance"),
        ("medical.payroll.opening.line", "medical.payroll.opening.balance.line"),
        ("medical.payroll.plan.tier", "medical.payroll.benefit.plan.tier"),
        ("medical.facility.plan", "medical.facility.maintenance.plan"),
        ("medical.supply.catalogue.wizard", "medical.supply.catalog.wizard"),
        ("medical.payroll.run", "medical.payroll.run"),
    ],
)
def test_a_name_is_renamed_once(renamed, old, new):
    assert renamed(old, ".") == new
    assert renamed(new, ".") == new


def test_tables_and_external_ids(renamed):
    assert renamed("medical_payroll_filing", "_") == "medical_payroll_tax_return"
    assert (
        renamed("payroll_return_view_form", "_") == "payroll_deposit_return_view_form"
    )
    assert renamed("account_move", "_") == "account_move"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("medical.payroll.benefit.plan", "medical.people.benefit.plan"),
        ("medical.payroll.benefit.plan.tier", "medical.people.benefit.match"),
        ("medical.payroll.election", "medical.people.enrollment"),
        ("medical.payroll.local.enrollment", "medical.payroll.local.enrollment"),
    ],
)
def test_benefits_move_to_people(renamed, benefits, old, new):
    assert benefits(old, ".") == new
    assert benefits(new, ".") == new
    assert renamed(new, ".") == new, "the step before leaves the new name alone"


def test_benefits_keep_their_external_ids(benefits):
    assert benefits("access_payroll_election_hr", "_") == "access_people_enrollment_hr"
    assert benefits("payroll_own_election_action", "_") == "payroll_own_election_action"
