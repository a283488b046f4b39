"""Why a code was not read: a code and its values, said in a sentence at the edge.

The reader never writes sentences; the addon translates them by ``code`` (the exporter
of the catalog finds what ``_lt`` marks), the command and the tests use ``english``.
Each sentence says what is wrong and what to do.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...marked import _lt

TEXTS = {
    "empty": _lt("The code is empty: scan it again."),
    "unknown": _lt(
        "This text does not follow a packaging standard (GS1, HIBC, UPC, EAN): scan "
        "another code on the label, or type the item."
    ),
    "length": _lt(
        "%(digits)s digits is not an item number: EAN has 8 or 13, UPC 12, a carton "
        "14. Scan again, or type all digits."
    ),
    "symbology": _lt(
        "A code that the scanner announces as %(symbology)s does not hold this text: "
        "scan another code of the label."
    ),
    "not_gs1": _lt(
        "The scanner says %(symbology)s: a code without the mark of GS1 (FNC1), so its "
        "digits cannot be trusted to be GS1. Scan another code of the label."
    ),
    "check_digit": _lt(
        "The check digit of %(number)s should be %(expected)s: scan again, or compare "
        "with the print."
    ),
    "zero": _lt("The item number is all zeros: scan another code of the label."),
    "unknown_identifier": _lt(
        "No GS1 identifier begins %(found)s, at character %(place)s: a separator may be "
        "missing before it. Scan another code of the label, or type what is printed."
    ),
    "too_short": _lt(
        "(%(ai)s) %(title)s needs %(needed)s characters, %(there)s are there: the code "
        "was read in part. Scan it again."
    ),
    "size": _lt(
        "(%(ai)s) %(title)s has %(there)s characters in place of %(allowed)s: scan the "
        "code, or compare with the print."
    ),
    "too_long": _lt(
        "(%(ai)s) %(title)s has %(there)s characters, at most %(allowed)s are allowed: "
        "the scanner probably leaves out the separator (FNC1) after it. Type what is "
        "printed, and have the scanner set up."
    ),
    "character": _lt(
        "(%(ai)s) %(title)s may not hold %(value)s: scan it again, or type what is "
        "printed."
    ),
    "twice": _lt(
        "(%(ai)s) is there twice, with %(first)s and with %(second)s: the label "
        "contradicts itself. Set the carton aside and ask the vendor."
    ),
    "date": _lt(
        "%(field)s %(value)s is not a date: the label is wrong or was misread. Scan "
        "again; if it does not change, type the printed date."
    ),
    "time": _lt("%(field)s %(value)s is not a time of day: scan again."),
    "two_items": _lt(
        "The code names an item (01) and contents (02): the label contradicts itself. "
        "Scan another code of it."
    ),
    "two_expiries": _lt(
        "The code says that the goods expire on %(first)s and on %(second)s: compare "
        "with the print and type the earlier date."
    ),
    "two_counts": _lt(
        "The code says that %(first)s and that %(second)s are in it: count them."
    ),
    "no_count": _lt("The code says it is empty: count it."),
    "count_missing": _lt(
        "The code names the contents (02) and not how many (37): scan the other code of "
        "the label, or count them."
    ),
    "item_missing": _lt(
        "The code does not say which item this is: scan the other code of the label as "
        "well."
    ),
    "logistic_unit": _lt(
        "This is the number of a pallet or shipping unit (SSCC %(sscc)s), not of an "
        "item: scan the cartons."
    ),
    "no_goods": _lt("(%(ai)s) %(title)s names no goods: scan the item's own code."),
    "person": _lt("This is a person's code (a wristband or badge): it is not stored."),
    "ndc_eleven": _lt(
        "%(number)s is the billing form of an NDC (11 digits): which zero was put in "
        "cannot be told. Scan the package, or type the NDC as printed on it."
    ),
    "hibc_character": _lt(
        "HIBC has capitals, digits and - . $ / + %% blank only; here is %(found)s: set "
        "the scanner to send what it read."
    ),
    "hibc_check": _lt(
        "The check character of the HIBC code should be %(expected)s and is %(found)s: "
        "it was misread or cut. Scan it again."
    ),
    "hibc_blank": _lt(
        "The HIBC code is missing its last character, a space: something between "
        "scanner and program removes spaces. Scan another code, or type the item."
    ),
    "hibc_glued": _lt(
        "Two HIBC bars are printed as one code, each with its own check character: the "
        "label is not made to the standard. Scan another code, or type what is printed."
    ),
    "hibc_link": _lt(
        "The two HIBC bars do not belong together: the second is linked to %(second)s, "
        "the first ends with %(first)s. Scan both bars of one label."
    ),
    "hibc_primary": _lt(
        "%(found)s is not a HIBC item (labeler, item, unit of measure): scan again."
    ),
    "hibc_part": _lt(
        "The HIBC code has a part that the standard does not know: %(found)s. Type what "
        "is printed."
    ),
    "hibc_empty": _lt("The HIBC code announces %(what)s and gives none: scan again."),
    "hibc_long": _lt(
        "The HIBC code gives %(what)s of %(there)s characters, at most 18 are allowed: "
        "type what is printed."
    ),
    "hibc_twice": _lt(
        "The HIBC code gives %(what)s twice, %(first)s and %(second)s: the label "
        "contradicts itself. Set the carton aside and ask the vendor."
    ),
    "hibc_pas": _lt(
        "This is a HIBC code of a provider (patient, staff or place), not of goods."
    ),
    "isbt": _lt(
        "This is ISBT 128, the standard of blood, cells and tissue: such products are "
        "not kept in this stock."
    ),
    "envelope": _lt(
        "This code is wrapped after ISO/IEC 15434, which is not read here: scan another "
        "code of the label."
    ),
    "license": _lt("This is a driver's license or identity card: it is not stored."),
    "address": _lt(
        "This is a web address that names no item: scan another code of the label."
    ),
    "different": _lt(
        "The two codes are of different kinds and cannot be put together."
    ),
    "two_bars": _lt(
        "The two codes contradict each other (%(what)s: %(first)s and %(second)s): scan "
        "both codes of one label."
    ),
    "not_found": _lt(
        "No item in the catalog has the code %(code)s: choose the item and add the "
        "code to it."
    ),
    "which_item": _lt(
        "%(code)s is the code of several items: %(items)s. Choose the one it is."
    ),
    "which_lot": _lt(
        "Lot %(lot)s exists of several items: %(items)s. Choose the one it is."
    ),
    "package_unknown": _lt(
        "%(code)s is a package of %(items)s that is not in the catalog: enter how "
        "many units are in it."
    ),
    "pack_unknown": _lt(
        "Neither the code %(code)s nor the catalog says how many units it contains: "
        "type how many."
    ),
    "pack_differs": _lt(
        "The code %(code)s says %(said)s, the catalog %(known)s: count them."
    ),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a code was not read, or what is missing in it.

    A partial one (``partial``) leaves the fields that were read on the carton; with any
    other all fields are empty, so that nobody takes half of a misread code.
    """

    code: str
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def partial(self) -> bool:
        """True if what was read is right and something is missing."""
        return self.code in ("item_missing", "count_missing")

    def english(self) -> str:
        """The sentence in English.

        :raises KeyError: code or value unknown to the texts (a programming mistake)
        """
        return TEXTS[self.code] % self.values


class Unreadable(Exception):
    """Raised inside the reader; ``read`` turns it into a carton with a problem."""

    def __init__(self, code: str, **values: object):
        super().__init__(code)
        self.problem = Problem(code, {key: str(value) for key, value in values.items()})
