"""Which files are kept as evidence, told by their first bytes and not by their name."""

from .photo import picture_type

MAX_BYTES = 20 * 1024 * 1024


def file_type(data: bytes) -> str | None:
    """The MIME type of a file that may be kept; None for anything else.

    Signatures: PDF (ISO 32000-1, 7.5.2), ZIP as Office Open XML and OpenDocument are
    packed (APPNOTE 4.3.7), pictures as ``picture_type``.
    """
    if data.startswith(b"%PDF-"):
        return "application/pdf"
    if data.startswith(b"PK\x03\x04") and (
        b"[Content_Types].xml" in data[:4096]
        or b"mimetypeapplication/vnd.oasis" in data
    ):
        return "application/zip"
    return picture_type(data)
