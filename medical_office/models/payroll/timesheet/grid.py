"""Everybody's hours of a pay period on one screen: people down, days across."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools.misc import format_date

from .timesheet import APPROVE

READERS = (*APPROVE, "core_group_payroll", "core_group_director")


class PayrollTimesheet(models.Model):
    _inherit = "medical.payroll.timesheet"

    @api.model
    def hours_grid(self, schedule_id=False, day=False):
        """The timesheets of a period that the user may see, with their days.

        Three queries and those of the names, however many people.

        :param schedule_id: pay schedule, else the first one with timesheets
        :param day: ISO date in the period, else the period that today is in
        :return: {schedules, schedule, start, end, before, after, days, rows}; a row
            holds the person, department, status, totals and a cell for each day
        """
        self._check_caller(*READERS)
        schedules = self._grid_schedules()
        schedule = schedules.filtered(lambda s: s.id == schedule_id) or schedules[:1]
        data = {
            "schedules": [{"id": s.id, "name": s.name} for s in schedules],
            "schedule": schedule.id,
            "days": [],
            "rows": [],
        }
        if not schedule:
            return data
        today = fields.Date.context_today(self)
        span = schedule._period_on(fields.Date.to_date(day) or today)
        sheets = self.search(
            [
                ("schedule_id", "=", schedule.id),
                ("date_start", "<=", span.end),
                ("date_end", ">=", span.start),
                ("state", "!=", "replaced"),
            ],
            order="department_id, employee_id, id",
        )
        return data | {
            "start": fields.Date.to_string(span.start),
            "end": fields.Date.to_string(span.end),
            "title": self.env._(
                "%(start)s to %(end)s",
                start=format_date(self.env, span.start, date_format="MMM d"),
                end=format_date(self.env, span.end, date_format="MMM d, y"),
            ),
            "before": fields.Date.to_string(span.start - timedelta(days=1)),
            "after": fields.Date.to_string(span.end + timedelta(days=1)),
            "days": [
                {
                    "date": fields.Date.to_string(one),
                    "name": format_date(self.env, one, date_format="EEE"),
                    "number": format_date(self.env, one, date_format="M/d"),
                    "weekend": one.weekday() > 4,
                }
                for one in span.days()
            ],
            "rows": [sheet._grid_row() for sheet in sheets],
        }

    @api.model
    def _grid_schedules(self):
        """Pay schedules with timesheets in the companies one works in."""
        # sudo: names of pay schedules are no secret to who sees the hours
        return (
            self.env["medical.payroll.schedule"]
            .sudo()
            .search(
                [
                    ("company_id", "in", self.env.companies.ids),
                    ("use_timesheets", "=", True),
                ]
            )
        )

    def _grid_row(self):
        return {
            "id": self.id,
            "who": self.employee_id.display_name,
            "department": self.department_id.display_name or "",
            "state": self.state,
            "status": self._workflow_label(self.state),
            "correction": bool(self.corrects_id),
            "hours": self.hours,
            "clocked": self.clocked,
            "open": self.missing_count,
            "can_approve": self.can_approve,
            "editable": self.state == "draft",
            "cells": {
                fields.Date.to_string(line.date): {
                    "id": line.id,
                    "hours": line.hours,
                    "open": line.is_missing,
                    "typed": line.is_typed,
                    "reason": line.reason or "",
                    "clock": line.clock_text or "",
                }
                for line in self.line_ids
            },
        }
