"""Lead time of a vendor for one item, from real receipts as far as there are any."""

from collections.abc import Sequence
from statistics import fmean, stdev

from ..notes import Note, note
from .demand import LeadTime

ENOUGH = 5  # receipts from which mean and spread speak for themselves
RECENT = 20  # a vendor of three years ago is another vendor
ASSUMED_SPREAD = 0.3  # of the mean, while there are no receipts: our assumption
DEFAULT_DAYS = 5.0


def lead_time(
    receipts: Sequence[float], promised: float | None = None
) -> tuple[LeadTime, Note]:
    """Mean and spread of the lead time, and which of four ways they were found.

    :param receipts: working days from order to receipt, oldest first
    :param promised: working days the vendor states
    :return: five receipts or more: their mean and standard deviation (last twenty).
        Fewer: the longer of mean and promise, at least 30 % spread. None: the promise,
        or a week, with 30 % spread.
    :raises ValueError: a negative number of days
    """
    known = [float(days) for days in receipts[-RECENT:]]
    if any(days < 0 for days in known) or (promised is not None and promised < 0):
        raise ValueError("a lead time is not negative")
    if len(known) >= ENOUGH:
        lead = LeadTime(fmean(known), stdev(known))
        code = "lead_receipts"
    elif known:
        mean = max(fmean(known), promised or 0.0)
        own = stdev(known) if len(known) > 1 else 0.0
        lead = LeadTime(mean, max(own, ASSUMED_SPREAD * mean))
        code = "lead_few"
    else:
        mean = DEFAULT_DAYS if promised is None else promised
        lead = LeadTime(mean, ASSUMED_SPREAD * mean)
        code = "lead_default" if promised is None else "lead_promised"
    said = note(code, receipts=len(known), mean=lead.mean, spread=lead.spread)
    return lead, said
