"""What one code says."""

from dataclasses import dataclass
from datetime import date, time

from .problems import Problem

GS1 = "gs1"
HIBC = "hibc"
UPC = "upc"
EAN = "ean"
GTIN = "gtin"
NDC = "ndc"
ISBT = "isbt128"
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Carton:
    """What the text of one barcode says; fields that it does not give are empty.

    :ivar standard: ``gs1`` (element strings, printed brackets and addresses), ``hibc``,
        ``upc`` (UPC-A, UPC-E), ``ean`` (8 or 13 digits), ``gtin`` (14 digits alone),
        ``ndc`` (printed with hyphens), ``isbt128`` or ``unknown``
    :ivar item: GTIN as 14 digits, HIBC labeler and item, or the ten digits of an NDC
    :ivar expiry: last day on which the goods may be used (GS1 AI 17: use by)
    :ivar expiry_time: time of that day, if the code gives one
    :ivar quantity: how many are in it, as the code says; never guessed from a level
    :ivar level: GS1: first digit of the GTIN (0 the base number, 1-8 a package of the
        same item, 9 variable measure); HIBC: unit of measure (0 single, 1-8 packages, 9
        variable quantity)
    :ivar contained: True if ``item`` is what is inside (AI 02), not the package's own
    :ivar ndc: ten digits of the US drug code inside the GTIN, or what AI 715 gives; no
        zero is ever put in
    :ivar sscc: number of the shipping unit (AI 00), 18 digits
    :ivar link: HIBC: the check character of the first bar that belongs to this one
    :ivar further: what else a GS1 code says, identifier and value, in its order
    :ivar problems: why it was not read, or what is missing; empty if all is well
    """

    standard: str
    item: str = ""
    lot: str = ""
    expiry: date | None = None
    serial: str = ""
    quantity: int | None = None
    level: int | None = None
    contained: bool = False
    ndc: str = ""
    made: date | None = None
    best_before: date | None = None
    expiry_time: time | None = None
    sscc: str = ""
    link: str = ""
    symbology: str = ""
    further: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def complete(self) -> bool:
        """True if the code names an item and nothing is wrong or missing."""
        return not self.problems
