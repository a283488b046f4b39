"""Words and keys of anonymous reports: cleaned, cut, never traced."""

import hashlib
import unicodedata
from collections.abc import Callable

# without letters and digits that are mistaken for each other when read from paper
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
GROUPS, PER_GROUP = 4, 4  # 16 signs of 5 bits each
KEEP = {"\n", "\t"}


def cleaned(text: object, most: int) -> str:
    """Plain text that every database takes: no control characters, at most ``most``.

    >>> cleaned(" one\\x00two\\r\\nthree ", 20)
    'onetwo\\nthree'
    """
    if not isinstance(text, str):
        return ""
    text = text[: 4 * most].replace("\r\n", "\n").replace("\r", "\n")
    kept = (
        sign
        for sign in text
        if sign in KEEP or unicodedata.category(sign) not in {"Cc", "Cs", "Cn", "Co"}
    )
    return "".join(kept).strip()[:most].rstrip()


def new_key(choice: Callable[[str], str]) -> str:
    """A follow-up key, such as ``7KQM-2XVA-P9RD-HT4C``.

    :param choice: picks one sign of a text at random (``secrets.choice``)
    """
    signs = [choice(ALPHABET) for _sign in range(GROUPS * PER_GROUP)]
    return "-".join(
        "".join(signs[start : start + PER_GROUP])
        for start in range(0, len(signs), PER_GROUP)
    )


def key_digest(key: object) -> str:
    """SHA-256 of a key as people type it, or "" where it cannot be one.

    80 random bits are not guessed from their digest, so it needs no salt.

    >>> key_digest("7kqm 2xva p9rd ht4c") == key_digest("7KQM-2XVA-P9RD-HT4C")
    True
    >>> key_digest("7KQM-2XVA")
    ''
    """
    signs = [sign for sign in cleaned(key, 60).upper() if sign.isalnum()]
    if len(signs) != GROUPS * PER_GROUP or not set(signs) <= set(ALPHABET):
        return ""
    return hashlib.sha256("".join(signs).encode()).hexdigest()
