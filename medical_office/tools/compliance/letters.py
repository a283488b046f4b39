"""Writes any name in the 26 letters, ten digits and single blanks."""

import unicodedata

from ..plaintext import plain_letters

# Not a break between words: O'Brien is OBRIEN, Mary's is MARYS
APOSTROPHES = "'’‘ʼʻ`´′"
_PLAIN = str.maketrans(
    {chr(code): " " for code in range(128) if not chr(code).isalnum()}
    | {chr(code): chr(code).upper() for code in range(97, 123)}
    | dict.fromkeys(APOSTROPHES)
)


def fold(text: str) -> str:
    """Upper case without accents or punctuation, single blanks between words.

    Letters that Unicode does not decompose (Ł, Đ, ø) come from a table. An apostrophe
    joins, all other punctuation parts. What is no Latin letter is left out. Applying it
    twice changes nothing.
    """
    if not text.isascii():
        marked = unicodedata.normalize("NFKD", text.translate(plain_letters()))
        text = "".join(c for c in marked if not unicodedata.combining(c))
        # a compatibility form may give such a letter again
        text = text.translate(plain_letters())
        text = "".join(c if c.isascii() or c in APOSTROPHES else " " for c in text)
    return " ".join(text.translate(_PLAIN).split())
