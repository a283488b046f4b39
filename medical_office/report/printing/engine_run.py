"""How the engine is asked to run: handed on beside the host's code, not by a context.

The host's printing calls itself through several of its own methods, none of which takes
an argument of ours. A client may fill a call's context with anything, so what steers the
engine lies in a variable that only this folder sets, for as long as one call takes.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class EngineRun:
    """What is known about the print under way.

    :param arguments: engine argument (without dashes) -> value
    :param is_unpatched: whether this folder puts the pages together itself
    :param is_plain: whether the document carries its whole style
    :param record_count: how many records are printed, 0 where nobody counted
    """

    arguments: Mapping[str, object] = field(default_factory=dict)
    is_unpatched: bool = False
    is_plain: bool = False
    record_count: int = 0


_NOTHING_SAID = EngineRun()
_RUN: ContextVar[EngineRun] = ContextVar("medical_engine_run")


def current_run() -> EngineRun:
    """What was said about the print under way."""
    return _RUN.get(_NOTHING_SAID)


@contextmanager
def engine_run(**changes: object) -> Iterator[None]:
    """Say more about the print under way, until the block ends.

    :param changes: fields of :class:`EngineRun`
    """
    token = _RUN.set(replace(current_run(), **changes))
    try:
        yield
    finally:
        _RUN.reset(token)
