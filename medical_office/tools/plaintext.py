"""Text in the characters that banks' and agencies' files accept."""

import unicodedata


def plain(text: str) -> str:
    """Return ``text`` in printable ASCII: accents dropped, other characters blank."""
    flat = unicodedata.normalize("NFKD", text)
    flat = "".join(c for c in flat if not unicodedata.combining(c))
    return "".join(c if " " <= c <= "~" else " " for c in flat)
