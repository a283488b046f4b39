"""Times of a file one after the other: UTC, also in the nights when clocks change."""

from datetime import datetime, timedelta

from ...csvcells import CellError
from .clock import Clock, MissingTime
from .stamps import Stamp

_HOUR = timedelta(hours=1)
_LATER = timedelta(days=2)  # later in UTC than any clock


class Timeline:
    """The clock of a file and what it showed last.

    ``twice`` is True while the last time is of an hour that the clock shows twice.
    """

    def __init__(self, clock: Clock | None) -> None:
        self.clock = clock
        self.twice = False
        self._last: tuple[datetime, timedelta] | None = None  # as shown, and its step

    def forget(self) -> None:
        """Readings were taken elsewhere in between, on an even stretch."""
        self._last = None

    def moment(
        self, stamp: Stamp, near: datetime | None, descending: bool | None
    ) -> datetime:
        """The UTC time of a stamp; the time as written if there is no clock.

        :param near: UTC time of the reading before in the file
        :param descending: whether the file has its newest reading first
        :raises CellError: the clock never shows this time, or should have shown an hour
            twice and did not
        """
        if stamp.offset is not None:
            return stamp.at - stamp.offset
        if self.clock is None:
            return stamp.at
        try:
            at = self._turned(self.clock, stamp.at, near, descending)
        except MissingTime:
            raise CellError("missing_time", time=stamp.at, zone=self.clock) from None
        self._check(self.clock, stamp.at, at, near)
        return at

    def _turned(
        self,
        clock: Clock,
        stamp: datetime,
        near: datetime | None,
        descending: bool | None,
    ) -> datetime:
        """UTC; of an hour that comes twice, the one that the order of rows tells."""
        if descending and clock.twice(stamp):
            later = clock.utc(stamp, stamp + _LATER)
            return later if near is None or later < near else clock.utc(stamp)
        return clock.utc(stamp, near)

    def _check(
        self, clock: Clock, stamp: datetime, at: datetime, near: datetime | None
    ) -> None:
        """Refuse a clock that should have shown an hour twice and went on instead: the
        rows go on at their interval over the end of the hour, an hour of UTC is missing.
        """
        was_twice, last = self.twice, self._last
        self.twice = clock.twice(stamp)
        step = abs(stamp - last[0]) if last else timedelta()
        self._last = stamp, step
        if last is None or near is None or was_twice == self.twice:
            return
        lost = abs(at - near) - step
        if lost >= _HOUR and timedelta() < step <= last[1]:
            raise CellError("not_turned_back", time=stamp, zone=clock)
