"""Labels of cartons as pictures, held before a browser's camera."""

import zxingcpp
from PIL import Image

SIZE = (640, 480)  # of the camera
FRAMES = 5
Format = zxingcpp.BarcodeFormat


def label(text, kind):
    """The picture of a label as a camera sees it.

    :param kind: "datamatrix" or "code128", both as GS1 with printed brackets; "hibc", a
        DataMatrix of any text
    """
    if kind == "hibc":
        code = zxingcpp.create_barcode(text, Format.DataMatrix, force_square=True)
    elif kind == "datamatrix":
        code = zxingcpp.create_barcode(
            text, Format.DataMatrix, gs1=True, force_square=True
        )
    else:
        code = zxingcpp.create_barcode(text, Format.Code128, gs1=True)
    drawn = code.to_image(scale=1 if kind == "code128" else 12)
    rows, columns = memoryview(drawn).shape[:2]
    picture = Image.frombytes("L", (columns, rows), bytes(memoryview(drawn)))
    if kind == "code128":  # bars are as high as one likes
        picture = picture.resize((columns, 200))
    sheet = Image.new("L", SIZE, 255)
    sheet.paste(
        picture,
        ((SIZE[0] - picture.width) // 2, (SIZE[1] - picture.height) // 2),
    )
    return sheet


def half(picture):
    """The same label with its right half hidden: no reader reads it."""
    covered = picture.copy()
    covered.paste(90, (SIZE[0] // 2, 0, *SIZE))
    return covered


def show(path, picture):
    """Hold a picture before the camera: Chromium plays this file in its place (Y4M, 4:2:0,
    see yuv4mpeg(5)), and opens it again each time the camera is turned on."""
    width, height = SIZE
    gray = bytes([128]) * (width * height // 2)
    frame = b"FRAME\n" + picture.tobytes() + gray
    head = f"YUV4MPEG2 W{width} H{height} F10:1 Ip A1:1 C420jpeg\n".encode()
    path.write_bytes(head + frame * FRAMES)
