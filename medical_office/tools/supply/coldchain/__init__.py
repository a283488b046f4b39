"""Temperatures of storage units: files of loggers, spans outside the limits, summaries.

``reader.open_logger`` reads a file, ``spans.spans`` finds what lay outside the limits,
``clock.Clock`` says what a logger's times mean, ``summary`` writes the log sheet.
"""

from .reading import Reading, to_celsius, to_fahrenheit
from .spans import COLD, WARM
from .summary import (
    Excursion,
    Gap,
    Summary,
    excursions,
    gaps,
    mean_kinetic,
    summary,
)
