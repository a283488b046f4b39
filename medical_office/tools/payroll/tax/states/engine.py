"""Runs one state's rules over one pay and rounds the result."""

from collections.abc import Callable
from decimal import Decimal

from ....money import ZERO, to_cents, to_dollars
from ...law.statenames import name_of
from . import (
    alabama,
    arizona,
    arkansas,
    bracket,
    california,
    connecticut,
    indiana,
    iowa,
    kansas,
    louisiana,
    maine,
    maryland,
    massachusetts,
    mississippi,
    missouri,
    nebraska,
    new_jersey,
    new_york,
    oregon,
    rhode_island,
    south_carolina,
    utah,
    west_virginia,
    wisconsin,
)
from .errors import StateInputError
from .inputs import StateInput, Withheld
from .law import Law, Method, Proof
from .sheet import Sheet

Rule = Callable[[Law, StateInput, Sheet], Decimal]

# each returns the tax of a year, from which the share of the period is taken
SPECIAL: dict[str, Rule] = {
    "AL": alabama.annual_tax,
    "AR": arkansas.annual_tax,
    "AZ": arizona.annual_tax,
    "CA": california.annual_tax,
    "CT": connecticut.annual_tax,
    "IA": iowa.annual_tax,
    "IN": indiana.annual_tax,
    "KS": kansas.annual_tax,
    "LA": louisiana.annual_tax,
    "MA": massachusetts.annual_tax,
    "MD": maryland.annual_tax,
    "ME": maine.annual_tax,
    "MO": missouri.annual_tax,
    "MS": mississippi.annual_tax,
    "NE": nebraska.annual_tax,
    "NJ": new_jersey.annual_tax,
    "NY": new_york.annual_tax,
    "OR": oregon.annual_tax,
    "RI": rhode_island.annual_tax,
    "SC": south_carolina.annual_tax,
    "UT": utah.annual_tax,
    "WI": wisconsin.annual_tax,
    "WV": west_virginia.annual_tax,
}


def rule_of(law: Law) -> Rule:
    """The function that computes by this law.

    :raises KeyError: a special state without its function (a programming mistake)
    """
    return SPECIAL[law.state] if law.method is Method.SPECIAL else bracket.annual_tax


def evaluate(law: Law, given: StateInput, rule: Rule | None = None) -> Withheld:
    """What ``law`` withholds from one pay, in dollars, with worksheet and remarks.

    The tax is the year's divided by the periods, rounded to the cent (half up) or as
    the state's guide rounds; then the amounts the employee asked for come on, never
    below 0. Nothing is withheld from exempt employees or in states without a tax.

    :raises StateInputError: an entry of the form is missing or cannot be right
    """
    _check(law, given)
    sheet = Sheet(law, given)
    if law.method is Method.NONE:
        sheet.line(f"{name_of(law.state)} has no tax on wages", ZERO)
        return Withheld(ZERO, tuple(sheet.steps))
    if given.exempt:
        sheet.line("Exempt from withholding", ZERO)
        return Withheld(ZERO, tuple(sheet.steps))
    annual = (rule or rule_of(law))(law, given, sheet)
    share = annual / given.period.per_year
    rounded = to_dollars(share) if sheet.whole_dollars else to_cents(share)
    unit = "dollar" if sheet.whole_dollars else "cent"
    tax = sheet.line(f"Tax of the period, to the {unit}", max(ZERO, rounded))
    if given.extra:
        tax += sheet.line("Plus: additional withholding", given.extra)
    if given.reduced:
        tax -= sheet.line("Less: reduced withholding", given.reduced)
    if given.extra or given.reduced:
        sheet.line("Withholding of the period", max(ZERO, tax))
    if unproven(law, given):
        sheet.note(
            "unproven",
            f"{name_of(law.state)}: this withholding is not proven. {law.mark}",
            state=law.state,
            why=law.mark,
        )
    return Withheld(to_cents(max(ZERO, tax)), tuple(sheet.steps), tuple(sheet.notes))


def unproven(law: Law, given: StateInput) -> bool:
    """Whether the result has to be marked: no proof at all, or none for such wages."""
    if law.proof is Proof.PARTLY_PROVEN:
        start = law.amount("unproven_from", given.filing_status.column)
        return given.annual_wages >= start
    return law.proof is Proof.UNPROVEN


def _check(law: Law, given: StateInput) -> None:
    for field in (
        "allowances",
        "additional_allowances",
        "dependents",
        "first_time_dependents",
        "adopted_children",
        "blind",
        "extra",
        "reduced",
        "allowance_amount",
        "county_percent",
    ):
        value = getattr(given, field)
        if value is not None and value < 0:
            raise StateInputError(
                law.state, field, f"{field.replace('_', ' ')} cannot be {value}."
            )
