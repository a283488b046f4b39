"""Can this state be computed on that day, and how sure are we? For the preflight."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ...law.statenames import NAMES, name_of
from .entry import law_on
from .errors import NoStateTable
from .inputs import FilingStatus
from .law import County, Law, Proof


@dataclass(frozen=True, slots=True)
class Status:
    """What is known of a jurisdiction on a day, with a sentence for the user."""

    state: str
    name: str
    proof: Proof
    sentence: str
    law: Law | None = None

    @property
    def blocks(self) -> bool:
        """Whether a pay run has to stop: there is no table to compute by."""
        return self.proof is Proof.NO_TABLE


def jurisdictions() -> tuple[str, ...]:
    """Postal codes of the 51 jurisdictions, by name."""
    return tuple(NAMES)


def counties(state: str, pay_date: date) -> Mapping[str, County]:
    """The counties whose tax the state's rules include (Indiana, Maryland), by code.

    :raises UnknownState, NoStateTable: as for ``withhold``
    """
    return law_on(state, pay_date).counties


def status(
    state: str,
    day: date,
    annual_wages: Decimal | None = None,
    filing_status: FilingStatus = FilingStatus.SINGLE,
    custom: Sequence[Law] = (),
) -> Status:
    """How a state stands on a pay date.

    With ``annual_wages`` (dollars) a state proven only up to certain wages (Oregon,
    New York) is judged for this employee, without them it is PARTLY_PROVEN.

    :raises UnknownState: no such state
    """
    name = name_of(state)
    try:
        law = law_on(state, day, None, custom)
    except NoStateTable as error:
        return Status(state, name, Proof.NO_TABLE, str(error))
    proof, source = law.proof, law.citation
    if proof is Proof.PARTLY_PROVEN and annual_wages is not None:
        start = law.amount("unproven_from", filing_status.column)
        proof = Proof.PROVEN if annual_wages < start else Proof.UNPROVEN
    sentence = {
        Proof.NO_WAGE_TAX: f"{name} has no tax on wages ({source}).",
        Proof.PROVEN: f"{name} reproduces published results of the state ({source}).",
        Proof.PARTLY_PROVEN: f"{name} is proven in part only. {law.mark}",
        Proof.UNPROVEN: f"{name}: this withholding is not proven. {law.mark}",
        Proof.ENTERED: (
            f"{name} is computed by the table your practice entered, in force from "
            f"{law.valid_from} ({source})."
        ),
    }[proof]
    return Status(state, name, proof, sentence, law)
