"""What a federal tax levy on wages leaves to the person (IRS Pub. 1494)."""

from decimal import Decimal
from enum import Enum

from ...money import ZERO, to_cents
from ..law.lawtable import rows
from ..law.limits import LimitMissing, Status
from ..law.period import PayPeriod
from ..law.working import Step, Worked


class LevyStatus(Enum):
    """Filing status on the levy's Statement of Dependents and Filing Status."""

    SINGLE = "single"
    MARRIED_JOINT = "married_joint"
    HEAD_OF_HOUSEHOLD = "head_of_household"
    MARRIED_SEPARATE = "married_separate"


def exempt(
    year: int,
    status: LevyStatus,
    dependents: int,
    period: PayPeriod,
    additional: Decimal = ZERO,
) -> Worked:
    """Take-home pay of a pay period that a federal levy must leave, in dollars.

    26 USC 6334(d): the standard deduction and an amount per dependent, divided by the
    pay periods; each part rounded to the cent as in the printed table. A person who
    does not return the statement within three days is married filing separately without
    dependents. A child whose support is exempt already is no dependent here.

    :param year: of the table sent with the levy (or the statement's last update)
    :param additional: for age 65 or blindness, per pay period, from the second table
    :raises LimitMissing: the year's figures are not shipped or not settled
    """
    for row in rows("garnishment_levy"):
        if row["year"] == str(year) and row["filing_status"] == status.value:
            if Status(row["status"]) is not Status.PUBLISHED:
                break
            periods = period.per_year
            base = to_cents(Decimal(row["standard_deduction"]) / periods)
            each = to_cents(Decimal(row["per_dependent"]) / periods)
            amount = base + each * dependents + additional
            source = row["source"]
            steps = (
                Step(f"{status.value}: {row['standard_deduction']} / {periods}", base),
                Step(f"{dependents} dependents at", each),
                Step("Additional for age or blindness", additional),
                Step("Exempt from levy", amount, source),
            )
            return Worked(amount, steps)
    raise LimitMissing(
        f"The levy table of {year} is not settled in garnishment_levy.csv: enter the "
        "exempt amount printed in the table that came with the levy."
    )
