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
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

UTC = timezone.utc
_DAY = timedelta(days=1)
EVER = datetime.combine(date.min, time())  # from the beginning


class MissingTime(ValueError):
    """The clock never showed this time."""


@dataclass(frozen=True, slots=True)
class Correction:
    """From ``since`` on (as the logger shows it) its times are wrong by ``add``, and
    mean the clock of ``zone`` (None: as before)."""

    since: datetime
    add: timedelta
    zone: tzinfo | None = None


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
        parts = {EVER: _zone_text(self.zone, timedelta())}
        for one in self.corrections:
            parts[one.since] = _zone_text(one.zone or self.zone, one.add)
        return ", ".join(
            text if since == EVER else f"from {since:%Y-%m-%d %H:%M} on {text}"
            for since, text in sorted(parts.items())
        )

    def utc(self, stamp: datetime, near: datetime | None = None) -> datetime:
        """The UTC time (naive) of a time on the logger.

        :param stamp: naive, as the logger shows it
        :param near: the UTC time of the reading before: a time that comes twice is the
            second one if the first would not be later
        :raises MissingTime: the clock was put forward over it
        """
        zone, add = self._of(stamp)
        stamp += add
        first, second = _offset(zone, stamp, 0), _offset(zone, stamp, 1)
        if first < second:
            raise MissingTime(stamp)
        if first > second and near is not None and stamp - first <= near:
            return stamp - second
        return stamp - first

    def twice(self, stamp: datetime) -> bool:
        """Whether the clock shows this time twice (in autumn)."""
        zone, add = self._of(stamp)
        return _offset(zone, stamp + add, 0) > _offset(zone, stamp + add, 1)

    def steady(self, first: datetime, last: datetime) -> timedelta | None:
        """What to add to every time from ``first`` to ``last`` to have UTC.

        :return: None if the clock changes in between, or at an end
        """
        if isinstance(self.zone, timezone) and not self.corrections:
            return -self.zone.utcoffset(None)
        zone, add = self._of(first)
        if self._of(last) != (zone, add) or last < first:
            return None
        marks = [last + add]
        mark = first + add
        while mark < marks[0]:
            marks.append(mark)
            mark += _DAY
        offsets = {_offset(zone, mark, fold) for mark in marks for fold in (0, 1)}
        return add - offsets.pop() if len(offsets) == 1 else None

    def local(self, moment: datetime) -> datetime:
        """A UTC time (naive) on the wall clock that this one means, aware."""
        return moment.replace(tzinfo=UTC).astimezone(self._at(moment)[0])

    def shown(self, moment: datetime) -> datetime:
        """What the logger showed at a UTC time (naive)."""
        zone, add = self._at(moment)
        return moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None) - add

    def ahead(self, first: datetime, last: datetime) -> timedelta | None:
        """How far the logger's times are ahead of UTC from ``first`` to ``last`` (UTC,
        naive); None if that changes in between."""
        ahead = self.shown(first) - first
        steady = self.steady(first + ahead, self.shown(last))
        return ahead if steady == -ahead else None

    def _of(self, stamp: datetime) -> tuple[tzinfo, timedelta]:
        """(zone, what to add) for a time as the logger shows it."""
        past = [one for one in self.corrections if one.since <= stamp]
        if not past:
            return self.zone, timedelta()
        last = max(past, key=lambda one: one.since)
        return last.zone or self.zone, last.add

    def _at(self, moment: datetime) -> tuple[tzinfo, timedelta]:
        """(zone, what was added) for a UTC time: the latest that had begun by then."""
        for one in sorted(self.corrections, key=lambda one: one.since, reverse=True):
            zone = one.zone or self.zone
            local = moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
            if local - one.add >= one.since:
                return zone, one.add
        return self.zone, timedelta()


def _offset(zone: tzinfo, stamp: datetime, fold: int) -> timedelta:
    return stamp.replace(tzinfo=zone, fold=fold).utcoffset() or timedelta()


def _zone_text(zone: tzinfo, add: timedelta) -> str:
    if isinstance(zone, timezone):
        return offset_text(zone.utcoffset(None) - add)
    return f"{zone} ({-add // timedelta(minutes=1):+d} min)" if add else str(zone)


def offset_text(offset: timedelta) -> str:
    """An offset as in 2026-11-24 08:00:00-05:00."""
    return datetime(2000, 1, 1, tzinfo=timezone(offset)).isoformat()[19:]
