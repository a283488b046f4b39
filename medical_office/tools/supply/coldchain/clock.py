"""What the times of a logger mean: its clock.

Most loggers write the time that somebody set on them, without a zone. Such a clock
either *follows* the site (it is put forward and back with daylight saving, as a phone
is) or keeps a *fixed offset* all year, as most USB loggers do: then it is an hour
beside the wall clock for half of the year. An offset that was found wrong is corrected
from a moment on; what was read before keeps its time.

A time that the site's clock skips in spring (02:30 on 2026-03-08 in Chicago) proves
that the logger does not follow the site: it is refused, never moved. A time that comes
twice in autumn is the first one until the times go back.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

UTC = timezone.utc
_DAY = timedelta(days=1)


class MissingTime(ValueError):
    """The clock never showed this time."""


@dataclass(frozen=True, slots=True)
class Correction:
    """From ``since`` on (as the logger shows it) its times are wrong by ``add``."""

    since: datetime
    add: timedelta


@dataclass(frozen=True, slots=True)
class Clock:
    """A logger's clock: the zone it follows or keeps, and corrections.

    Make one with ``follows`` or ``fixed``.
    """

    zone: tzinfo
    corrections: tuple[Correction, ...] = ()

    @classmethod
    def follows(cls, zone: str, *corrections: Correction) -> "Clock":
        """A clock that is changed with daylight saving, as the wall clock of ``zone``.

        :raises LookupError: no zone of that name (or no zone data on this machine)
        """
        try:
            return cls(ZoneInfo(zone), corrections)
        except (LookupError, ValueError, OSError) as error:
            raise LookupError(f"no time zone {zone!r}") from error

    @classmethod
    def fixed(cls, offset: timedelta, *corrections: Correction) -> "Clock":
        """A clock that is ``offset`` ahead of UTC all year.

        :raises ValueError: a day or more
        """
        return cls(timezone(offset), corrections)

    def __str__(self) -> str:
        if isinstance(self.zone, timezone):
            return offset_text(self.zone.utcoffset(None))
        return str(self.zone)

    def utc(self, stamp: datetime, near: datetime | None = None) -> datetime:
        """The UTC time (naive) of a time on the logger.

        :param stamp: naive, as the logger shows it
        :param near: the UTC time of the reading before: a time that comes twice is the
            second one if the first would not be later
        :raises MissingTime: the clock was put forward over it
        """
        stamp += self._correction(stamp)
        first, second = self._offset(stamp, 0), self._offset(stamp, 1)
        if first < second:
            raise MissingTime(stamp)
        if first > second and near is not None and stamp - first <= near:
            return stamp - second
        return stamp - first

    def twice(self, stamp: datetime) -> bool:
        """Whether the clock shows this time twice (in autumn)."""
        stamp += self._correction(stamp)
        return self._offset(stamp, 0) > self._offset(stamp, 1)

    def steady(self, first: datetime, last: datetime) -> timedelta | None:
        """What to add to every time from ``first`` to ``last`` to have UTC.

        :return: None if the clock changes in between, or at an end
        """
        if isinstance(self.zone, timezone) and not self.corrections:
            return -self.zone.utcoffset(None)
        if self._correction(first) != self._correction(last) or last < first:
            return None
        add = self._correction(first)
        marks = [last + add]
        mark = first + add
        while mark < marks[0]:
            marks.append(mark)
            mark += _DAY
        offsets = {self._offset(mark, fold) for mark in marks for fold in (0, 1)}
        return add - offsets.pop() if len(offsets) == 1 else None

    def local(self, moment: datetime) -> datetime:
        """A UTC time (naive) on this clock, aware."""
        return moment.replace(tzinfo=UTC).astimezone(self.zone)

    def _correction(self, stamp: datetime) -> timedelta:
        past = [one for one in self.corrections if one.since <= stamp]
        return max(past, key=lambda one: one.since).add if past else timedelta()

    def _offset(self, stamp: datetime, fold: int) -> timedelta:
        return stamp.replace(tzinfo=self.zone, fold=fold).utcoffset() or timedelta()


def offset_text(offset: timedelta) -> str:
    """An offset as in 2026-11-24 08:00:00-05:00."""
    return datetime(2000, 1, 1, tzinfo=timezone(offset)).isoformat()[19:]
