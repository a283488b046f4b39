"""Reading a logger's file: our reader beside Python's csv module alone.

Files of 50,000 and 500,000 readings in three layouts (year first; US dates with AM and
PM in two columns and Fahrenheit; minimum and maximum). "csv" turns every row into cells
and does nothing with them: the floor. "read" gives times and degrees Celsius; "judge"
also finds spans, gaps and doubts. Seconds are processor time of the quickest of five
runs; memory is the peak that Python's own allocator saw, of a run by itself.

Inside Odoo a second table shows the import of the same readings: "floor" is the csv
module and COPY into the table of readings itself; "import" is the dialog, from the file
to readings and excursions. Nothing is kept.

Run: ``make bench ONLY=logger``, or by itself (the first table): ``python3
bench/bench_logger.py``
"""

import base64
import csv
import io
import sys
import tempfile
import time
import tracemalloc
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

SIZES = (50_000, 500_000)
RUNS = 5
LOW, HIGH = Decimal(2), Decimal(8)


def main(env=None):
    """Print the tables; the second one needs a database."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "medical_office"))
    head = (
        "layout",
        "readings",
        "csv s",
        "read s",
        "times",
        "judge s",
        "times",
        "peak MB",
    )
    print(f"{head[0]:<28}" + "".join(f"{name:>10}" for name in head[1:]))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "logger.csv"
        for name, line in LAYOUTS.items():
            for size in SIZES:
                write(path, line, size)
                show(name, size, path)
        if env is not None:
            print(
                f"\n{'import':<28}{'readings':>10}{'floor s':>10}{'import s':>10}{'times':>10}"
            )
            for size in SIZES:
                write(path, LAYOUTS["year first"], size)
                show_import(env, size, path)


def show_import(env, size, path):
    """Import one file by the dialog, beside the floor; wall clock, as PostgreSQL works
    in a process of its own."""
    unit = vaccine_unit(env)
    with env.cr.savepoint() as savepoint:
        start = time.perf_counter()
        copy_with_csv(env, unit, path)
        floor = time.perf_counter() - start
        savepoint.rollback()
    wizard = env["medical.supply.logger.wizard"].create(
        {
            "equipment_id": unit.id,
            "file": base64.b64encode(path.read_bytes()),
            "file_name": path.name,
        }
    )
    env.flush_all()
    start = time.perf_counter()
    wizard.action_import()
    env.flush_all()
    seconds = time.perf_counter() - start
    kept = env["medical.supply.reading"].search_count([("equipment_id", "=", unit.id)])
    name = f"dialog, {kept:,} kept"
    print(
        f"{name:<28}{size:>10,}{floor:>10.2f}{seconds:>10.2f}{seconds / floor:>10.2f}"
    )


def vaccine_unit(env):
    """A refrigerator of its own."""
    kind = env.ref("medical_office.facility_kind_vaccine_refrigerator")
    return env["maintenance.equipment"].create(
        {"name": "Bench", "medical_kind_id": kind.id, "company_id": env.company.id}
    )


def copy_with_csv(env, unit, path):
    """The csv module, and COPY of what it read into the table of readings."""
    columns = ("equipment_id", "company_id", "at", "celsius", "is_outside", "ahead")
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        text = "".join(
            f"{unit.id}\t{env.company.id}\t{at}\t{celsius}\tf\t0\n"
            for _number, at, celsius in rows
        )
    env.cr._obj.copy_from(io.StringIO(text), "medical_supply_reading", columns=columns)


def show(name, size, path):
    """Measure one file and print its line."""
    floor = quickest(read_with_csv, path)
    reading = quickest(read, path)
    judging = quickest(judge, path)
    tracemalloc.start()
    judge(path)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    print(
        f"{name:<28}{size:>10,}{floor:>10.2f}{reading:>10.2f}{reading / floor:>10.2f}"
        f"{judging:>10.2f}{judging / floor:>10.2f}{peak:>10.1f}"
    )


def quickest(work, path):
    """Seconds of the quickest run."""
    seconds = []
    for _run in range(RUNS):
        start = time.process_time()
        work(path)
        seconds.append(time.process_time() - start)
    return min(seconds)


def read_with_csv(path):
    """What nobody can do without."""
    with path.open(encoding="utf-8", newline="") as file:
        for _row in csv.reader(file):
            pass


def read(path):
    """All readings, in blocks."""
    from tools.supply.coldchain.reader import open_logger

    with path.open("rb") as file:
        for _block in open_logger(file).blocks():
            pass


def judge(path):
    """All readings and what they say about the limits."""
    from tools.supply.coldchain.judge import judge as judged
    from tools.supply.coldchain.reader import open_logger

    with path.open("rb") as file:
        judged(open_logger(file), LOW, HIGH)


def temperature(number):
    """A refrigerator that swings by two degrees, its door open once a week."""
    return 4 + number * 37 % 100 / 50 + (5 if number % 2016 < 5 else 0)


def year_first(number, at):
    return f"{number},{at:%Y-%m-%d %H:%M:%S},{temperature(number):.2f}\n"


def of_the_us(number, at):
    fahrenheit = temperature(number) * 1.8 + 32
    return f"{at:%m/%d/%Y},{at:%I:%M:%S %p},{fahrenheit:.1f},44.1\n"


def with_extremes(number, at):
    now = temperature(number)
    return f"{at:%Y-%m-%d %H:%M},{now:.1f},{now - 0.5:.1f},{now + 0.5:.1f}\n"


LAYOUTS = {
    "year first": ("Index,Date Time,Temp (°C)\n", year_first),
    "US, two columns, °F": ("Date,Time,Temp (°F),RH (%)\n", of_the_us),
    "minimum and maximum": ("Time,Temp °C,Min °C,Max °C\n", with_extremes),
}


def write(path, layout, size):
    """A file of ``size`` readings, five minutes apart."""
    heading, line = layout
    at, step = datetime(2021, 1, 1), timedelta(minutes=5)
    with path.open("w", encoding="utf-8") as file:
        file.write(heading)
        file.writelines(line(number, at + step * number) for number in range(size))


if __name__ == "__main__":
    main()
