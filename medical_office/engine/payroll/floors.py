"""Minimum wages by place and day, for the preflight and for the check of rates."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

from ...tools.payroll.tax.states import NAMES
from ...tools.payroll.time.minimumwage import Minimum, floor
from .orm import Env, Record, Records


class Floors:
    """The minimum wage of a version's place of work by day, each looked up once.

    ``unknown`` are the states without a figure.
    """

    def __init__(self, env: Env, companies: Records) -> None:
        self.entered: dict[Any, list[Minimum]] = defaultdict(list)
        self.local: dict[Any, list[Minimum]] = defaultdict(list)
        for record in env["medical.payroll.minimum"].search(
            [("company_id", "in", companies.ids)]
        ):
            company, state = record.company_id.id, record.state_id.code
            place = record.work_location_id.id
            if place:
                self.local[company, state, place].append(record._minimum())
            else:
                self.entered[company, state].append(record._minimum())
        self.unknown: set[str] = set()
        self._found: dict[Any, dict[date, Minimum]] = {}

    def at(self, version: Record) -> Callable[[date], Minimum]:
        """Function day -> minimum wage where a version works.

        It raises LimitMissing for a year without figures.
        """
        state, company = version._pay_state(), version.company_id.id
        location = version.work_location_id.id
        found = self._found.setdefault((company, state.id, location), {})
        own = self.entered[company, state.code]
        near = self.local[company, state.code, location]
        name = NAMES.get(state.code, state.name)

        def on(day: date) -> Minimum:
            if day not in found:
                found[day], known = floor(state.code, name, day, own, near)
                if not known:
                    self.unknown.add(name)
            return found[day]

        return on
