"""Labels drawn as pictures, decoded by zxing-cpp, read by us.

What a decoder hands over is not what stands in a table: brackets in place of separators,
a UPC with 13 digits, ``a`` for ``+A``. Each picture is written as a PNG file and read
back from it, also turned and on a larger sheet.
"""

import io
from datetime import date

import pytest
import zxingcpp
from PIL import Image
from tools.supply.barcode import Carton, join, read

TODAY = date(2026, 11, 28)
Format = zxingcpp.BarcodeFormat
Mode = zxingcpp.TextMode


def picture(content: str, format_: Format, **options: object) -> Image.Image:
    """The label as a PNG file holds it, on a white sheet."""
    drawn = zxingcpp.create_barcode(content, format_, **options).to_image(scale=4)
    shape = memoryview(drawn).shape
    code = Image.frombytes("L", (shape[1], shape[0]), bytes(memoryview(drawn)))
    sheet = Image.new("L", (shape[1] + 200, shape[0] + 160), 255)
    sheet.paste(code, (100, 80))
    file = io.BytesIO()
    sheet.save(file, "PNG")
    return Image.open(file)


def decoded(image: Image.Image, mode: Mode, announced: bool = True) -> str:
    found = zxingcpp.read_barcodes(image, text_mode=mode)
    assert len(found) == 1
    return (found[0].symbology_identifier if announced else "") + found[0].text


LABELS = [
    (
        Format.DataMatrix,
        "(01)00399999123013(17)270630(10)VX41B(21)000071",
        {"gs1": True, "force_square": True},
        Carton(
            "gs1",
            "00399999123013",
            lot="VX41B",
            expiry=date(2027, 6, 30),
            serial="000071",
        ),
    ),
    (  # the long narrow form (DMRE) that small cartons carry: announced as ]d8
        Format.DataMatrix,
        "(01)00399999123013(17)270630(10)VX41B(21)000071",
        {"gs1": True},
        Carton(
            "gs1",
            "00399999123013",
            lot="VX41B",
            expiry=date(2027, 6, 30),
            serial="000071",
        ),
    ),
    (
        Format.Code128,
        "(01)50399999123018(10)VX41B(37)10",
        {"gs1": True},
        Carton("gs1", "50399999123018", lot="VX41B", quantity=10),
    ),
    (
        Format.QRCode,
        "(01)09521234000174(10)L-5/2(30)25",
        {"gs1": True},
        Carton("gs1", "09521234000174", lot="L-5/2", quantity=25),
    ),
    (
        Format.QRCode,
        "https://id.gs1.org/01/09521234000174/10/L%2F9/21/S1?17=270630",
        {},
        Carton(
            "gs1", "09521234000174", lot="L/9", expiry=date(2027, 6, 30), serial="S1"
        ),
    ),
    (
        Format.Code39Std,
        "+A99912340/$$1127LOT7/",
        {},
        Carton("hibc", "A9991234", lot="LOT7", expiry=date(2027, 11, 30)),
    ),
    (  # nothing but letters after the plus: the decoder takes it for extended Code 39
        Format.Code39Std,
        "+A999AT421 ",
        {},
        Carton("hibc", "A999AT42"),
    ),
    (
        Format.Code128,
        "+A99912340/$$3271130LOT73",
        {},
        Carton("hibc", "A9991234", lot="LOT7", expiry=date(2027, 11, 30)),
    ),
    (
        Format.DataMatrix,
        "+A99912349/$$8123271130LOT7N",
        {},
        Carton("hibc", "A9991234", lot="LOT7", expiry=date(2027, 11, 30), quantity=12),
    ),
    (Format.UPCA, "614141000739", {}, Carton("ean", "00614141000739")),
    (Format.EAN13, "9521234000174", {}, Carton("ean", "09521234000174")),
    (Format.UPCE, "04252614", {}, Carton("ean", "00042100005264")),
    (Format.EAN8, "96385074", {}, Carton("ean", "00000096385074")),
    (Format.ITF, "50399999123018", {}, Carton("gtin", "50399999123018")),
]
FIELDS = ("standard", "item", "lot", "expiry", "serial", "quantity", "problems")


def same(carton: Carton, expected: Carton) -> None:
    for name in FIELDS:
        assert getattr(carton, name) == getattr(expected, name), name


@pytest.mark.parametrize("mode", [Mode.HRI, Mode.Plain, Mode.Escaped], ids=str)
@pytest.mark.parametrize(("format_", "content", "options", "expected"), LABELS)
def test_a_label_through_a_decoder(
    format_: Format,
    content: str,
    options: dict[str, object],
    expected: Carton,
    mode: Mode,
) -> None:
    """With brackets (the decoder's default), with ASCII 29, with <GS>; announced or not."""
    image = picture(content, format_, **options)
    same(read(decoded(image, mode), TODAY), expected)
    same(read(decoded(image, mode, announced=False), TODAY), expected)


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_turned_label(angle: int) -> None:
    content = "(01)00399999123013(17)270600(10)VX41B"
    image = picture(content, Format.DataMatrix, gs1=True).rotate(angle, expand=True)
    carton = read(decoded(image, Mode.HRI), TODAY)
    assert (carton.lot, carton.expiry) == ("VX41B", date(2027, 6, 30))


def test_a_datamatrix_without_the_mark_of_gs1_is_not_trusted() -> None:
    """Written with ASCII 29 as data, not with FNC1: announced as ]d1."""
    image = picture("010039999912301310A7\x1d21K9", Format.DataMatrix)
    carton = read(decoded(image, Mode.Plain), TODAY)
    assert [one.code for one in carton.problems] == ["not_gs1"]


def test_two_bars_of_a_label_on_one_picture() -> None:
    first = picture("+A999123402", Format.Code128)
    second = picture("+$$3271130LOT724", Format.Code128)
    sheet = Image.new("L", (max(first.width, second.width), 700), 255)
    sheet.paste(first, (0, 0))
    sheet.paste(second, (0, 350))
    cartons = [read(one.text, TODAY) for one in zxingcpp.read_barcodes(sheet)]
    assert len(cartons) == 2
    carton = join(*cartons)
    assert (carton.item, carton.lot) == ("A9991234", "LOT7")
    assert carton.expiry == date(2027, 11, 30)
