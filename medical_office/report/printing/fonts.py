"""Fonts for what is drawn straight into a PDF: text stays text, in any language."""

import functools
import os

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

# The first that the machine has; Bitstream Vera comes with reportlab itself.
_CANDIDATES = (
    ("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
    ("/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
     "LiberationSans-Bold.ttf"),
    ("Vera.ttf", "VeraBd.ttf"),
)  # fmt: skip


@functools.lru_cache(1)
def register_fonts():
    """Make a plain and a bold font known to reportlab.

    :return: their names
    """
    for plain, bold in _CANDIDATES:
        try:
            pdfmetrics.registerFont(TTFont("MoPlain", plain))
            folder = os.path.dirname(plain)
            pdfmetrics.registerFont(TTFont("MoBold", os.path.join(folder, bold)))
        except (TTFError, OSError):
            continue
        return "MoPlain", "MoBold"
    return "Helvetica", "Helvetica-Bold"


def fitting_size(text, font, largest, smallest, width):
    """The largest font size, in points, at which ``text`` is not wider than ``width``;
    never below ``smallest``."""
    size = largest
    while size > smallest and pdfmetrics.stringWidth(text, font, size) > width:
        size -= 0.5
    return size


def shortened(text, font, size, width):
    """``text``, cut with an ellipsis if it is wider than ``width`` points."""
    if pdfmetrics.stringWidth(text, font, size) <= width:
        return text
    while text and pdfmetrics.stringWidth(f"{text}…", font, size) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"
