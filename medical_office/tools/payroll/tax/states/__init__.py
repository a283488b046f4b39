"""State income tax withholding: 51 jurisdictions, dated, each with its proof.

    withheld = withhold("CA", date(2026, 3, 6), StateInput(wages, PayPeriod.BIWEEKLY))
    withheld.amount, withheld.steps, withheld.notes

``status`` says beforehand whether a state can be computed and how sure we are. Other
employee taxes of states are in ``state_other``, those of cities in ``local``.
"""

from .custom import doubtful_brackets, entered_table
from .engine import evaluate
from .entry import ATTRIBUTION, law_on, wage_base, withhold, withhold_county
from .errors import BadTable, NoStateTable, StateInputError, StateTaxError, UnknownState
from .inputs import FilingStatus, Note, Rounding, StateInput, Withheld
from .law import County, Law, Method, Proof, RoundsTo, WageBase
from ...law.statenames import NAMES
from .schedule import Bracket, Schedule
from .status import Status, counties, jurisdictions, status

__all__ = [
    "ATTRIBUTION",
    "NAMES",
    "BadTable",
    "Bracket",
    "County",
    "FilingStatus",
    "Law",
    "Method",
    "NoStateTable",
    "Note",
    "Proof",
    "Rounding",
    "RoundsTo",
    "Schedule",
    "StateInput",
    "StateInputError",
    "StateTaxError",
    "Status",
    "UnknownState",
    "WageBase",
    "Withheld",
    "counties",
    "doubtful_brackets",
    "entered_table",
    "evaluate",
    "jurisdictions",
    "law_on",
    "status",
    "wage_base",
    "withhold",
    "withhold_county",
]
