"""Photos that somebody sends: known by their bytes, looked at before they are decoded,
and written again without what is hidden in them."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps, WebPImagePlugin

MAX_BYTES = 8 * 1024 * 1024
MAX_SIDE = 1600  # pixels of the longer side, as a photo is kept
QUALITY = 85
# A picture is laid out in memory with 3 or 4 bytes a pixel. A JPEG is read at a part of
# its size; the others are laid out whole. The largest phones of today send 50 million.
MAX_PIXELS = {
    "image/jpeg": 60_000_000,
    "image/png": 25_000_000,
    "image/webp": 25_000_000,
}
# named by the module, so that it is there: Odoo lets Pillow load a few formats only
_WEBP = WebPImagePlugin.WebPImageFile.format
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": _WEBP}


class PhotoError(ValueError):
    """A picture that is not taken.

    :ivar code: ``type`` (none of PNG, JPEG, WebP), ``bytes``, ``pixels`` or ``broken``
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


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


def clean_photo(data: bytes, side: int = MAX_SIDE) -> bytes:
    """Decode a photo and write it again as a JPEG without any metadata.

    Where and with what it was taken is left out, and so is whatever else was put into
    the file. Its size in pixels is read from the head of the file first, so that a small
    file cannot ask for all the memory there is. A picture that is turned by its metadata
    is turned for good; a transparent one lies on white; of a moving one the first frame
    stays.

    :param data: bytes of a PNG, JPEG or WebP file
    :param side: most pixels of the longer side
    :raises PhotoError: it is not taken; ``code`` says why
    """
    kind = picture_type(data)
    if kind is None:
        raise PhotoError("type")
    if len(data) > MAX_BYTES:
        raise PhotoError("bytes")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            # reads the head alone
            with Image.open(io.BytesIO(data), formats=[_FORMATS[kind]]) as image:
                if image.width * image.height > MAX_PIXELS[kind]:
                    raise PhotoError("pixels")
                return _written(image, side)
    except PhotoError:
        raise
    except Image.DecompressionBombError as error:
        raise PhotoError("pixels") from error
    # what a decoder raises for a broken file: see Pillow's plugins
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError) as error:
        raise PhotoError("broken") from error


def _written(image: Image.Image, side: int) -> bytes:
    """The first frame as a JPEG of at most ``side`` pixels."""
    image.draft("RGB", (side, side))  # of a JPEG, only as much as is needed is decoded
    turned: Image.Image = ImageOps.exif_transpose(image)
    turned.thumbnail((side, side))
    if turned.mode not in ("RGB", "L"):
        clear = turned.convert("RGBA")
        turned = Image.new("RGB", clear.size, "white")
        turned.paste(clear, mask=clear.getchannel("A"))
    stream = io.BytesIO()
    turned.convert("RGB").save(stream, "JPEG", quality=QUALITY)
    return stream.getvalue()
