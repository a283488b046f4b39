"""The settings of a scenario: who the person is, and what the employer has chosen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any

from tools.csvcells import CellError, number, whole
from tools.csvcells import day as parse_day
from tools.money import ZERO
from tools.payroll.deduct.retirement import Tier
from tools.payroll.law.certificates import (
    W4,
    Certificate,
    Exempt,
    FilingStatus,
    W4Before2020,
    missing_w4,
)
from tools.payroll.law.deductionkinds import KINDS
from tools.payroll.law.lawtable import rows
from tools.payroll.law.period import PayPeriod
from tools.payroll.law.statenames import NAMES
from tools.payroll.returns.deposits import Schedule
from tools.payroll.slip.shortfall import Shortfall
from tools.payroll.tax import states
from tools.payroll.tax.state_other import everything

from .scenario import BadScenario, Setting, plain

YES, NO = ("yes", "y", "true", "1", "x"), ("no", "n", "false", "0")
# a rate above this is a percentage: no state asks for a fifth of the wages
MOST = Decimal("0.2")
MOST_LAG = 366  # days from the end of a period to its pay date
FORM_OF = 2020  # the year in which Form W-4 lost its allowances

FILING = {
    "single": FilingStatus.SINGLE,
    "married": FilingStatus.MARRIED,
    "head_of_household": FilingStatus.HEAD,
    "single_or_married_filing_separately": FilingStatus.SINGLE,
    "s": FilingStatus.SINGLE,
    "m": FilingStatus.MARRIED,
    "single_mfs": FilingStatus.SINGLE,
    "mfs": FilingStatus.SINGLE,
    "married_separate": FilingStatus.SINGLE,
    "married_filing_separately": FilingStatus.SINGLE,
    "mfj": FilingStatus.MARRIED,
    "married_joint": FilingStatus.MARRIED,
    "married_jointly": FilingStatus.MARRIED,
    "married_filing_jointly": FilingStatus.MARRIED,
    "qualifying_surviving_spouse": FilingStatus.MARRIED,
    "married_filing_jointly_or_qualifying_surviving_spouse": FilingStatus.MARRIED,
    "head": FilingStatus.HEAD,
    "hoh": FilingStatus.HEAD,
}
STATE_FILING = {
    FilingStatus.SINGLE: states.FilingStatus.SINGLE,
    FilingStatus.MARRIED: states.FilingStatus.MARRIED_JOINTLY,
    FilingStatus.HEAD: states.FilingStatus.HEAD_OF_HOUSEHOLD,
}
PERIODS = {
    "every_two_weeks": PayPeriod.BIWEEKLY,
    "fortnightly": PayPeriod.BIWEEKLY,
    "twice_a_month": PayPeriod.SEMIMONTHLY,
    "yearly": PayPeriod.ANNUAL,
}
SHORTFALLS = {one.value or "open": one.value for one in Shortfall}
ARREARS = {"none": "", "next": "next", "same": "same"}
# the 27th (53rd) pay date: one more part of the salary, or the year divided by all dates
EXTRA_SALARIES = {"usual": "usual", "spread": "spread", "26": "usual", "27": "spread"}
DEPOSITS = {
    "monthly": Schedule.MONTHLY,
    "semiweekly": Schedule.SEMIWEEKLY,
    "semi_weekly": Schedule.SEMIWEEKLY,
}


@dataclass(frozen=True, slots=True)
class Terms:
    """The settings, read. ``None`` stands for what the file does not say."""

    state: str = ""
    frequency: PayPeriod = PayPeriod.BIWEEKLY
    filing_status: FilingStatus | None = None
    step2: bool = False
    step3: Decimal = ZERO
    step4a: Decimal = ZERO
    step4b: Decimal = ZERO
    step4c: Decimal = ZERO
    allowances: int = 0
    w4_form: int | None = None
    nonresident: bool = False
    exempt: bool = False
    birth_date: date | None = None
    hired: date | None = None
    prior_year_wages: Decimal | None = None
    prior_year_tax: bool | None = None
    suta_rate: Decimal | None = None
    suta_base: Decimal | None = None
    deposit: Schedule = Schedule.MONTHLY
    flat_supplemental: bool = True
    headcount: int = 25
    hsa_family: bool = False
    married_separate: bool = False
    rate: Decimal | None = None
    salary: Decimal | None = None
    annual_salary: Decimal | None = None
    extra_salary: str = "usual"
    skip_extra: tuple[str, ...] = ()
    period_lag: int | None = None
    match: tuple[Tier, ...] = ()
    local_name: str = "Local tax"
    local_percent: Decimal = ZERO
    local_wage_cap: Decimal | None = None
    local_annual_max: Decimal | None = None
    shortfall: str = ""
    arrears: str = ""
    state_fields: Mapping[str, Any] = field(default_factory=dict)
    shares: Mapping[str, Decimal] = field(default_factory=dict)
    elected: tuple[Setting, ...] = ()

    def certificate(self, year: int) -> Certificate:
        """The Form W-4 in force, or the one that stands for a form never given."""
        form: W4 | W4Before2020
        old = bool(self.allowances) if self.w4_form is None else self.w4_form < FORM_OF
        if old:
            married = self.filing_status is FilingStatus.MARRIED
            extra = self.step4c
            form = W4Before2020(married, self.allowances, extra, self.nonresident)
        elif self.filing_status is None and not self.exempt:
            form = missing_w4(self.hired or date(2020, 1, 1))
        else:
            form = W4(
                self.filing_status or FilingStatus.SINGLE,
                self.step2,
                self.step3,
                self.step4a,
                self.step4b,
                self.step4c,
                self.nonresident,
            )
        return Exempt(year, form) if self.exempt else form

    @property
    def base_rate(self) -> Decimal | None:
        """What a raise raises: dollars an hour, a year or a pay period."""
        for one in (self.rate, self.annual_salary, self.salary):
            if one is not None:
                return one
        return None

    def state_form(self) -> dict[str, Any]:
        """The fields of the state's form; the filing status is the W-4's if not given."""
        found = dict(self.state_fields)
        status = self.filing_status or FilingStatus.SINGLE
        found.setdefault("filing_status", STATE_FILING[status])
        return found

    def age(self, year: int) -> int:
        """On 31 December of ``year``; 0 when the date of birth is not given."""
        return year - self.birth_date.year if self.birth_date else 0

    def taxed_last_year(self, year: int) -> bool:
        """Whether income tax was withheld in the year before: as the file says, else
        whether the person was there."""
        if self.prior_year_tax is not None:
            return self.prior_year_tax
        return self.hired is None or self.hired.year < year


def _flag(cell: str) -> bool:
    if cell.lower() in YES:
        return True
    if cell.lower() in NO:
        return False
    raise ValueError("yes or no")


def _flat(cell: str) -> bool:
    """Whether the flat rate is taken: yes or no, or the name of the method."""
    method = {
        **dict.fromkeys(("flat", "22", "22%", "0.22"), True),
        "aggregate": False,
    }.get(plain(cell))
    return _flag(cell) if method is None else method


def _family(cell: str) -> bool:
    """Family coverage: yes or no, or the word for it."""
    kind = {"family": True, "self": False, "self_only": False, "single": False}
    found = kind.get(plain(cell))
    return _flag(cell) if found is None else found


def _tax_last_year(cell: str) -> bool:
    try:
        return _flag(cell)
    except ValueError:
        return _money(cell) > 0


def _chosen(options: Mapping[str, Any]) -> Callable[[str], Any]:
    def parse(cell: str) -> Any:
        if plain(cell) in options:
            return options[plain(cell)]
        raise ValueError(f"one of {', '.join(options)}")

    return parse


def _state(cell: str) -> str:
    names = {plain(name): code for code, name in NAMES.items()}
    code = names.get(plain(cell), cell.upper())
    if code not in NAMES:
        raise ValueError("the two letters of a state, such as WI")
    return code


def _period(cell: str) -> PayPeriod:
    known = PERIODS.get(plain(cell))
    try:
        return known or PayPeriod.parse(cell)
    except ValueError:
        names = ", ".join(f"{p.name.lower()} ({p.value})" for p in PayPeriod)
        raise ValueError(f"one of {names}; 27 or 53 pay dates change nothing") from None


def _kinds(cell: str) -> tuple[str, ...]:
    """Kinds of deductions with blanks between them."""
    named = tuple(plain(word) for word in cell.replace(";", " ").split())
    if not set(named) <= set(deductions()):
        raise ValueError(f"some of {', '.join(deductions())}, blanks between them")
    return named


def _money(cell: str) -> Decimal:
    value = number(0)(cell)
    assert isinstance(value, Decimal)
    return value


def _percent(cell: str) -> Decimal:
    return _money(cell.removesuffix("%").strip())


def _rate(cell: str) -> Decimal:
    """A fraction: 1.55, 1.55% and 0.0155 are the same rate."""
    value = _percent(cell)
    rate = value / 100 if cell.endswith("%") or value > MOST else value
    if rate > 1:
        raise ValueError("a percentage of wages, at most 100")
    return rate


def _lag(cell: str) -> int:
    days = _whole(cell)
    if days > MOST_LAG:
        raise ValueError(f"at most {MOST_LAG} days")
    return days


def _whole(cell: str) -> int:
    value = whole(0)(cell)
    assert isinstance(value, int)
    return value


def _tiers(cell: str) -> tuple[Tier, ...]:
    """ "100/3 50/2": 100 % of the first 3 % of pay, then 50 % of the next 2 %."""
    found = []
    for part in cell.replace(";", " ").replace("%", "").split():
        rate, _slash, pay = part.partition("/")
        found.append(Tier(_money(rate), _money(pay)))
    return tuple(found)


# name -> (parser, what it is); docs/pay-year.md is held against this table
SETTINGS: Mapping[str, Callable[[str], Any]] = {
    "state": _state,
    "frequency": _period,
    "filing_status": _chosen(FILING),
    "step2": _flag,
    "step3": _money,
    "step4a": _money,
    "step4b": _money,
    "step4c": _money,
    "allowances": _whole,
    "w4_form": _whole,
    "nonresident": _flag,
    "exempt": _flag,
    "birth_date": parse_day,
    "hired": parse_day,
    "prior_year_wages": _money,
    "prior_year_tax": _tax_last_year,
    "suta_rate": _rate,
    "suta_base": _money,
    "deposit": _chosen(DEPOSITS),
    "flat_supplemental": _flat,
    "headcount": _whole,
    "hsa_family": _family,
    "married_separate": _flag,
    "rate": _money,
    "salary": _money,
    "annual_salary": _money,
    "extra_salary": _chosen(EXTRA_SALARIES),
    "skip_extra": _kinds,
    "period_lag": _lag,
    "match": _tiers,
    "local_name": str,
    "local_percent": _percent,
    "local_wage_cap": _money,
    "local_annual_max": _money,
    "shortfall": _chosen(SHORTFALLS),
    "arrears": _chosen(ARREARS),
}
SYNONYMS = {
    "work_state": "state",
    "pay_frequency": "frequency",
    "pay_period": "frequency",
    "period": "frequency",
    "status": "filing_status",
    "w4_status": "filing_status",
    "multiple_jobs": "step2",
    "w4_step2": "step2",
    "w4_step3": "step3",
    "w4_step4a": "step4a",
    "w4_step4b": "step4b",
    "w4_step4c": "step4c",
    "w4_allowances": "allowances",
    "w4": "w4_form",
    "w4_year": "w4_form",
    "w4_version": "w4_form",
    "w4_exempt": "exempt",
    "dependents": "step3",
    "other_income": "step4a",
    "deductions": "step4b",
    "extra": "step4c",
    "extra_withholding": "step4c",
    "line6": "step4c",
    "born": "birth_date",
    "birthday": "birth_date",
    "birthdate": "birth_date",
    "date_of_birth": "birth_date",
    "hire_date": "hired",
    "hired_on": "hired",
    "first_paid": "hired",
    "prior_fica_wages": "prior_year_wages",
    "prior_wages": "prior_year_wages",
    "last_year_wages": "prior_year_wages",
    "prior_year_fica_wages": "prior_year_wages",
    "prior_year_ss_wages": "prior_year_wages",
    "wages_last_year": "prior_year_wages",
    "prior_ss_wages": "prior_year_wages",
    "last_year_ss_wages": "prior_year_wages",
    "last_year_fica_wages": "prior_year_wages",
    "ss_wages_last_year": "prior_year_wages",
    "fica_wages_last_year": "prior_year_wages",
    "tax_withheld_last_year": "prior_year_tax",
    "withheld_last_year": "prior_year_tax",
    "prior_year_fit": "prior_year_tax",
    "prior_year_withholding": "prior_year_tax",
    "prior_year_withheld": "prior_year_tax",
    "prior_tax_withheld": "prior_year_tax",
    "tax_last_year": "prior_year_tax",
    "last_year_tax": "prior_year_tax",
    "fit_last_year": "prior_year_tax",
    "sui_rate": "suta_rate",
    "sui_base": "suta_base",
    "suta_wage_base": "suta_base",
    "deposit_schedule": "deposit",
    "deposit_frequency": "deposit",
    "flat_bonus": "flat_supplemental",
    "supplemental": "flat_supplemental",
    "supplemental_flat": "flat_supplemental",
    "supplemental_method": "flat_supplemental",
    "bonus_method": "flat_supplemental",
    "employees": "headcount",
    "head_count": "headcount",
    "hsa_coverage": "hsa_family",
    "married_filing_separately": "married_separate",
    "hourly_rate": "rate",
    "pay_rate": "rate",
    "wage": "rate",
    "hourly_wage": "rate",
    "period_salary": "salary",
    "yearly_salary": "annual_salary",
    "salary_a_year": "annual_salary",
    "extra_pay_date": "extra_salary",
    "employer_match": "match",
    "county": "state_county",
    "state_status": "state_filing_status",
    "state_exemptions": "state_allowances",
    "state_extra_withholding": "state_extra",
    "pay_lag": "period_lag",
    "lag": "period_lag",
}
# what says who it is about, and decides nothing
REMARKS = ("name", "person", "employee", "employer", "title", "description", "note")
# fields of a state's own form, as ``state_<field>``
STATE_FIELDS: Mapping[str, Callable[[str], Any]] = {
    "filing_status": _chosen(
        {
            "single": states.FilingStatus.SINGLE,
            "married": states.FilingStatus.MARRIED_JOINTLY,
            "married_joint": states.FilingStatus.MARRIED_JOINTLY,
            "married_separate": states.FilingStatus.MARRIED_SEPARATELY,
            "head_of_household": states.FilingStatus.HEAD_OF_HOUSEHOLD,
        }
    ),
    "allowances": _whole,
    "extra": _money,
    "reduced": _money,
    "exempt": _flag,
    "form_on_file": _flag,
    "code": str.upper,
    "spouse_works": _flag,
    "two_jobs": _flag,
    "elected_percent": _percent,
    "allowance_amount": _money,
    "additional_allowances": _whole,
    "dependents": _whole,
    "first_time_dependents": _whole,
    "adopted_children": _whole,
    "blind": _whole,
    "county": str,
    "county_percent": _percent,
    "resident": _flag,
}


def known_names() -> tuple[str, ...]:
    """Every setting, for the sentence about an unknown one."""
    own = (f"state_{name}" for name in STATE_FIELDS)
    return (*SETTINGS, *own, "share_<code of a state tax>", *deductions(), *REMARKS)


def deductions() -> tuple[str, ...]:
    """The kinds of deductions, which may be set as elected from the beginning."""
    return tuple(dict.fromkeys(row["kind"] for row in rows(KINDS)))


def read(settings: Sequence[Setting]) -> Terms:
    """The terms of a scenario.

    :raises BadScenario: a name is unknown or given twice, a value cannot be read, or the
        state is missing
    """
    values: dict[str, Any] = {"state_fields": {}, "shares": {}, "elected": ()}
    seen: dict[str, int] = {}
    for setting in settings:
        if not setting.value:
            continue  # as if it were left out
        name = SYNONYMS.get(setting.name, setting.name)
        if name in seen:
            raise BadScenario(
                f"Line {setting.line}: {name} is set on line {seen[name]} already."
            )
        seen[name] = setting.line
        put(values, name, setting.value, setting.line)
    if "state" not in values:
        raise BadScenario("There is no setting 'state': name the state of work.")
    return Terms(**values)


def put(values: dict[str, Any], name: str, text: str, line: int) -> None:
    """Read one setting into ``values``, which has the fields of ``Terms``.

    :raises BadScenario: the name is unknown, or the value cannot be read
    """
    if name in REMARKS:
        return
    share = {tax.code for tax in everything()} & {name.removeprefix("share_")}
    own = name.removeprefix("state_")
    if name in SETTINGS:
        values[name] = _parsed(SETTINGS[name], name, text, line)
    elif name.startswith("state_") and own in STATE_FIELDS:
        value = _parsed(STATE_FIELDS[own], name, text, line)
        values["state_fields"] = {**values["state_fields"], own: value}
    elif name in deductions():
        values["elected"] = (*values["elected"], Setting(line, name, text))
    elif name.startswith("share_") and share:
        value = _parsed(_percent, name, text, line)
        values["shares"] = {**values["shares"], share.pop(): value}
    else:
        raise BadScenario(
            f"Line {line}: {name!r} is not a setting; use one of "
            f"{', '.join(known_names())}."
        )


def changed(terms: Terms, name: str, text: str, line: int) -> Terms:
    """The terms after one setting was given anew."""
    values = {one.name: getattr(terms, one.name) for one in fields(Terms)}
    put(values, SYNONYMS.get(name, name), text, line)
    return Terms(**values)


def _parsed(parser: Callable[[str], Any], name: str, text: str, line: int) -> Any:
    try:
        return parser(text)
    except CellError as error:
        told = _TOLD.get(error.code, error.code.replace("_", " "))
    except ValueError as error:
        told = str(error)
    raise BadScenario(f"Line {line}: {name} is {text!r}, but it has to be {told}.")


_TOLD = {
    "not_a_number": "a number",
    "too_small": "a number of zero or more",
    "not_whole": "a whole number",
    "not_a_date": "a date such as 2026-01-30",
}
