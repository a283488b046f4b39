"""Whether a row whose time goes back was moved, or the logger's clock was set back."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import chain, islice, pairwise

KEPT = 256  # times before a row that are remembered
AROUND = timedelta(hours=3)  # a clock set back for winter shows one hour twice
FEWEST = 3


def _nothing() -> Iterator[datetime]:
    return iter(())


class Recent:
    """Times before and after a row.

    A clock that is set back shows a stretch twice: its times fall on, or between, those
    of other rows. Rows that were only moved lie as far apart as all others, once they
    are sorted.

    ``ahead`` gives the times of the rows around, read only if the question comes up.
    """

    def __init__(self) -> None:
        self._before: deque[datetime] = deque(maxlen=KEPT)
        self.ahead: Callable[[], Iterable[datetime]] = _nothing

    def add(self, times: Sequence[datetime]) -> None:
        """Take the next times of the file."""
        self._before.extend(islice(times, max(0, len(times) - KEPT), None))

    def is_moved(self, at: datetime) -> bool:
        """Whether the times around one are as even as those of a calm clock."""
        ahead = [one for one in self.ahead() if abs(one - at) <= AROUND]
        # those that were taken stand in both: count each as often as it stands in one
        before = [one for one in self._before if abs(one - at) <= AROUND]
        if not ahead:
            return False
        rest = list(before)
        for one in ahead:
            if one in rest:
                rest.remove(one)
        every = sorted(chain(ahead, rest))
        if len(every) < FEWEST:
            return False
        steps = sorted(later - earlier for earlier, later in pairwise(every))
        usual = steps[len(steps) // 2]
        return steps[0] * 2 > usual
