#!/usr/bin/env bash
# python-barcode 0.16.1, Code 39: a HIBC label that no HIBC reader accepts.
#
# What one would expect: drawing a HIBC text, which ends with its own check character, as
# Code 39 gives a bar that holds this text. The check digit of Code 39 itself is optional
# and rarely used; EAN and UPC classes leave a text alone that has its check digit.
#
# What was seen: the class adds a second check character by default (add_checksum=True). A
# reader returns it as data, so the HIBC check, now over one character more, fails (for the
# text below it is a "." behind the right check "/"). With add_checksum=False all is well.
#
# Output (decoded by zxing-cpp 3.1.1):
#   default: +A99912340/$$1127LOT7/.
#   add_checksum=False: +A99912340/$$1127LOT7/
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

TEXT = "+A99912340/$$1127LOT7/"


def decoded(**options):
    file = io.BytesIO()
    drawn = barcode.get_barcode_class("code39")(TEXT, writer=ImageWriter(), **options)
    drawn.write(file, options={"write_text": False})
    (found,) = zxingcpp.read_barcodes(Image.open(file))
    return found.text


default, plain = decoded(), decoded(add_checksum=False)
print("default:", default)
print("add_checksum=False:", plain)
sys.exit((default, plain) != (TEXT + ".", TEXT))
PY
