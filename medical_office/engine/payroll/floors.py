"""Minimum wages by place and day, for the preflight and for the check of rates."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from odoo.tools.misc import format_date

from ...tools.payroll.law.limits import LimitMissing
from ...tools.payroll.tax.states import NAMES
from ...tools.payroll.time.exemptsalary import ExemptSalary
from ...tools.payroll.time.minimumwage import Minimum, floor
from ..core.amounts import amount_text
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

    def known(self, version: Record, day: date) -> tuple[Minimum, date] | None:
        """The minimum on a day, else the one at the end of the last year with figures.

        A minimum wage does not fall: what is below that one will be below the next.
        """
        on = self.at(version)
        for one in (day, *(date(day.year - n, 12, 31) for n in (1, 2))):
            try:
                return on(one), one
            except LimitMissing:
                continue
        return None


def below_minimum(env: Env, who: str, rate: Decimal, least: Minimum, day: date) -> str:
    """What somebody reads who agrees on less than the minimum wage."""
    return str(
        env._(
            "%(who)s: %(rate)s an hour is less than the minimum wage of "
            "%(place)s on %(day)s, %(least)s (%(law)s). Offer at least that.",
            who=who,
            rate=amount_text(env, rate),
            place=least.place,
            day=format_date(env, day),
            least=amount_text(env, least.amount),
            law=least.law,
        )
    )


def below_exempt(env: Env, who: str, week: Decimal, least: ExemptSalary) -> str:
    """What somebody reads who agrees on less than a salary that can be exempt."""
    return str(
        env._(
            "%(who)s: %(week)s a week is less than the salary of %(least)s a "
            "week from which a position can be exempt (%(place)s, %(law)s). "
            "Offer more, or clear “Exempt from overtime”.",
            who=who,
            week=amount_text(env, week),
            least=amount_text(env, least.amount),
            place=least.place,
            law=least.law,
        )
    )
