"""Which kind of picture some bytes are, by their first bytes and not by their name."""

from __future__ import annotations

MAX_BYTES = 8 * 1024 * 1024


def picture_type(data: bytes) -> str | None:
    """The MIME type of a PNG, JPEG or WebP picture; None for anything else.

    Signatures: PNG (ISO/IEC 15948, 5.2), JPEG (ITU-T T.81, SOI), WebP (RFC 9649).
    """
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return None
