"""The renaming of 19.0.2.0.0: each old word once, and never twice."""

import importlib.util
from pathlib import Path

import pytest

PATH = Path(__file__).parents[2] / "medical_office/migrations/19.0.2.0.0/pre-names.py"


@pytest.fixture(scope="module")
def renamed():
    spec = importlib.util.spec_from_file_location("pre_names", PATH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.renamed


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
