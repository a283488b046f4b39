#!/usr/bin/env bash
# python-barcode 0.16.1, ean14: a picture that no scanner reads.
#
# What one would expect: the class "ean14" draws a carton's 14 digits (GTIN-14) in a symbol
# that carries them: ITF-14 or GS1-128. There is no EAN bar code of 14 digits.
#
# What was seen: it draws the guards and digits of EAN-13 with one digit more on the right,
# a symbol that no standard knows. zxing-cpp, looking for all its formats, finds nothing,
# while the same writer's EAN-13 of the same size and its ITF of the same number are read.
#
# Output (decoded by zxing-cpp 3.1.1):
#   ean14 50399999123018: nothing
#   itf 50399999123018: ITF 50399999123018
#   ean13 9521234000174: EAN-13 9521234000174
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


def decoded(kind, number):
    file = io.BytesIO()
    drawn = barcode.get_barcode_class(kind)(number, writer=ImageWriter())
    drawn.write(file, options={"write_text": False, "module_width": 0.4})
    found = zxingcpp.read_barcodes(Image.open(file))
    said = " ".join(f"{one.format} {one.text}" for one in found) or "nothing"
    print(f"{kind} {number}: {said}")
    return said


seen = (
    decoded("ean14", "50399999123018"),
    decoded("itf", "50399999123018"),
    decoded("ean13", "9521234000174"),
)
sys.exit(seen != ("nothing", "ITF 50399999123018", "EAN-13 9521234000174"))
PY
