"""Reads what the monthly pack shows: one method for each section."""

from collections import Counter
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta

from odoo import Command
from odoo.tools.misc import format_date

from ...tools.dates import month_end
from ...tools.finance.close.pack import MOST_ROWS, column, number, section
from ..core.amounts import amount_text
from ..core.labels import labels_of
from ..core.months import short_month
from .shapes import (
    against,
    against_columns,
    base_kinds,
    day_at,
    day_begins,
    open_register,
)

# of these areas names stand in the pack; of the others, where names are those of people
# and amounts their pay, numbers alone
NAMED = ("core", "facility", "supply", "finance")
# nor what is about a person there: whose license ends, who counted a drawer short
PRIVATE = ("medical.core.credential", "medical.finance.deposit")
MOST_EXCEPTIONS = 40
TREND_MONTHS = 6
STYLES = {
    "medical_office.finance_style_head": "head",
    "medical_office.finance_style_total": "total",
}


class PackReader:
    """The content of one month's pack, as the program sees it."""

    def __init__(self, env: Any, close: Any) -> None:
        self._env = env
        self._close = close
        self._company = close.company_id.with_env(env)
        self._month: date = close.month
        self._end = month_end(close.month)

    def sections(self) -> list[dict[str, Any]]:
        """Every section, in the order of the pack."""
        return [
            self._measures(),
            *self._statements(),
            self._variances(),
            self._cash(),
            self._exceptions(),
            self._waivers(),
            self._decisions(),
            self._steps(),
        ]

    # -------------------------------------------------------------------- statements

    def _statements(self) -> list[dict[str, Any]]:
        _ = self._env._
        year = relativedelta(years=1)
        first = self._month.replace(month=1)
        before = month_end(self._month - year)
        span = [
            ("month", _("Month"), self._month, self._end),
            ("ytd", _("Year to Date"), first, self._end),
            ("month_before", _("Month, Year Before"), self._month - year, before),
            ("ytd_before", _("Year to Date, Year Before"), first - year, before),
        ]
        last = self._month - relativedelta(days=1)
        points = [
            ("month", _("Month"), self._month, self._end),
            ("last", _("Month Before"), last.replace(day=1), last),
            ("month_before", _("Year Before"), self._month - year, before),
        ]
        return [
            self._statement("income", "accrual", span),
            self._statement("income", "cash", span[:2]),
            self._statement("balance", "accrual", points),
            self._statement("cash", "accrual", span[:2]),
        ]

    def _statement(self, kind: str, basis: str, spans: list[Any]) -> dict[str, Any]:
        statements = self._env["medical.finance.statement"]
        values = statements._report_values(kind, basis)
        report = self._env["mis.report.instance"].create(
            {
                **values,
                "temporary": True,
                "period_ids": [
                    Command.create(
                        statements._column(
                            title,
                            basis,
                            10 * place,
                            mode="fix",
                            manual_date_from=start,
                            manual_date_to=end,
                        )
                    )
                    for place, (_key, title, start, end) in enumerate(spans, 1)
                ],
            }
        )
        styles = {self._env.ref(name): style for name, style in STYLES.items()}
        keys = [key for key, *_rest in spans]
        rows = []
        for row in report._compute_matrix().iter_rows():
            if row.account_id or row.style_props.hide_always:
                continue
            if row.style_props.hide_empty and row.is_empty():
                continue
            percent = row.kpi.type == "pct"
            figures = [
                number(cell.val, 4 if percent else 2) if cell else None
                for cell in row.iter_cells()
            ]
            style = "percent" if percent else styles.get(row.kpi.style_id, "")
            if style != "head" and not any(figures):
                continue
            rows.append(
                {
                    "id": row.kpi.name,
                    "name": row.label,
                    "style": style,
                    **dict(zip(keys, figures, strict=False)),
                }
            )
        report.unlink()
        rows = _with_content(rows)
        columns = [column("name", "")]
        columns += [column(key, title, "money") for key, title, *_days in spans]
        return section(f"{kind}_{basis}", values["name"], columns, rows)

    # ---------------------------------------------------------------------- measures

    def _measures(self) -> dict[str, Any]:
        _ = self._env._
        since = self._month - relativedelta(months=TREND_MONTHS - 1)
        rows = self._env["medical.finance.measure"].search(
            [
                ("company_id", "=", self._company.id),
                ("month", ">=", since),
                ("month", "<=", self._month),
            ],
            order="month, sequence",
        )
        by_code = rows.grouped("code")
        months = [since + relativedelta(months=n) for n in range(TREND_MONTHS)]
        trends = labels_of(rows, "trend")
        found = []
        for row in rows.filtered(lambda each: each.month == self._month):
            values = {each.month: number(each.value) for each in by_code[row.code]}
            found.append(
                {
                    "id": row.code,
                    "name": self._unit(row),
                    **{f"m{n}": values.get(day) for n, day in enumerate(months)},
                    "before": number(row.before) if row.has_before else None,
                    "trend": trends.get(row.trend, "") if row.has_before else "",
                    "formula": row.formula or "",
                }
            )
        return section(
            "measures",
            _("Practice Measures"),
            [
                column("name", _("Measure")),
                *(
                    column(f"m{n}", short_month(self._env, day), "number")
                    for n, day in enumerate(months)
                ),
                column("before", _("Year Before"), "number"),
                column("trend", _("Against Year Before")),
            ],
            found,
            _("How each is figured stands with the measures in the practice."),
        )

    def _unit(self, row: Any) -> str:
        names = labels_of(row, "code")
        unit = labels_of(row, "unit").get(row.unit, "")
        return f"{names[row.code]}, {unit}" if unit else names[row.code]

    # --------------------------------------------------------------------- variances

    def _variances(self) -> dict[str, Any]:
        _ = self._env._
        kinds = base_kinds(self._env)
        return section(
            "variances",
            _("Variances and Their Causes"),
            [
                column("name", _("Category")),
                column("department", _("Department")),
                *against_columns(self._env),
                column("cause", _("Cause")),
                column("note", _("Explanation")),
            ],
            [
                {
                    "id": f"{row.department_id.id or 0}-{row.category_id.id}",
                    "name": row.category_id.name,
                    "department": row.department_id.name or "",
                    **against(
                        self._env,
                        row,
                        kinds.get(row.base_kind, ""),
                        row.difference,
                        row.is_favorable,
                    ),
                    "cause": row.cause_id.name or "",
                    "note": row.note or "",
                }
                for row in self._close.variance_ids
            ],
        )

    # -------------------------------------------------------------------------- cash

    def _cash(self) -> dict[str, Any]:
        _ = self._env._
        forecast = self._env["medical.finance.forecast"].search(
            [("company_id", "=", self._company.id)], limit=1
        )
        note = ""
        if forecast:
            note = _(
                "Made on %(day)s. Cash then: %(cash)s. Minimum: %(minimum)s.",
                day=format_date(self._env, forecast.date),
                cash=amount_text(self._env, forecast.opening),
                minimum=amount_text(self._env, forecast.minimum),
            )
        return section(
            "forecast",
            _("Cash Ahead, 13 Weeks"),
            [
                column("name", _("Week")),
                column("received", _("Comes In"), "money"),
                column("spent", _("Goes Out"), "money"),
                column("closing", _("At the End"), "money"),
                column("lowest", _("Lowest Day"), "money"),
                column("below", _("Below Minimum")),
            ],
            [
                {
                    "id": str(week.date_from),
                    "name": " – ".join(
                        format_date(self._env, day)
                        for day in (week.date_from, week.date_to)
                    ),
                    "received": number(week.received),
                    "spent": number(week.spent),
                    "closing": number(week.closing),
                    "lowest": number(week.lowest),
                    "below": _("yes") if week.is_below else "",
                }
                for week in forecast.week_ids
            ],
            note,
        )

    # ---------------------------------------------------------- exceptions, decisions

    def _register(self, domain: list[Any]) -> Any:
        return open_register(self._env, self._company, domain, "date_opened")

    def _counted(self, rows: Any, areas: dict[str, str]) -> list[dict[str, Any]]:
        """A row for each area of which no names stand in the pack."""
        counts = Counter(row.domain for row in rows if not _is_named(row))
        return [
            {
                "id": f"area-{area}",
                "name": self._env._(
                    "%(count)s in %(area)s", count=count, area=areas[area]
                ),
                "area": areas[area],
            }
            for area, count in sorted(counts.items())
        ]

    def _exceptions(self) -> dict[str, Any]:
        _ = self._env._
        rows = self._register([("is_open", "=", True)])
        areas, severities = labels_of(rows, "domain"), labels_of(rows, "severity")
        named = rows.filtered(_is_named)
        found = [
            {
                "id": str(row.id),
                "name": row.summary,
                "area": areas[row.domain],
                "severity": severities[row.severity],
                "since": day_at(self._company, row.date_opened),
                "money": number(row.money_at_risk) or None,
            }
            for row in named[:MOST_EXCEPTIONS]
        ]
        note = _("%(all)s are open, %(late)s of them late.",
                 all=len(rows), late=len(rows.filtered("is_overdue")))  # fmt: skip
        if len(named) > MOST_EXCEPTIONS:
            note += " " + _("The %s most severe are named.", MOST_EXCEPTIONS)
        return section(
            "exceptions",
            _("Open Exceptions"),
            [
                column("name", _("What Is Wrong")),
                column("area", _("Area")),
                column("severity", _("Severity")),
                column("since", _("Since"), "day"),
                column("money", _("Money at Risk"), "money"),
            ],
            [*found, *self._counted(rows, areas)],
            note,
        )

    def _waivers(self) -> dict[str, Any]:
        _ = self._env._
        rows = self._register([("state", "=", "waived")])
        areas = labels_of(rows, "domain")
        return section(
            "waivers",
            _("Waived Controls"),
            [
                column("name", _("What Is Waived")),
                column("area", _("Area")),
                column("reason", _("Reason")),
                column("until", _("Until"), "day"),
                column("who", _("Approved by")),
            ],
            [
                *(
                    {
                        "id": str(row.id),
                        "name": row.summary,
                        "area": areas[row.domain],
                        "reason": row.waive_reason or "",
                        "until": str(row.waive_until or ""),
                        "who": (row.waive_approved_by_id or row.waived_by_id).name
                        or "",
                    }
                    for row in rows
                    if _is_named(row)
                ),
                *self._counted(rows, areas),
            ],
            "" if rows else _("Nothing is waived."),
        )

    def _decisions(self) -> dict[str, Any]:
        _ = self._env._
        after = self._end + relativedelta(days=1)
        rows = self._env["medical.core.decision"].search(
            [
                ("company_id", "in", (False, self._company.id)),
                ("state", "=", "decided"),
                ("decided_at", ">=", day_begins(self._company, self._month)),
                ("decided_at", "<", day_begins(self._company, after)),
            ],
            order="decided_at, id",
        )
        areas = labels_of(rows, "domain")
        named = rows.filtered(_is_named)
        return section(
            "decisions",
            _("Decisions of the Month"),
            [
                column("day", _("Day"), "day"),
                column("name", _("What")),
                column("area", _("Area")),
                column("amount", _("Amount"), "money"),
                column("outcome", _("Decision")),
                column("who", _("Decided by")),
            ],
            [
                *(
                    {
                        "id": str(row.id),
                        "day": day_at(self._company, row.decided_at),
                        "name": row.name,
                        "area": areas[row.domain],
                        "amount": number(row.amount) or None,
                        "outcome": row.outcome or "",
                        "who": row.decided_by_id.name or "",
                    }
                    for row in named[:MOST_ROWS]
                ),
                *self._counted(rows, areas),
            ],
            _("%s decisions.", len(rows)),
        )

    # --------------------------------------------------------------------- the proof

    def _steps(self) -> dict[str, Any]:
        _ = self._env._
        close = self._close
        return section(
            "steps",
            _("How the Month Was Closed"),
            [
                column("name", _("Step")),
                column("done", _("Done by")),
                column("verified", _("Verified by")),
                column("found", _("Left Open"), "whole"),
                column("note", _("Note")),
            ],
            [
                {
                    "id": str(step.id),
                    "name": step.name,
                    "done": step.done_by_id.name or "",
                    "verified": step.verified_by_id.name or "",
                    "found": step.found,
                    "note": step.note or "",
                }
                for step in close.step_ids
            ],
            _(
                "Signed by %(signer)s, approved by %(approver)s. Books locked to %(day)s.",
                signer=close.signed_by_id.name or "",
                approver=close.approved_by_id.name or "",
                day=format_date(self._env, close.lock_date) if close.lock_date else "",
            ),
        )


def _is_named(row: Any) -> bool:
    """Whether an exception or a decision stands in the pack with its name."""
    return row.domain in NAMED and row.res_model not in PRIVATE


def _with_content(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows without headings below which nothing stands."""
    kept: list[dict[str, Any]] = []
    for place, row in enumerate(rows):
        following = rows[place + 1]["style"] if place + 1 < len(rows) else "head"
        if row["style"] != "head" or following in ("", "percent"):
            kept.append(row)
    return kept
