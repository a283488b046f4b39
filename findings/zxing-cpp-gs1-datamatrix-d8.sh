#!/usr/bin/env bash
# zxing-cpp 3.1.1 (Python wheel): a GS1 DataMatrix whose announcement is not ]d2.
#
# What one would expect: every GS1 DataMatrix is announced as ]d2, for that is the only
# identifier GS1's General Specifications and scanner manuals give, and programs take
# ]d2 as the sign that the data is GS1 and ]d1 as the sign that it is not.
#
# What was seen: asked for a GS1 DataMatrix without further options, the writer takes the
# smallest symbol of all shapes. For a carton with item, expiry, lot and serial that is the
# narrow 8x64 of the rectangular extension (DMRE, ISO/IEC 21471), and reading it back
# announces ]d8, at the same data and content type GS1. The same text in a square
# (force_square) is announced as ]d2. A filter on ]d2 loses such labels.
#
# Output:
#   default (8x64): ]d8 GS1
#   force_square (22x22): ]d2 GS1
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check zxing-cpp==3.1.1
"$dir/venv/bin/python" - <<'PY'
import sys

import zxingcpp

TEXT = "(01)00399999123013(17)270630(10)VX41B(21)000071"


def announced(**options):
    drawn = zxingcpp.create_barcode(
        TEXT, zxingcpp.BarcodeFormat.DataMatrix, gs1=True, **options
    )
    (found,) = zxingcpp.read_barcodes(drawn.to_image(scale=4))
    size, kind = found.extra["Version"], found.content_type.name
    return size, found.symbology_identifier, kind


narrow, square = announced(), announced(force_square=True)
print("default (%s): %s %s" % narrow)
print("force_square (%s): %s %s" % square)
sys.exit((narrow, square) != (("8x64", "]d8", "GS1"), ("22x22", "]d2", "GS1")))
PY
