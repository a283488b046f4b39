"""Checks that were renamed follow in practices that have them already.

The data of checks is loaded once, since a practice sets severity, days and owner. What a
check is called and what it says follows the addon, unless somebody wrote their own words:
those stay. ``earlier_check_texts.csv`` holds every text that was ever shipped.
"""

import csv
from collections import defaultdict
from pathlib import Path

from lxml import etree

from odoo import SUPERUSER_ID, api

EARLIER = Path(__file__).with_name("earlier_check_texts.csv")
DATA = Path(__file__).parents[2] / "data"
FIELDS = ("name", "description")


def migrate(cr, version):
    """Able to run twice: a text that is today's is left as it is.

    :param version: the one installed before; without one nothing was there to follow
    """
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {"lang": "en_US"})
    earlier, today = earlier_texts(), todays_texts()
    for (record, field), texts in earlier.items():
        check = env.ref(f"medical_office.{record}", raise_if_not_found=False)
        text = today.get((record, field))
        if check and text and (check[field] or "").strip() in texts:
            check[field] = text


def earlier_texts():
    """{(external id, field): texts that were shipped before today's}."""
    texts = defaultdict(set)
    with EARLIER.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            texts[row["record"], row["field"]].add(row["earlier_text"])
    return texts


def todays_texts():
    """{(external id, field): text} of the checks in the data files."""
    return {
        (record.get("id"), field.get("name")): field.text.strip()
        for path in DATA.glob("*/*.xml")
        for record in etree.parse(path).iter("record")
        if record.get("model") == "medical.core.check"
        for field in record.findall("field")
        if field.get("name") in FIELDS and field.text
    }
