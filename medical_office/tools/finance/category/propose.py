"""Propose a practice category for an account: by what is posted to it, its name, its type.

Never by its number: 601000 is Raw Materials in one chart and wages in another. It is a
proposal, and it says why; a person decides.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

# what payroll posts -> category
PAYROLL = {
    "wages": "staff_business",
    "reimbursement": "admin_supply",
    "employer_tax": "staff_benefits",
    "benefits": "staff_benefits",
}
# words of a name -> category, the first line that fits; costs and revenue apart
COSTS: tuple[tuple[str, str], ...] = (
    (r"income tax|franchise tax|local/city tax", "income_tax"),
    (r"malpractice|professional liability", "malpractice"),
    (
        r"(cash|exchange).*loss|loss on|cash difference|cash discount|exchange loss",
        "other_cost",
    ),
    (r"loan interest|interest expense|interest paid|mortgage interest", "interest"),
    (r"physician.*(benefit|insurance|pension|tax)", "physician_benefits"),
    (
        r"nurse practitioner|physician assistant|nonphysician|\bapp\b.*(pay|wage|salar)",
        "provider_npp",
    ),
    (r"physician|doctor|provider.*(pay|compensation|salar|draw)", "physician_pay"),
    (r"locum", "provider_consultant"),
    (r"nurs|medical assistant|clinical.*(staff|wage|salar)", "staff_clinical"),
    (r"front (desk|office)|reception", "staff_front"),
    (r"temporary (staff|help|labor)|agency staff|contract labor", "staff_contract"),
    (
        r"payroll tax|social security|medicare tax|fica|futa|suta|unemployment|"
        r"workers.? comp|compensation insurance|disability insurance|"
        r"health(care)? (benefits?|insurance)|pension|retirement|401|"
        r"employees? benefits?",
        "staff_benefits",
    ),
    (r"wages|salar|commission|overtime|bonus|payroll$", "staff_business"),
    (r"drug|vaccine|pharmac|medication|inject", "drugs"),
    (r"laborator|\blab\b|reference lab|pathology", "lab"),
    (r"radiolog|imaging|x-?ray|ultrasound", "imaging"),
    (
        r"medical suppl|surgical|clinical suppl|raw material|disposal|medical waste|"
        r"cost of goods|cost of production",
        "medical_supply",
    ),
    (r"billing|collection (fee|agenc|service)|clearinghouse", "billing"),
    (r"management fee", "management_fee"),
    (r"allocated|allocation", "allocated"),
    (
        r"computer|software|internet|telephone|\bit\b|information technology|health record|"
        r"hosting|data line|technology",
        "it",
    ),
    (r"advertising|advertisement|marketing|promotion|website", "marketing"),
    (
        r"(?<!vehicle )(?<!equipment )\brent\b|lease of (space|office)|utilit|electric|"
        r"water|janitor|clean|building|office maintenance|property tax|occupancy|security",
        "building",
    ),
    (
        r"depreciation|equipment|furniture|machine|repairs?|vehicles?\b|vehicle rent|"
        r"amortization",
        "equipment",
    ),
    (r"insurance", "insurance"),
    (
        r"account(ing|ant)|legal|audit|attorney|consult|professional fee|"
        r"subcontract|administration fee",
        "fees",
    ),
    (r"bad debt", "bad_debt"),
    (
        r"office suppl|postage|printing|stationery|office service|dues|subscription|"
        r"license|permit|bank fee|bank charge|merchant|credit card fee|courier|"
        r"training|education|documentation|travel|airfare|hotel|transportation|fuel|"
        r"meals|food|catering",
        "admin_supply",
    ),
    (r"miscellaneous|other expense|sales tax|import fee", "other_operating"),
)
REVENUE: tuple[tuple[str, str], ...] = (
    (r"contractual|adjustment|write-?off|discount.*(given|allowed)", "adjustments"),
    (r"bad debt", "bad_debt"),
    (r"gross (patient )?(charge|revenue)|patient charges", "gross_charges"),
    (r"capitation|per member", "capitation"),
    (r"gain|interest|dividend|other income", "other_income"),
    (r"lab|imaging|drug|ancillary|optical|product", "other_medical_revenue"),
    (
        r"patient|visit|fee.?for.?service|collection|medical|service|sales",
        "collections",
    ),
)
# account type -> category where the name says nothing
TYPES = {
    "income": "collections",
    "income_other": "other_income",
    "expense_direct_cost": "medical_supply",
    "expense_depreciation": "equipment",
    "expense_other": "other_cost",
}
MAPPED_TYPES = frozenset((*TYPES, "expense"))

# what is bought -> practice category and words of its account, the first that is there
MEDICAL = ("medical_supply", r"medical suppl|clinical suppl|surgical|raw material")
ITEMS = {
    "medical": (MEDICAL,),
    "drug": (("drugs", r"drug|vaccine|pharmac|medication"), MEDICAL),
    "office": (("admin_supply", r"office suppl|stationery"),),
}


def account_of_items(kind: str, accounts: Sequence[tuple[int, str, str]]) -> int | None:
    """The account to which items of a kind are posted, if that is plain.

    :param kind: medical, drug or office
    :param accounts: (id, English name, code of the practice category) of each account
    :return: the one whose name says so, else the only one of its category
    """
    for code, words in ITEMS[kind]:
        own = [(key, name) for key, name, category in accounts if category == code]
        named = [key for key, name in own if re.search(words, name, re.IGNORECASE)]
        if named or len(own) == 1:
            return named[0] if named else own[0][0]
    return None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A category's code and why: ``payroll``, ``name`` or ``type``."""

    code: str
    reason: str


def propose(
    name: str, account_type: str, payroll_kind: str | None = None
) -> Proposal | None:
    """The category an account probably belongs to.

    :param name: the account's name, English
    :param account_type: the host's: income, expense, expense_direct_cost, ...
    :param payroll_kind: what payroll posts to it, if anything (wages, employer_tax, ...)
    :return: None where a person has to say, and for accounts of the balance sheet
    """
    if account_type not in MAPPED_TYPES:
        return None
    if payroll_kind in PAYROLL:
        return Proposal(PAYROLL[payroll_kind], "payroll")
    words = REVENUE if account_type.startswith("income") else COSTS
    for pattern, code in words:
        if re.search(pattern, name, re.IGNORECASE):
            return Proposal(code, "name")
    if account_type in TYPES:
        return Proposal(TYPES[account_type], "type")
    return None
