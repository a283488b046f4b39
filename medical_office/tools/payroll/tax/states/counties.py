"""County income taxes that follow the state's own base (Indiana, Maryland)."""

from decimal import Decimal

from .errors import StateInputError
from .law import County, Law
from .schedule import PERCENT, StepTable, slices


def county_of(law: Law, code: str) -> County:
    """The county of a code, for a text with or without its leading zero.

    :raises StateInputError: the state has no such county
    """
    county = law.counties.get(code.strip().zfill(2))
    if county is None:
        raise StateInputError(
            law.state,
            "county",
            f"there is no county {code!r}; choose one of the {len(law.counties)}.",
        )
    return county


def county_tax(county: County, column: str, taxable: Decimal) -> Decimal:
    """Annual county tax on ``taxable`` dollars, unrounded.

    Some counties charge each band on its slice, others the rate of the band in which
    the whole ends on the whole.
    """
    bands = county.bands.get(column) or county.bands["all"]
    if county.by_slices:
        return slices(bands, taxable)
    rates = StepTable(tuple(e for e, _ in bands), tuple(p for _, p in bands))
    return max(rates.over(taxable) * taxable * PERCENT, Decimal(0))
