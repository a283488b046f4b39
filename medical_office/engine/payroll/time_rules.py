"""What the law and the practice say about hours: daily overtime, differentials."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from ...tools.payroll.time.dailyrule import DailyRule, rule_on, states_with_rule
from ...tools.payroll.time.minimumwage import floor
from ...tools.payroll.time.shifts import Differential
from ...tools.payroll.time.workperiod import Scheme
from .orm import Env, Record, Records


class TimeRules:
    """Rules for the hours of many people; the practice's differentials in one query."""

    def __init__(self, env: Env, companies: Records) -> None:
        self.differentials: dict[int, list[Any]] = defaultdict(list)
        for record in env["medical.payroll.differential"].search(
            [("company_id", "in", companies.ids)]
        ):
            self.differentials[record.company_id.id].append(
                (
                    record._differential(),
                    frozenset(record.employee_ids.ids),
                    frozenset(record.department_ids.ids),
                )
            )
        self._rules: dict[tuple[str, date], DailyRule | None] = {}
        self._states: dict[int, str] = {}

    def differentials_of(
        self, employee: Record, versions: Any
    ) -> Callable[[date], list[Differential]] | None:
        """Function day -> differentials of a person, or None when there are none."""
        own = self.differentials.get(employee.company_id.id)
        if not own:
            return None
        departments = {v.department_id.id for v in versions.versions}
        mine = [
            (one, people, places)
            for one, people, places in own
            if (not people and not places)
            or employee.id in people
            or places & departments
        ]
        if not mine:
            return None

        def on(day: date) -> list[Differential]:
            department = versions.on(day).department_id.id
            return [
                one
                for one, people, places in mine
                if (not people and not places)
                or employee.id in people
                or department in places
            ]

        return on

    def daily(
        self, versions: Any, first: date, last: date, per_year: int
    ) -> dict[date, DailyRule]:
        """{day: daily overtime rule} of a person for the days of the period."""
        found = {}
        for version, (start, end) in zip(
            versions.versions, versions.spans, strict=True
        ):
            state = self.state_of(version)
            if state not in states_with_rule():
                continue
            rate = version._pay_base_rate(per_year)
            day, stop = max(start, first), min(end or last, last)
            while day <= stop:
                rule = self._rule(state, day)
                if rule and self._is_under(rule, rate, day):
                    hours = version._pay_daily_hours()
                    found[day] = rule.agreed(hours) if hours else rule
                day += timedelta(days=1)
        return found

    def state_of(self, version: Record) -> str:
        """The code of a version's state of work, asked once."""
        if version.id not in self._states:
            self._states[version.id] = version._pay_state().code or ""
        return self._states[version.id]

    def _rule(self, state: str, day: date) -> DailyRule | None:
        key = (state, day)
        if key not in self._rules:
            self._rules[key] = rule_on(state, day)
        return self._rules[key]

    def _is_under(self, rule: DailyRule, rate: Decimal, day: date) -> bool:
        """Nevada: only who is paid less than 1.5 times the minimum wage."""
        if rule.below_minimums is None:
            return True
        least, _known = floor(rule.state, rule.name, day)
        return rate < rule.below_minimums * least.amount

    def remarks(self, daily: dict[date, DailyRule], scheme: Scheme) -> Iterator[str]:
        """What the preparer has to look at himself."""
        if scheme is not Scheme.FORTNIGHT:
            return
        for rule in {rule.state: rule for rule in daily.values()}.values():
            yield (
                f"8 and 80 is agreed: the daily overtime of {rule.name} ({rule.law}) is "
                "not calculated. Check that the state allows it."
            )
