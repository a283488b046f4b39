"""What bin/read-logger prints: stable lines "name: value", then spans as CSV."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from .clock import Clock
from .judge import Findings
from .reader import Logger
from .reading import HUNDREDTH
from .spans import Span

SPAN_COLUMNS = (
    "start", "end", "lowest", "highest", "kind", "readings", "last", "before", "after",
    "note",
)  # fmt: skip
SHOWN = 20  # gaps that are named; the others are counted


def report(
    name: str, logger: Logger, found: Findings, low: Decimal, high: Decimal
) -> Iterator[str]:
    """All lines. Temperatures in degrees Celsius, times on the logger's
    clock, with their offset if it is known."""
    yield f"file: {name}"
    yield from _head_lines(logger)
    yield from _tally_lines(logger, found)
    yield f"limits: {low} to {high} °C"
    gap = found.rule.gap
    yield "rule: " + (
        "a reading inside ends a span"
        + (f", so does a time of more than {_length(gap)} without one" if gap else "")
    )
    yield f"spans: {len(found.spans)}"
    yield from span_table(found.spans, logger.head.clock)


def _head_lines(logger: Logger) -> Iterator[str]:
    head = logger.head
    yield f"format: {head.maker}"
    yield f"column: {', '.join(head.columns)}"
    if head.why:
        yield f"column because: {head.why}"
    if head.left_out:
        yield f"left out: {', '.join(head.left_out)}"
    yield f"unit: {head.unit}"
    yield f"unit from: {head.unit_from}"
    yield f"clock: {head.clock or 'as written'}"
    yield f"clock from: {head.clock_from or 'nothing says it'}"
    yield f"date order: {head.order}"
    if head.order_from:
        yield f"date order from: {head.order_from}"
    for warning in head.warnings:
        yield f"warning: {warning}"


def _tally_lines(logger: Logger, found: Findings) -> Iterator[str]:
    tally, clock = logger.tally, logger.head.clock
    yield f"readings: {tally.readings}"
    if logger.days:
        yield f"days: {len(logger.days)}"
    yield from _ends(logger, found)
    if found.interval:
        yield f"interval: {_length(found.interval)}"
    yield f"gaps: {len(found.gaps)}"
    for gap in found.gaps[:SHOWN]:
        yield f"gap: {time_text(gap.start, clock)} to {time_text(gap.end, clock)}"
    for day in logger.days:
        if day.low is None or day.high is None:
            yield f"not measured: {day.day}"
    words = [f'{count} "{word}"' for word, count in sorted(tally.nothing.items())]
    count = sum(tally.nothing.values())
    yield f"no reading: {count}" + (f" ({', '.join(words)})" if words else "")
    yield f"rows without a value: {tally.events}"
    yield f"repeated: {tally.repeated}"
    for conflict in found.conflicts[:SHOWN]:
        values = " and ".join(degrees(value) for value in conflict.celsius)
        yield f"contradiction: {time_text(conflict.at, clock)} {values}"


def _ends(logger: Logger, found: Findings) -> Iterator[str]:
    tally, clock = logger.tally, logger.head.clock
    days = [day.day for day in logger.days]
    first = time_text(tally.first, clock) or (str(min(days)) if days else "")
    last = time_text(tally.last, clock) or (str(max(days)) if days else "")
    low = [day.low for day in logger.days if day.low is not None]
    high = [day.high for day in logger.days if day.high is not None]
    if tally.lowest is not None and tally.highest is not None:
        low, high = [*low, tally.lowest], [*high, tally.highest]
    yield f"first: {first}"
    yield f"last: {last}"
    yield f"lowest: {degrees(min(low)) if low else ''}"
    yield f"highest: {degrees(max(high)) if high else ''}"


def span_table(spans: list[Span], clock: Clock | None) -> Iterator[str]:
    """A CSV block: the heading, then a line for each span."""
    yield ",".join(SPAN_COLUMNS)
    for span in spans:
        line = io.StringIO()
        csv.writer(line, lineterminator="").writerow(
            (
                time_text(span.start, clock),
                time_text(span.end, clock),
                degrees(span.lowest),
                degrees(span.highest),
                span.kind,
                span.readings,
                time_text(span.last, clock),
                time_text(span.before, clock),
                time_text(span.after, clock),
                span.note,
            )
        )
        yield line.getvalue()


def degrees(celsius: Decimal) -> str:
    """Degrees Celsius with two decimals, with more if the file has more: 8.001 is out."""
    exponent = celsius.as_tuple().exponent
    finer = isinstance(exponent, int) and exponent < -2
    return str(celsius if finer else celsius.quantize(HUNDREDTH))


def time_text(moment: datetime | None, clock: Clock | None) -> str:
    """A time on the logger's clock: 2026-11-24 08:00:00, or with -05:00 at its end."""
    if moment is None:
        return ""
    return str(clock.local(moment) if clock else moment)


def _length(step: timedelta) -> str:
    minutes = Decimal(int(step.total_seconds())) / 60
    return f"{minutes.quantize(HUNDREDTH).normalize():f} min"
