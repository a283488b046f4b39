"""Payslips by the hundred: created as a set, with their worked days."""

from collections import defaultdict
from datetime import datetime, time

from pytz import UTC, timezone

from odoo import models

from ....engine.payroll.bulk import copy_rows
from ....engine.payroll.slip_rows import DAYS
from ....engine.payroll.time_reader import Versions

QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
}


class HrPayslip(models.Model):
    """The engine, first part. Private: the run calls it after it has checked who asks."""

    _inherit = "hr.payslip"

    def _engine_create(self, run, contracts):
        """Draft slips of a run for the people of ``contracts`` (hr.version)."""
        rows = []
        for contract in contracts:
            structure = run.struct_id or contract.struct_id
            rows.append(
                {
                    "employee_id": contract.employee_id.id,
                    "contract_id": contract.id,
                    "struct_id": structure.id,
                    "payslip_run_id": run.id,
                    "date_from": run.date_start,
                    "date_to": run.date_end,
                    "credit_note": run.credit_note,
                    "company_id": contract.company_id.id,
                    "medical_date_pay": run.medical_date_pay,
                    "medical_kind": run.medical_kind,
                }
            )
        # the pay date and the kind are those of the run, nobody types them
        slips = self._pen().with_context(**QUIET).create(rows)
        # straight to the cache: a write of each name would ask for each slip's locks
        with self.env.protecting([self._fields["name"]], slips):
            slips._compute_name()
        slips._engine_worked_days()
        return slips.with_env(self.env)

    def _engine_worked_days(self):
        """Worked days of slips of other structures, as ``get_worked_day_lines``."""
        others = self.filtered(lambda slip: slip.struct_id and not slip._is_us())
        rows = []
        for (calendar, start, end), slips in others._by_calendar().items():
            rows += slips._engine_calendar_days(calendar, start, end)
        self._engine_copy_days(rows)

    def _by_calendar(self):
        """{(calendar, first moment, last moment): slips}."""
        windows = self._engine_windows()
        groups = defaultdict(self.browse)
        for slip in self:
            version = slip.contract_id
            if not version.resource_calendar_id:
                continue
            start = windows[slip.employee_id].span_of(version)[0]
            first = datetime.combine(max(start, slip.date_from), time.min)
            last = datetime.combine(slip.date_to, time.max)
            groups[version.resource_calendar_id, first, last] += slip
        return groups

    def _engine_calendar_days(self, calendar, start, end):
        """Rows of one calendar and period: leave by type, then WORK100."""
        employees = self.employee_id
        planned = employees._get_work_days_data_batch(
            start, end, calendar=calendar, compute_leaves=False
        )
        away = self._engine_leaves(calendar, start, end)
        a_day = DayHours(calendar)
        rows = []
        name = self.env._("Normal Working Days paid at 100%")
        for slip in self:
            rows += [
                (slip, line) for line in self._engine_leave_lines(away[slip.id], a_day)
            ]
            data = planned[slip.employee_id.id]
            rows.append((slip, (name, 1, "WORK100", data["days"], data["hours"])))
        return rows

    def _engine_leaves(self, calendar, start, end):
        """{slip id: [(day, hours, leaves)]}, as ``list_leaves`` of each person."""
        # OCA passes naive moments, which the host takes as UTC
        first, last = start.replace(tzinfo=UTC), end.replace(tzinfo=UTC)
        resources = self.employee_id.resource_id
        attendances = calendar._attendance_intervals_batch(first, last, resources)
        leaves = calendar._leave_intervals_batch(first, last, resources)
        found = {}
        for slip in self:
            resource = slip.employee_id.resource_id.id
            found[slip.id] = [
                (begin.date(), (stop - begin).total_seconds() / 3600, leave)
                for begin, stop, leave in leaves[resource] & attendances[resource]
            ]
        return found

    def _engine_leave_lines(self, intervals, a_day):
        """Rows of leave by type, as ``_compute_leave_days``."""
        # sudo: a setting, no secret
        get = self.env["ir.config_parameter"].sudo().get_param
        sign = 1 if get("payroll.leaves_positive") else -1
        away = {}
        for day, hours, leave in intervals:
            # sudo: the type of a leave is what the person is paid by
            kind = leave[:1].sudo().holiday_id.holiday_status_id
            total = away.setdefault(kind, [0.0, 0.0])
            total[1] += sign * hours
            if whole := a_day[day]:
                total[0] += sign * hours / whole
        return [
            (
                kind.name or self.env._("Global Leaves"),
                5,
                kind._pay_code() if kind else "GLOBAL",
                *total,
            )
            for kind, total in away.items()
        ]

    def _engine_copy_days(self, rows):
        """Write worked days: (slip, (name, sequence, code, days, hours))."""
        stamp = self._engine_stamp()
        copy_rows(
            self.env,
            "hr_payslip_worked_days",
            DAYS,
            [(slip.id, slip.contract_id.id, *values, *stamp) for slip, values in rows],
        )
        self.invalidate_recordset(["worked_days_line_ids"])

    def _engine_stamp(self):
        now = self.env.cr.now()
        return self.env.uid, self.env.uid, now, now

    def _engine_windows(self):
        versions = self.env["hr.version"].search(
            [("employee_id", "in", self.employee_id.ids)]
        )
        grouped = versions.grouped("employee_id")
        return defaultdict(
            lambda: Versions(versions.browse()),
            {employee: Versions(found) for employee, found in grouped.items()},
        )


class DayHours(dict):
    """Hours a calendar works on a day, asked once for each day."""

    def __init__(self, calendar):
        super().__init__()
        self.calendar, self.zone = calendar, timezone(calendar.tz or "UTC")

    def __missing__(self, day):
        self[day] = self.calendar.get_work_hours_count(
            self.zone.localize(datetime.combine(day, time.min)),
            self.zone.localize(datetime.combine(day, time.max)),
            compute_leaves=False,
        )
        return self[day]
