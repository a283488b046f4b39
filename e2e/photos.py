"""Pictures as a phone takes them."""

import io

from PIL import Image


def photo(name):
    """A JPEG, larger than what is sent on, as Playwright's file input takes it."""
    out = io.BytesIO()
    Image.new("RGB", (2400, 1800), (96, 125, 139)).save(out, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": out.getvalue()}
