"""How many reports may come from one address, or for one label, before it has to wait."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``most`` hits within ``span``."""

    most: int
    span: dt.timedelta


def wait_until(
    hits: Sequence[dt.datetime], limit: Limit, now: dt.datetime
) -> dt.datetime | None:
    """When the next hit is allowed, or None where it is allowed now.

    >>> hour = Limit(2, dt.timedelta(hours=1))
    >>> at = dt.datetime(2026, 1, 1, 12)
    >>> wait_until([at, at], hour, at + dt.timedelta(minutes=5))
    datetime.datetime(2026, 1, 1, 13, 0)
    """
    recent = sorted(hit for hit in hits if hit > now - limit.span)
    if len(recent) < limit.most:
        return None
    return recent[-limit.most] + limit.span
