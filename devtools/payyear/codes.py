"""The codes of a scenario: pay, deductions and orders, and the words for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from tools.csvcells import CellError, number
from tools.money import ZERO
from tools.payroll.deduct.garnishment import Claim
from tools.payroll.law.deductionkinds import KINDS
from tools.payroll.law.lawtable import rows

from .scenario import BadScenario, Event, plain

LIFE = "group_term_life"
PAY: Mapping[str, str] = {
    "REG": "Regular pay",
    "DIFF": "Shift differential",
    "OTP": "Overtime premium (the half)",
    "OTS": "Overtime premium of the state",
    "PTO": "Paid time off",
    "HOL": "Holiday",
    "SICK": "Sick leave",
    "BONUS": "Bonus",
    "ADDL": "Other earnings",
    "RETRO": "Correction of an earlier period",
    "REIMB": "Expenses repaid",
}
# pay that a raise raises, and pay that is no regular pay of a period
TIMED = ("REG", "DIFF", "OTP", "OTS", "PTO", "HOL", "SICK")
PAY_WORDS = {
    "regular": "REG",
    "salary": "REG",
    "wages": "REG",
    "wage": "REG",
    "gross": "REG",
    "hourly": "REG",
    "overtime_premium": "OTP",
    "differential": "DIFF",
    "vacation": "PTO",
    "holiday": "HOL",
    "supplemental": "BONUS",
    "commission": "BONUS",
    "severance": "BONUS",
    "other": "ADDL",
    "retroactive": "RETRO",
    "reimbursement": "REIMB",
}
OVERTIME = ("ot", "overtime")  # hours at one and a half: two thirds are regular pay
# amounts of these are hours
HOURS = ("hours", "reg_hours", "regular_hours")
OVERTIME_HOURS = ("ot_hours", "overtime_hours")
PERCENT = ("_percent", "_pct", "%")  # behind a code: its amount is a percentage
HUNDRED = Decimal(100)
MOST = Decimal("999999999.99")  # a larger amount is a slip of the keyboard
ALL = ("all", "max", "maximum")  # an order that asks for all that the law allows
DEDUCTION_WORDS = {
    "s125": "health_125",
    "section_125": "health_125",
    "health_insurance": "health_125",
    "health": "health_125",
    "medical": "health_125",
    "dental": "dental_125",
    "vision": "vision_125",
    "fsa": "health_fsa",
    "dcfsa": "dependent_care_fsa",
    "dependent_care": "dependent_care_fsa",
    "hsa": "hsa_125",
    "transit": "commuter",
    "parking": "commuter",
    "ret": "401k",
    "401(k)": "401k",
    "deferral": "401k",
    "403(b)": "403b",
    "roth": "roth_401k",
    "post": "posttax",
    "after_tax": "posttax",
    "loan": "posttax",
    "union_dues": "posttax",
    "gtl": LIFE,
    "life": LIFE,
    "imp": LIFE,
}
ORDER_WORDS = {
    "garn": Claim.CREDITOR,
    "garnishment": Claim.CREDITOR,
    "creditor_garnishment": Claim.CREDITOR,
    "child_support": Claim.SUPPORT,
    "levy": Claim.FEDERAL_LEVY,
    "tax_levy": Claim.FEDERAL_LEVY,
    "chapter_13": Claim.BANKRUPTCY,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What an election asks for: dollars, a percentage of pay, or a cover."""

    kind: str
    amount: Decimal = ZERO
    percent: Decimal = ZERO
    coverage: Decimal = ZERO


def kinds() -> tuple[str, ...]:
    """The kinds of deductions, benefits and imputed income, by the table of kinds."""
    return tuple(dict.fromkeys(row["kind"] for row in rows(KINDS)))


def pay_code(code: str) -> str | None:
    """The code of a payslip for a word, None where it is not pay."""
    upper = code.upper()
    return upper if upper in PAY else PAY_WORDS.get(plain(code))


def deduction(code: str) -> str | None:
    """The kind of deduction for a word, None where it is none."""
    word = plain(code)
    for tail in PERCENT:
        word = word.removesuffix(tail)
    found = DEDUCTION_WORDS.get(word, word)
    return found if found in kinds() else None


def claim(code: str) -> Claim | None:
    """The kind of garnishment for a word, None where it is none."""
    word = plain(code)
    named = {one.value: one for one in Claim}
    return ORDER_WORDS.get(word) or named.get(word)


def unknown(event: Event) -> BadScenario:
    """The sentence about a code that nobody knows."""
    known = [*PAY] if event.kind in ("pay", "opening") else []
    known += kinds()
    if event.kind == "elect":
        known += [one.value for one in Claim]
    if event.kind == "opening":
        known += ["FIT", "SS", "MED", "ADDMED", "FUTA", "SUTA", "SIT", "SOTH:<code>"]
    return BadScenario(
        f"Line {event.line}: {event.code!r} is not a code of {event.kind!r}; use one of "
        f"{', '.join(known)}."
    )


def dollars(event: Event, text: str | None = None) -> Decimal:
    """The amount of an event, in dollars.

    :raises BadScenario: it is empty or not a number
    """
    cell = event.amount if text is None else text
    try:
        value = number(places=2)(cell)
    except CellError:
        raise BadScenario(
            f"Line {event.line}: {cell!r} is not an amount in dollars and cents."
        ) from None
    assert isinstance(value, Decimal)
    if abs(value) > MOST:
        raise BadScenario(f"Line {event.line}: {cell!r} is more than {MOST} dollars.")
    return value


def asked(event: Event, kind: str) -> Asked:
    """The election of an event: "10%" and 0.10 are of pay, other numbers are dollars.

    :raises BadScenario: the amount cannot be read or is negative
    """
    cell = event.amount.replace(" ", "")
    try:
        value = number(0)(cell.removesuffix("%"))
    except CellError:
        raise BadScenario(
            f"Line {event.line}: {event.amount!r} is neither dollars nor a percentage "
            "such as 10%."
        ) from None
    assert isinstance(value, Decimal)
    if value > MOST:
        raise BadScenario(f"Line {event.line}: {cell!r} is more than {MOST} dollars.")
    if kind == LIFE:
        return cover(event, kind, value)
    if cell.endswith("%") or plain(event.code).endswith(PERCENT):
        if value > HUNDRED:
            raise BadScenario(
                f"Line {event.line}: {cell!r} is more than all of the pay."
            )
        return Asked(kind, percent=value)
    if 0 < value < 1:
        return Asked(kind, percent=value * 100)
    return Asked(kind, value)


def cover(event: Event, kind: str, value: Decimal) -> Asked:
    """Group-term life takes the cover; the code IMP its taxable cost."""
    if plain(event.code) == "imp":
        return Asked(kind, value)
    return Asked(kind, coverage=value)
