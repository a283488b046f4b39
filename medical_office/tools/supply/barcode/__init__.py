"""What the text of a barcode on a medical carton says.

``read`` turns one scanned text into a ``Carton`` (GS1, HIBC, UPC, EAN, NDC), ``join``
puts two bars of one label together, ``equal_codes`` and ``lookup`` compare with a
catalog. Nothing here knows the clock, a database or a scanner.
"""

from .carton import Carton
from .digits import equal_codes, gtin14
from .join import join
from .lookup import Catalog, Found, Pack, find
from .problems import TEXTS, Problem
from .reader import read

__all__ = [
    "TEXTS",
    "Carton",
    "Catalog",
    "Found",
    "Pack",
    "Problem",
    "equal_codes",
    "find",
    "gtin14",
    "join",
    "read",
]
