"""What the benches of checks and cockpit share: people, counting, one table."""

import time
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def measured(env):
    """Seconds and SQL statements of a block, with cold record caches.

    :return: a dict that holds ``seconds`` and ``queries`` after the block
    """
    env.flush_all()
    env.invalidate_all()
    result, queries = {}, env.cr.sql_log_count
    started = time.perf_counter()
    yield result
    env.flush_all()
    result["seconds"] = time.perf_counter() - started
    result["queries"] = env.cr.sql_log_count - queries


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
    if isinstance(cell, float):
        return f"{cell:,.2f}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)
