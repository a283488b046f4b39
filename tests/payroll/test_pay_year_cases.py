"""Years of pay with figures worked out from the law, by hand or by a program that shares
nothing with the engine (data/pay_year_cases*.txt)."""

import csv
import io
from decimal import Decimal

import pytest
from casefile import DATA

from devtools.payyear import life, report, scenario

BLOCKS = [
    block
    for path in sorted(DATA.glob("pay_year_cases*.txt"))
    for block in path.read_text(encoding="utf-8").split("=== ")[1:]
]


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


def test_every_case_has_a_name_and_a_source_of_its_own():
    assert len(BLOCKS) > 300
    heads = [block.partition("\n")[0].split(": ", 1) for block in BLOCKS]
    assert all(source.strip() for _name, source in heads)
    assert len({name for name, _source in heads}) == len(heads)
