#!/usr/bin/env bash
# python-barcode 0.16.1, gs1_128: the brackets of the printed form go into the symbol.
#
# What one would expect: the class for GS1-128 takes "(01)...(10)..." as generators of GS1
# do (Zint, zxing-cpp, BWIPP): the brackets say where an element begins, are printed below
# and never encoded. A text that is no GS1 data would be refused.
#
# What was seen: the text is encoded as it stands behind FNC1, brackets too, so the symbol
# announces itself as GS1 (]C1) and its data begins with "(01)", which is no identifier.
# zxing-cpp's default text hides it, for that adds brackets itself to a right symbol.
#
# Output (decoded by zxing-cpp 3.1.1):
#   python-barcode: ]C1 (01)09521234000174(10)L9
#   zxing-cpp: ]C1 010952123400017410L9
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check \
    python-barcode==0.16.1 pillow==12.3.0 zxing-cpp==3.1.1
"$dir/venv/bin/python" - <<'PY'
import io
import sys

import barcode
import zxingcpp
from barcode.writer import ImageWriter
from PIL import Image

TEXT = "(01)09521234000174(10)L9"


def decoded(image):
    (found,) = zxingcpp.read_barcodes(image)
    return f"{found.symbology_identifier} {found.bytes.decode()}"


file = io.BytesIO()
drawn = barcode.get_barcode_class("gs1_128")(TEXT, writer=ImageWriter())
drawn.write(file, options={"write_text": False})
theirs = decoded(Image.open(file))
right = zxingcpp.create_barcode(TEXT, zxingcpp.BarcodeFormat.Code128, gs1=True)
other = decoded(right.to_image(scale=3))
print("python-barcode:", theirs)
print("zxing-cpp:", other)
sys.exit((theirs, other) != ("]C1 " + TEXT, "]C1 010952123400017410L9"))
PY
