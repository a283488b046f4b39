"""Back-test of par levels: this method against fixed par and simple averages.

Two years of deterministic use are known, the third is replayed day by day. Levels are
reviewed every 21 working days with what is known by then (fixed par: never). Four
policies run on the same demand, lead times and packs:

* fixed: two weeks of the average use of the first two years, refilled below one week,
  decided once (a new item: by its first ten days);
* average: 1.5 times the average use of the last 60 days over the protection interval,
  decided anew every month;
* average, same money: the same rule with the factor at which it ties up exactly the
  money this method does, the fair comparison of fill rates;
* this method, service level 95 %.

Run: ``python bench/bench_par_backtest.py [--quick] [--items N]``
"""

import argparse
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).resolve().parent
for folder in (HERE, HERE.parent / "medical_office"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

from par_histories import KINDS, TEST, TRAINING, YEAR, Shelf, shelves  # noqa: E402
from tools.supply.par.demand import LeadTime  # noqa: E402
from tools.supply.par.policy import Item, Policy  # noqa: E402
from tools.supply.par.proposal import propose  # noqa: E402
from tools.supply.par.replay import Levels, Outcome, replay  # noqa: E402
from tools.supply.par.usage import Usage  # noqa: E402

REVIEW = 5
MONTH = 21
RECENT = 60
FACTOR = 1.5
POLICY = Policy(service=0.95, review=REVIEW)
Plan = Callable[[int], Levels]


def usage_until(shelf: Shelf, end: int) -> Usage:
    """What is known of the shelf before day ``end``."""
    start = max(shelf.born, end - TRAINING)
    used = enumerate(shelf.demand[start:end])
    return Usage(end - start, tuple((day, float(n)) for day, n in used if n), 5, YEAR)


def lead_of(shelf: Shelf) -> LeadTime:
    mean = sum(shelf.leads) / len(shelf.leads)
    variance = sum((lead - mean) ** 2 for lead in shelf.leads) / len(shelf.leads)
    return LeadTime(mean, variance**0.5)


def average(shelf: Shelf, end: int, days: int) -> float:
    start = max(shelf.born, end - days)
    return sum(shelf.demand[start:end]) / (end - start)


def fixed(shelf: Shelf) -> Plan:
    week = REVIEW * average(shelf, TRAINING, TRAINING)
    levels = Levels(max(1.0, round(week)), max(1.0, round(2 * week)))
    return lambda day: levels


def averages(shelf: Shelf, factor: float) -> Plan:
    span = REVIEW + lead_of(shelf).mean
    table = []
    for start in range(0, TEST, MONTH):
        level = max(
            1.0, round(factor * span * average(shelf, TRAINING + start, RECENT))
        )
        table.append(Levels(level, level))
    return lambda day: table[day // MONTH]


def method(shelf: Shelf) -> Plan:
    item = Item(cost=shelf.cost, pack=Decimal(shelf.pack))
    lead, table = lead_of(shelf), []
    for start in range(0, TEST, MONTH):
        found = propose(usage_until(shelf, TRAINING + start), lead, POLICY, item)
        table.append(Levels(float(found.reorder), float(found.par)))
    return lambda day: table[day // MONTH]


def run(shelf: Shelf, plan: Plan) -> Outcome:
    return replay(shelf.demand[TRAINING:], plan, REVIEW, shelf.leads, shelf.pack)


class Sum:
    """Fill rate and stock value of a group of shelves under one policy."""

    def __init__(self, group: list[Shelf], plans: list[Plan]) -> None:
        done = [run(shelf, plan) for shelf, plan in zip(group, plans, strict=True)]
        both = list(zip(group, done, strict=True))
        # Every shelf counts the same: a box of gloves must not hide an empty kit.
        self.fill = sum(outcome.fill_rate for outcome in done) / len(done)
        self.value = sum(
            outcome.average_stock * float(shelf.cost) for shelf, outcome in both
        )
        self.service = sum(outcome.service for outcome in done) / len(done)


def same_money(group: list[Shelf], value: float) -> Sum:
    """The simple average with the factor at which it ties up ``value`` dollars."""
    low, high = 0.0, 20.0
    for _step in range(14):
        factor = (low + high) / 2
        found = Sum(group, [averages(shelf, factor) for shelf in group])
        low, high = (factor, high) if found.value < value else (low, factor)
    return found


def backtest(per_kind: int) -> list[dict[str, object]]:
    """One row per kind of demand, and one for all."""
    rows = []
    everything = shelves(per_kind)
    for kind in [*KINDS, "all"]:
        group = [shelf for shelf in everything if kind in (shelf.kind, "all")]
        ours = Sum(group, [method(shelf) for shelf in group])
        rows.append(
            {
                "kind": kind,
                "fixed": Sum(group, [fixed(shelf) for shelf in group]),
                "average": Sum(group, [averages(shelf, FACTOR) for shelf in group]),
                "same money": same_money(group, ours.value),
                "method": ours,
            }
        )
    return rows


def cost(per_kind: int) -> list[tuple[str, int, float]]:
    """Microseconds of one proposal, by kind, on two years of history."""
    rows = []
    lead = LeadTime(3, 0.7)
    for kind in KINDS:
        group = [shelf for shelf in shelves(per_kind) if shelf.kind == kind]
        known = [usage_until(shelf, TRAINING) for shelf in group]
        began = time.perf_counter()
        for shelf, usage in zip(group, known, strict=True):
            propose(usage, lead, POLICY, Item(cost=shelf.cost))
        spent = time.perf_counter() - began
        uses = sum(len(usage.events) for usage in known) // len(known)
        rows.append((kind, uses, 1e6 * spent / len(group)))
    return rows


def main(env: object = None, sizes: dict[str, int] | None = None) -> dict[str, object]:
    """Print the two tables; ``sizes={"items": n}`` sets the shelves per kind.

    ``env`` is not needed: the bench runs without Odoo.
    """
    per_kind = (sizes or {}).get("items", 40)
    began = time.perf_counter()
    rows = backtest(per_kind)
    names = ("fixed", "average", "same money", "method")
    print(f"Par back-test: {per_kind} shelves of each kind, {TEST} days replayed")
    print(f"{'':14}|{'fill rate, %':^44}|{'average stock, $':^44}")
    head = "".join(f"{name:>11}" for name in names)
    print(f"{'kind':14}|{head}|{head}|   spans")
    for row in rows:
        fills = "".join(f"{100 * row[name].fill:11.2f}" for name in names)
        values = "".join(f"{row[name].value:11.0f}" for name in names)
        service = 100 * row["method"].service
        print(f"{row['kind']:14}|{fills}|{values}|{service:8.2f}")
    costs = cost(per_kind)
    print(f"\n{'kind':16}|{'days with use':>14}|{'us a proposal':>14}")
    for kind, uses, micro in costs:
        print(f"{kind:16}|{uses:14d}|{micro:14.0f}")
    mean = sum(micro for _kind, _uses, micro in costs) / len(costs)
    print(f"{'mean':16}|{'':14}|{mean:14.0f}  = {mean * 0.05:.0f} s for 50,000")
    print(f"\n{time.perf_counter() - began:.1f} s")
    return {"backtest": rows, "cost": costs}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--items", type=int, default=40, help="shelves of each kind")
    parser.add_argument("--quick", action="store_true", help="6 shelves of each kind")
    given = parser.parse_args()
    main(sizes={"items": 6 if given.quick else given.items})
