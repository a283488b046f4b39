"""What the numbers of a practice say: each measure with its formula and its source."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

COST_SURVEY = "mgma.com/cost-rev-formulas"
USUAL = "usual definition, no published source checked"
YEAR = Decimal(365)
TENTH, CENT = Decimal("0.1"), Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Figures:
    """What a month is measured by; dollars, None where it is not known.

    ``revenue`` and the costs are the ledger's, ``charges`` to ``ar_over`` the billing
    system's; ``days`` is how many days the charges cover.
    """

    revenue: Decimal | None = None
    operating: Decimal | None = None  # support staff included
    staff: Decimal | None = None
    provider: Decimal | None = None
    supplies: Decimal | None = None  # drugs, medical and surgical
    depreciation: Decimal | None = None
    cash: Decimal | None = None
    visits: int | None = None
    new_patients: int | None = None
    charges: Decimal | None = None
    payments: Decimal | None = None
    adjustments: Decimal | None = None
    receivable: Decimal | None = None
    ar_over: Decimal | None = None
    physicians: Decimal | None = None  # full-time equivalents
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: what it is, how it is worked out, and which way is good."""

    code: str
    name: str
    formula: str
    unit: str  # percent, dollars, days or ratio
    better: str  # up or down
    source: str
    work: Callable[[Figures], Decimal | None]


def _ratio(
    above: Decimal | None, below: Decimal | int | None, times: int = 1
) -> Decimal | None:
    """``above`` / ``below`` x ``times``; None where a part is unknown or nothing."""
    if above is None or below is None or not below:
        return None
    return above / Decimal(below) * times


def _percent(above: Decimal | None, below: Decimal | int | None) -> Decimal | None:
    return _ratio(above, below, 100)


def _daily(amount: Decimal | None, days: int | None) -> Decimal | None:
    return None if amount is None or not days else amount / days


def _adjusted(figures: Figures) -> Decimal | None:
    if figures.charges is None or figures.adjustments is None:
        return None
    return figures.charges - figures.adjustments


def _cash_cost(figures: Figures) -> Decimal | None:
    """What a day of operations costs in cash."""
    cost = figures.operating
    if cost is None:
        return None
    return _daily(cost - (figures.depreciation or Decimal(0)), figures.days)


MEASURES = (
    Measure(
        "overhead",
        "Overhead ratio",
        "total operating cost / total medical revenue x 100",
        "percent",
        "down",
        USUAL,
        lambda f: _percent(f.operating, f.revenue),
    ),
    Measure(
        "staff_share",
        "Staff cost share",
        "total support staff cost / total medical revenue x 100",
        "percent",
        "down",
        USUAL,
        lambda f: _percent(f.staff, f.revenue),
    ),
    Measure(
        "supply_per_visit",
        "Supply cost per visit",
        "drug, medical and surgical supply / visits",
        "dollars",
        "down",
        USUAL,
        lambda f: _ratio(f.supplies, f.visits),
    ),
    Measure(
        "cost_per_visit",
        "Cost per visit",
        "total operating cost / visits",
        "dollars",
        "down",
        USUAL,
        lambda f: _ratio(f.operating, f.visits),
    ),
    Measure(
        "revenue_per_visit",
        "Revenue per visit",
        "total medical revenue / visits",
        "dollars",
        "up",
        USUAL,
        lambda f: _ratio(f.revenue, f.visits),
    ),
    Measure(
        "collections_per_physician",
        "Collections per full-time physician",
        "payments / full-time equivalents of physicians",
        "dollars",
        "up",
        USUAL,
        lambda f: _ratio(f.payments, f.physicians),
    ),
    Measure(
        "days_in_ar",
        "Days in A/R",
        "A/R / (charges / days of the period)",
        "days",
        "down",
        COST_SURVEY,
        lambda f: _ratio(f.receivable, _daily(f.charges, f.days)),
    ),
    Measure(
        "days_in_ar_adjusted",
        "Days in A/R (adjusted charges)",
        "A/R / ((charges - adjustments) / days of the period)",
        "days",
        "down",
        COST_SURVEY,
        lambda f: _ratio(f.receivable, _daily(_adjusted(f), f.days)),
    ),
    Measure(
        "gross_collection",
        "Gross collection rate",
        "payments / charges x 100",
        "percent",
        "up",
        COST_SURVEY,
        lambda f: _percent(f.payments, f.charges),
    ),
    Measure(
        "net_collection",
        "Net collection rate",
        "payments / (charges - adjustments) x 100",
        "percent",
        "up",
        COST_SURVEY,
        lambda f: _percent(f.payments, _adjusted(f)),
    ),
    Measure(
        "ar_over_120",
        "A/R over 120 days",
        "A/R over 120 days / A/R x 100",
        "percent",
        "down",
        USUAL,
        lambda f: _percent(f.ar_over, f.receivable),
    ),
    Measure(
        "days_cash",
        "Days of cash on hand",
        "cash / ((operating cost - depreciation) / days of the period)",
        "days",
        "up",
        USUAL,
        lambda f: _ratio(f.cash, _cash_cost(f)),
    ),
    Measure(
        "new_share",
        "New patients",
        "new patients / visits x 100",
        "percent",
        "up",
        USUAL,
        lambda f: _percent(
            None if f.new_patients is None else Decimal(f.new_patients), f.visits
        ),
    ),
)
BY_CODE = {measure.code: measure for measure in MEASURES}


def measured(figures: Figures) -> dict[str, Decimal | None]:
    """{code: value} of every measure, rounded to what is shown (cents, else tenths).

    None where a number is missing or the divisor is nothing.
    """
    values = {}
    for measure in MEASURES:
        value = measure.work(figures)
        place = CENT if measure.unit == "dollars" else TENTH
        values[measure.code] = (
            None if value is None else value.quantize(place, ROUND_HALF_UP)
        )
    return values
