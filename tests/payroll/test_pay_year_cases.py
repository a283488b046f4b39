"""Years of pay with figures worked out by hand from the law (data/pay_year_cases.txt)."""

import csv
import io
from decimal import Decimal

import pytest
from casefile import DATA

from devtools.payyear import life, report, scenario

BLOCKS = (DATA / "pay_year_cases.txt").read_text(encoding="utf-8").split("=== ")[1:]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.partition(":")[0])
def test_case(block):
    _head, _newline, rest = block.partition("\n")
    text, _line, wanted = rest.partition("---\n")
    out, said = io.StringIO(), []
    good = report.write(life.live(scenario.parse(text)), out, said.append)
    rows = csv.reader(io.StringIO(out.getvalue()))
    figures = {",".join(row[:-1]): row[-1] for row in rows}
    for line in wanted.splitlines():
        item, _comma, amount = line.rpartition(",")
        found = figures.get(item)
        if amount:
            assert found is not None, item
            assert Decimal(found) == Decimal(amount), item
        else:
            assert found is None, item
    assert good, said


def test_there_are_more_than_forty_cases():
    assert len(BLOCKS) > 40
