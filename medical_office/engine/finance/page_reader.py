"""Reads what a department head sees of a month: figures, staff, tickets, stock, overdue."""

from datetime import date
from typing import Any

from odoo import fields

from ...tools.finance.close.pack import MOST_ROWS, column, number, section
from ..core.labels import labels_of
from .shapes import against, against_columns, base_kinds, day_at, open_register
from .variance_reader import VarianceReader

GOOD = ("held",)


class PageReader:
    """Sections of the pages of one company and month. Figures and the budget are read
    once for all departments; what is theirs alone, once for each."""

    def __init__(self, env: Any, company: Any, month: date) -> None:
        self._env = env
        self._company = company
        self._figures = VarianceReader(env, company, month)
        self._categories = (
            env["medical.finance.category"].with_context(active_test=False).search([])
        )

    def sections(self, department: Any) -> list[dict[str, Any]]:
        """The page of one department."""
        return [
            self._budget_part(department),
            self._people(department),
            self._tickets(department),
            self._stock(department),
            self._overdue(department),
        ]

    def _budget_part(self, department: Any) -> dict[str, Any]:
        _ = self._env._
        kinds = base_kinds(self._env)
        rows = []
        for category in self._categories:
            key = (department.id, category.id)
            found = self._figures.gap(key, category.section == "revenue")
            if not found.base and not found.actual:
                continue
            rows.append(
                {
                    "id": category.code,
                    "name": category.name,
                    **against(
                        self._env,
                        found,
                        kinds[found.kind],
                        found.difference,
                        found.favorable,
                    ),
                    "off": f"{found.percent} %" if found.percent is not None else "",
                }
            )
        return section(
            "budget",
            _("Expected and Actual"),
            [
                column("name", _("Category")),
                *against_columns(self._env),
                column("off", _("Off by")),
            ],
            rows,
        )

    def _people(self, department: Any) -> dict[str, Any]:
        _ = self._env._
        rows = self._env["medical.people.readiness"].search(
            [("department_id", "=", department.id)]
        )
        words = labels_of(rows, "status")
        missing = rows.filtered(lambda row: row.status not in GOOD)
        return section(
            "people",
            _("Readiness of Staff"),
            [
                column("name", _("Who")),
                column("what", _("What Is Asked")),
                column("status", _("Status")),
                column("until", _("Last Day"), "day"),
            ],
            [
                {
                    "id": f"{row.employee_id.id}-{row.requirement_id.id}",
                    "name": row.employee_id.name,
                    "what": row.requirement_id.name,
                    "status": words.get(row.status, ""),
                    "until": str(row.date_to or ""),
                }
                for row in missing[:MOST_ROWS]
            ],
            _(
                "%(good)s of %(all)s credentials are in force.",
                good=len(rows) - len(missing),
                all=len(rows),
            ),
        )

    def _tickets(self, department: Any) -> dict[str, Any]:
        _ = self._env._
        rows = self._env["maintenance.request"].search(
            [
                ("medical_department_id", "=", department.id),
                ("stage_id.done", "=", False),
                ("archive", "=", False),
            ],
            order="medical_due, id",
        )
        return section(
            "tickets",
            _("Open Repair Requests"),
            [
                column("name", _("What")),
                column("where", _("Where")),
                column("stage", _("Step")),
                column("age", _("Age (days)"), "whole"),
                column("late", _("Late")),
            ],
            [
                {
                    "id": str(row.id),
                    "name": row.name,
                    "where": row.medical_room_id.display_name or "",
                    "stage": row.stage_id.name or "",
                    "age": int(row.medical_age_days),
                    "late": _("yes") if row.medical_is_late else "",
                }
                for row in rows[:MOST_ROWS]
            ],
            _("%s are open.", len(rows)) if rows else _("None is open."),
        )

    def _register(self, department: Any, domain: list[Any]) -> Any:
        return open_register(
            self._env,
            self._company,
            [("is_open", "=", True), ("department_id", "=", department.id), *domain],
            "date_due",
        )

    def _stock(self, department: Any) -> dict[str, Any]:
        _ = self._env._
        rows = self._register(department, [("domain", "=", "supply")])
        return section(
            "stock",
            _("Stock at Risk"),
            [
                column("name", _("What Is Wrong")),
                column("money", _("Money at Risk"), "money"),
            ],
            [
                {
                    "id": str(row.id),
                    "name": row.summary,
                    "money": number(row.money_at_risk) or None,
                }
                for row in rows[:MOST_ROWS]
            ],
            "" if rows else _("Nothing is short, expiring or missing."),
        )

    def _overdue(self, department: Any) -> dict[str, Any]:
        _ = self._env._
        rows = self._register(department, [("date_due", "<", fields.Datetime.now())])
        return section(
            "overdue",
            _("Overdue"),
            [
                column("name", _("What Is Wrong")),
                column("who", _("Owner")),
                column("due", _("Was Due"), "day"),
            ],
            [
                {
                    "id": str(row.id),
                    "name": row.summary,
                    "who": row.user_id.name or "",
                    "due": day_at(self._company, row.date_due),
                }
                for row in rows[:MOST_ROWS]
            ],
            "" if rows else _("Nothing is overdue."),
        )
