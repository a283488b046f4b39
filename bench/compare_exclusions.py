"""Exclusion screening beside rapidfuzz: recall, false hits and seconds, in one run.

Both screen the same made-up list and parties (``exclusion_sets``). Rapidfuzz compares
"first middle last" (or the business) by ``token_sort_ratio`` and takes 87 and more as a
hit, on all cores. A hit of a pair that is not labeled is false; pairs that are the
same name by chance are false for both.

Run: ``python bench/compare_exclusions.py [--lines N] [--parties N] [--seed N] [--all]``
(rapidfuzz and numpy are in requirements-dev.txt). The heading of a column: share of the
parties with a birth date / still in the same state / pool of names.
"""

import argparse
import csv
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
if str(HERE) not in sys.path:
    sys.path.insert(0, str(HERE))

from exclusion_sets import labeled, write  # noqa: E402

COMMAND = HERE.parent / "bin" / "check-exclusions"
THRESHOLD = 87
REGIMES = (  # birth dates, states kept, pool of names
    (0.7, 0.85, 0),
    (1.0, 0.85, 0),
    (0.0, 0.85, 0),
    (0.0, 0.5, 0),
    (0.5, 0.85, 300),
)


def ours(folder):
    """Hits of the product's command as (party, line), and its seconds."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, COMMAND, folder / "LIST.csv", folder / "PARTIES.csv"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    seconds = time.perf_counter() - began
    found = csv.DictReader(done.stdout.splitlines())
    return {(row["party"], int(row["line"])) for row in found}, seconds


def theirs(made):
    """Hits of rapidfuzz as (party, line), and the seconds of cdist alone."""
    from rapidfuzz import fuzz, process, utils

    parties = [_whole(one) for _name, one in made.parties]
    lines = [_whole(one) for one in made.lines]
    parties = [utils.default_process(text) for text in parties]
    lines = [utils.default_process(text) for text in lines]
    began = time.perf_counter()
    scores = process.cdist(
        parties, lines, scorer=fuzz.token_sort_ratio, score_cutoff=THRESHOLD, workers=-1
    )
    seconds = time.perf_counter() - began
    found = zip(*scores.nonzero(), strict=True)
    return {(made.parties[i][0], int(j) + 2) for i, j in found}, seconds


def _whole(one):
    return one.business or f"{one.first} {one.middle} {one.last}"


def compared(made):
    """Recall, false hits and seconds of both; what ours missed by how it is written."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(made, folder)
        mine, my_seconds = ours(folder)
    other, other_seconds = theirs(made)
    truth = set(made.truth)
    missed = Counter(made.truth[pair] for pair in truth - mine)
    return {
        "recall": len(truth & mine) / len(truth),
        "false": len(mine - truth),
        "seconds": my_seconds,
        "rapidfuzz recall": len(truth & other) / len(truth),
        "rapidfuzz false": len(other - truth),
        "rapidfuzz seconds": other_seconds,
        "labeled": len(truth),
        "missed": dict(missed),
    }


def main(arguments=None):
    """Print one table and return it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--lines", type=int, default=80_000)
    parser.add_argument("--parties", type=int, default=3_000)
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--all", action="store_true", help="every regime")
    asked = parser.parse_args(arguments)
    table = []
    for births, states, pool in REGIMES if asked.all else REGIMES[:1]:
        made = labeled(
            asked.seed, asked.lines, asked.parties, births, states, pool=pool
        )
        row = compared(made)
        table.append(row)
        print(
            f"birth dates {births:.0%}, same state {states:.0%}, names {pool or 'all'}"
        )
        for key, value in row.items():
            print(
                f"  {key:18} {value:.4f}"
                if isinstance(value, float)
                else f"  {key:18} {value}"
            )
    return table


if __name__ == "__main__":
    main()
