"""The logger files of the tests, and what is expected of them, in few words."""

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from tools.supply.coldchain.answers import Told
from tools.supply.coldchain.judge import Findings, judge
from tools.supply.coldchain.problems import LoggerError
from tools.supply.coldchain.reader import Logger, open_logger
from tools.supply.coldchain.report import time_text

FILES = Path(__file__).parent / "data" / "loggers"
LOW, HIGH = Decimal(2), Decimal(8)


@dataclass
class Read:
    """A file that was read and judged by 2 to 8 °C; ``problems`` are codes."""

    logger: Logger | None = None
    found: Findings = field(default_factory=Findings)
    problems: list[str] = field(default_factory=list)

    @property
    def spans(self) -> str:
        """All spans as "kind start - end lowest highest", a line each."""
        clock = self.logger.head.clock
        return "\n".join(
            f"{one.kind} {time_text(one.start, clock)} - {time_text(one.end, clock)} "
            f"{one.lowest} {one.highest}"
            for one in self.found.spans
        )


def read(name: str | bytes, **told: object) -> Read:
    """Read and judge a file of the tests, or these bytes."""
    data = name if isinstance(name, bytes) else (FILES / name).read_bytes()
    try:
        logger = open_logger(data, Told(**told))
        found = judge(logger, LOW, HIGH, unit_told="unit" in told)
    except LoggerError as error:
        return Read(problems=[error.problem.code])
    codes = [one.code for one in logger.tally.problems]
    if found.doubt:
        codes.insert(0, found.doubt.code)
    return Read(logger, found, codes)
