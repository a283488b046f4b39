"""Which category an account is proposed for: the US chart and other charts' names."""

import csv
from pathlib import Path

import pytest
from tools.finance.category.propose import (
    COSTS,
    PAYROLL,
    REVENUE,
    TYPES,
    account_of_items,
    propose,
)

DATA = Path(__file__).resolve().parents[2] / "medical_office" / "data" / "finance"

# names and types as they stand in l10n_us_account (account.account-us.csv) and in charts
# of other practices; the category as the list of categories words it
CASES = (
    ("Raw Materials", "expense", None, "medical_supply"),
    ("Salaries & Wages", "expense", None, "staff_business"),
    ("Payroll Tax", "expense", None, "staff_benefits"),
    ("Workers Compensation Insurance", "expense", None, "staff_benefits"),
    ("Healthcare Benefits", "expense", None, "staff_benefits"),
    ("Office Rent", "expense", None, "building"),
    ("Utilities", "expense", None, "building"),
    ("Telephone & Internet", "expense", None, "it"),
    ("Professional Liability Insurance", "expense", None, "malpractice"),
    ("Auto Insurance", "expense", None, "insurance"),
    ("Advertising & Marketing", "expense", None, "marketing"),
    ("Legal", "expense", None, "fees"),
    ("Equipment and Furniture", "expense", None, "equipment"),
    ("Depreciation of equipment", "expense_depreciation", None, "equipment"),
    ("Office Supplies", "expense", None, "admin_supply"),
    ("Loan Interest Expense", "expense_other", None, "interest"),
    ("Federal Income Tax", "expense_other", None, "income_tax"),
    ("Cash Discount Loss", "expense_other", None, "other_cost"),
    ("Cash Discount Gain", "income", None, "other_income"),
    ("Vaccines", "expense", None, "drugs"),
    ("Reference laboratory", "expense", None, "lab"),
    ("Locum tenens", "expense", None, "provider_consultant"),
    ("Physician salaries", "expense", None, "physician_pay"),
    ("Physician health insurance", "expense", None, "physician_benefits"),
    ("Physician compensation", "expense", None, "physician_pay"),
    ("Physician benefits and payroll taxes", "expense", None, "physician_benefits"),
    ("Physician payroll taxes", "expense", None, "physician_benefits"),
    ("Vehicle Rent", "expense", None, "equipment"),
    ("Equipment Rent", "expense", None, "equipment"),
    ("Rent", "expense", None, "building"),
    ("Product Sales", "income", None, "other_medical_revenue"),
    ("Patient services", "income", None, "collections"),
    ("Contractual adjustments", "income", None, "adjustments"),
    ("Zebra", "income", None, "collections"),
    # what is posted there says more than any name
    ("Zebra", "expense", "wages", "staff_business"),
    ("Rent of nothing", "expense", "employer_tax", "staff_benefits"),
)


@pytest.mark.parametrize(("name", "kind", "payroll", "code"), CASES)
def test_an_account_is_proposed_for(name, kind, payroll, code):
    assert propose(name, kind, payroll).code == code


def test_a_name_that_says_nothing_is_left_to_a_person():
    assert propose("Zebra", "expense") is None


@pytest.mark.parametrize("kind", ["asset_cash", "liability_payable", "equity"])
def test_accounts_of_the_balance_sheet_have_no_category(kind):
    assert propose("Rent", kind) is None


def test_every_proposal_is_a_category_with_a_tag():
    with (DATA / "medical.finance.category.csv").open(encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    with (DATA / "account.account.tag.csv").open(encoding="utf-8") as handle:
        tags = {row["id"] for row in csv.DictReader(handle)}
    codes = {row["code"] for row in rows}
    proposed = {code for _words, code in (*COSTS, *REVENUE)}
    assert proposed | set(TYPES.values()) | set(PAYROLL.values()) <= codes
    assert {row["tag_id:id"] for row in rows} == tags
    assert len(codes) == len(rows)


# id, name, category: accounts of the US chart once they are mapped, and what it lacks
US = (
    (1, "Cost of Goods Sold", "medical_supply"),
    (2, "Raw Materials", "medical_supply"),
    (3, "Disposal Fees", "medical_supply"),
    (4, "Office Services", "admin_supply"),
    (5, "Office Supplies", "admin_supply"),
)
ADDED = ((6, "Medical Supplies", "medical_supply"), (7, "Drugs and Vaccines", "drugs"))


@pytest.mark.parametrize(
    ("kind", "accounts", "expected"),
    [
        ("medical", US, 2),
        ("drug", US, 2),  # no account of its own: with the other supplies
        ("office", US, 5),
        ("drug", (*US, *ADDED), 7),
        ("medical", ((6, "Medical Supplies", "medical_supply"),), 6),
        ("medical", ((9, "Consumables", "medical_supply"),), 9),  # the only one
        (
            "medical",
            ((3, "Disposal", "medical_supply"), (8, "X", "medical_supply")),
            None,
        ),
        ("office", ((9, "Consumables", "medical_supply"),), None),
        ("drug", (), None),
    ],
)
def test_the_account_of_what_is_bought(kind, accounts, expected):
    assert account_of_items(kind, accounts) == expected
