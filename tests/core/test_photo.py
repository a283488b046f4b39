"""A picture is known by its bytes, measured before it is decoded, and written again."""

import io
import struct
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from tools.core.photo import MAX_BYTES, PhotoError, clean_photo, picture_type

SECRET = b"43 rue de la Secrete"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "image/png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", None),
        (b"%PDF-1.7", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"GIF89a", None),
        (b"", None),
    ],
)
def test_type(data, expected):
    assert picture_type(data) == expected


def picture(kind, size=(60, 40), mode="RGB", color="teal", **options):
    stream = io.BytesIO()
    Image.new(mode, size, color).save(stream, kind, **options)
    return stream.getvalue()


def exif(turn=1):
    data = Image.Exif()
    data[0x0112] = turn  # orientation
    data[0x010E] = SECRET.decode()  # what is shown
    return data.tobytes()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_hidden_stays(kind):
    data = picture(kind, exif=exif())
    assert SECRET in data
    clean = clean_photo(data)
    assert SECRET not in clean
    with Image.open(io.BytesIO(clean)) as image:
        assert (image.format, image.size, dict(image.getexif())) == (
            "JPEG",
            (60, 40),
            {},
        )


def test_what_is_put_behind_the_picture_goes():
    assert b"<?php" not in clean_photo(picture("JPEG") + b"<?php system('id'); ?>")


def test_a_turned_photo_is_turned_for_good():
    with Image.open(io.BytesIO(clean_photo(picture("JPEG", exif=exif(6))))) as image:
        assert image.size == (40, 60)


def test_a_large_one_is_made_smaller_and_a_clear_one_lies_on_white():
    with Image.open(io.BytesIO(clean_photo(picture("JPEG", (4000, 3000))))) as image:
        assert image.size == (1600, 1200)
    clear = clean_photo(picture("PNG", mode="RGBA", color=(0, 0, 0, 0)))
    with Image.open(io.BytesIO(clear)) as image:
        assert min(image.getpixel((5, 5))) > 250


def claimed(width, height):
    """A PNG of a few bytes that says it has so many pixels."""

    def chunk(kind, body):
        checksum = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", checksum)

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(6000, 6000), (30000, 30000), (2**31 - 1, 2**31 - 1)])
def test_a_small_file_with_many_pixels_takes_no_memory(size):
    tracemalloc.start()
    with pytest.raises(PhotoError) as caught:
        clean_photo(claimed(*size))
    assert caught.value.code in ("pixels", "broken")
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_too_many_bytes_are_not_looked_at():
    with pytest.raises(PhotoError) as caught:
        clean_photo(picture("JPEG") + b"\0" * MAX_BYTES)
    assert caught.value.code == "bytes"


@given(st.binary(max_size=300), st.sampled_from(["JPEG", "PNG", "WEBP"]), st.data())
def test_a_broken_file_is_refused_and_never_an_accident(noise, kind, data):
    good = picture(kind)
    at = data.draw(st.integers(0, len(good)))
    try:
        clean_photo(good[:at] + noise + good[at:])
        clean_photo(good[: max(at, 12)])
    except PhotoError as error:
        assert error.code in ("type", "broken", "pixels")
