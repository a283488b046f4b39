"""What the benches share: people, counting, one table."""

import time
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def measured(env):
    """Cost of a block, with cold record caches.

    :return: a dict that holds after the block: ``seconds``; ``cpu``, seconds that this
        process and its database process worked (other work on the machine does not
        count); ``queries``, the SQL statements
    """
    env.flush_all()
    env.invalidate_all()
    env.cr.execute("SELECT pg_backend_pid()")
    backend = env.cr.fetchone()[0]
    result, queries = {}, env.cr.sql_log_count
    cpu, started = _cpu(backend), time.perf_counter()
    yield result
    env.flush_all()
    result["seconds"] = time.perf_counter() - started
    result["cpu"] = _cpu(backend) - cpu
    result["queries"] = env.cr.sql_log_count - queries


def _cpu(backend):
    """Seconds worked by this process and by its database process, if that runs here."""
    seconds, process = time.process_time(), Path(f"/proc/{backend}")
    with suppress(OSError):
        if "postgres" in (process / "cmdline").read_text():
            # nanoseconds; the ticks of "stat" are too coarse for a short query
            seconds += int((process / "schedstat").read_text().split()[0]) / 1e9
    return seconds


@contextmanager
def peak_memory():
    """How far a block drives the process's peak of resident memory up (Linux only).

    :return: a dict that holds ``megabytes`` after the block
    """
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # resets the peak
    result, before = {}, _resident("VmRSS")
    yield result
    result["megabytes"] = (_resident("VmHWM") - before) / 1024


def _resident(name):
    """A line of the process's status, in kilobytes."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(one for one in status.splitlines() if one.startswith(f"{name}:"))
    return int(line.split()[1])


def person(env, login, group, **values):
    """A user with one role."""
    return (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            {
                "name": login,
                "login": login,
                "group_ids": [(6, 0, env.ref(f"medical_office.{group}").ids)],
                **values,
            }
        )
    )


def table(head, rows):
    """Print rows of texts and numbers under a heading, numbers to the right."""
    cells = [head, *([_text(cell) for cell in row] for row in rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    for row in cells:
        print(
            "  ".join(
                cell.ljust(width) if i == 0 else cell.rjust(width)
                for i, (cell, width) in enumerate(zip(row, widths, strict=True))
            )
        )


def _text(cell):
    if cell is None:
        return "-"
    if isinstance(cell, float):
        return f"{cell:,.2f}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)
