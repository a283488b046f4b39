"""Payslips by the hundred: created, computed and confirmed as sets."""

import json
from collections import defaultdict
from datetime import datetime, time
from functools import lru_cache

from pytz import UTC, timezone

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, float_round

from .bulk import copy_rows, reserve
from .slip_engine import SlipEngine, Sums, overlapping
from .time_reader import Versions

QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
}
LINE = (
    "id",
    "slip_id",
    "salary_rule_id",
    "employee_id",
    "contract_id",
    "company_id",
    "date_from",
    "parent_line_id",
    "name",
    "code",
    "sequence",
    "category_id",
    "parent_rule_id",
    "register_id",
    "quantity",
    "rate",
    "amount",
    "total",
    "active",
    "appears_on_payslip",
    "condition_select",
    "condition_range",
    "condition_range_min",
    "condition_range_max",
    "amount_select",
    "amount_fix",
    "amount_percentage",
    "amount_percentage_base",
    "create_uid",
    "write_uid",
    "create_date",
    "write_date",
)
DAYS = (
    "payslip_id",
    "contract_id",
    "name",
    "sequence",
    "code",
    "number_of_days",
    "number_of_hours",
    "create_uid",
    "write_uid",
    "create_date",
    "write_date",
)
ITEM = (
    "slip_id",
    "line_id",
    "sequence",
    "employee_id",
    "company_id",
    "department_id",
    "date_pay",
    "code",
    "key",
    "name",
    "amount",
    "wages",
    "taxed_wages",
    "hours",
    "rate",
    "w2",
    "payee_id",
    "steps",
    "law",
    "confirmed",
)


class HrPayslip(models.Model):
    """The engine. Private: the run calls it after it has checked who asks."""

    _inherit = "hr.payslip"

    # ------------------------------------------------------------------- generate

    def _engine_create(self, run, contracts):
        """Draft slips of a run. ``contracts``: {employee id: hr.version}."""
        rows = []
        for person, contract in contracts.items():
            structure = run.struct_id or contract.struct_id
            rows.append(
                {
                    "employee_id": person,
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
        slips = self.with_context(**QUIET).create(rows)
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
        for slip in self:
            rows += [
                (slip, line) for line in self._engine_leave_lines(away[slip.id], a_day)
            ]
            data = planned[slip.employee_id.id]
            rows.append(
                (
                    slip,
                    {
                        "name": self.env._("Normal Working Days paid at 100%"),
                        "sequence": 1,
                        "code": "WORK100",
                        "number_of_days": data["days"],
                        "number_of_hours": data["hours"],
                    },
                )
            )
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
        get = self.env["ir.config_parameter"].sudo().get_param  # a setting, no secret
        sign = 1 if get("payroll.leaves_positive") else -1
        lines = {}
        for day, hours, leave in intervals:
            # the type of a leave is what the person is paid by
            kind = leave[:1].sudo().holiday_id.holiday_status_id
            line = lines.setdefault(
                kind,
                {
                    "name": kind.name or self.env._("Global Leaves"),
                    "sequence": 5,
                    "code": kind._pay_code() if kind else "GLOBAL",
                    "number_of_days": 0.0,
                    "number_of_hours": 0.0,
                },
            )
            line["number_of_hours"] += sign * hours
            if whole := a_day[day]:
                line["number_of_days"] += sign * hours / whole
        return lines.values()

    def _engine_copy_days(self, rows):
        """Write worked days: (slip, values)."""
        stamp = self._engine_stamp()
        copy_rows(
            self.env,
            "hr_payslip_worked_days",
            DAYS,
            [
                (
                    slip.id,
                    slip.contract_id.id,
                    values["name"],
                    values["sequence"],
                    values["code"],
                    values["number_of_days"],
                    values["number_of_hours"],
                    *stamp,
                )
                for slip, values in rows
            ],
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

    # -------------------------------------------------------------------- compute

    def _engine_compute(self):
        """Compute the slips; what cannot be computed stays a draft with its problem.

        :return: how many were computed
        """
        self._check_open()
        self._check_rule_names()
        self.env.flush_all()
        pays = self._us_pays()
        self._engine_us_days(pays)
        slips = self.with_context(medical_us_pays=pays)
        contracts = overlapping(slips, slips._engine_windows())
        engine = SlipEngine(slips, contracts, Sums(self.env, self.employee_id))
        done, problems = {}, {}
        for slip in slips:
            pay = pays.get(slip.id)
            try:
                if pay and pay.problem:
                    raise UserError(pay.problem)
                done[slip.id] = engine.lines(slip)
            except UserError as error:
                problems[slip.id] = str(error)
        self._engine_write(done, problems, pays)
        return len(done)

    def _engine_us_days(self, pays):
        """Worked days of US slips, as the calculation saw them."""
        ours = self.filtered(lambda slip: slip.id in pays)
        if not ours:
            return
        self.env.execute_query(
            SQL(
                "DELETE FROM hr_payslip_worked_days WHERE payslip_id IN %s RETURNING id",
                tuple(ours.ids),
            )
        )
        names = ("name", "sequence", "code", "number_of_days", "number_of_hours")
        ours._engine_copy_days(
            [
                (slip, dict(zip(names, row, strict=True)))
                for slip in ours
                for row in pays[slip.id].worked_days
            ]
        )
        self.env["hr.payslip.worked_days"].invalidate_model()

    def _engine_write(self, done, problems, pays):
        """Replace lines and items of the computed slips and set what the slip says."""
        if self.ids:
            # the items of the lines go with them (on delete cascade)
            self.env.execute_query(
                SQL(
                    "WITH gone AS (DELETE FROM medical_payroll_item WHERE slip_id IN %s) "
                    "DELETE FROM hr_payslip_line WHERE slip_id IN %s RETURNING 1",
                    tuple(self.ids),
                    tuple(self.ids),
                )
            )
        computed = self.browse(list(done))
        by_code = computed._engine_lines(done)
        computed._engine_items(pays, by_code)
        computed._engine_mark(pays)
        self.browse(list(problems))._engine_mark_problems(problems)
        for model in ("hr.payslip.line", "medical.payroll.item"):
            self.env[model].invalidate_model()
        names = ["state", "number", "compute_date", "medical_notes", "medical_problem"]
        self.invalidate_recordset([*names, "line_ids", "medical_item_ids"])
        self.modified([*names, "line_ids"])

    def _engine_lines(self, done):
        """Write the lines. Returns {slip id: {code: line id}}."""
        env = self.env
        ids = iter(
            reserve(env, "hr_payslip_line", sum(len(lines) for lines in done.values()))
        )
        digits = env["decimal.precision"].precision_get
        cents, rates = digits("Payroll"), digits("Payroll Rate")
        lang = env.lang or "en_US"
        stamp = self._engine_stamp()
        rows, by_code = [], {}
        for slip in self:
            lines = list(done[slip.id].values())
            numbers = [next(ids) for _line in lines]
            own = {
                (line["salary_rule_id"], line["contract_id"]): number
                for line, number in zip(lines, numbers, strict=True)
            }
            by_code[slip.id] = {
                line["code"]: number
                for line, number in zip(lines, numbers, strict=True)
            }
            start, company = slip.date_from, slip.company_id.id
            currency = slip.company_id.currency_id or self.env.company.currency_id
            fine = currency.decimal_places <= cents
            for line, number in zip(lines, numbers, strict=True):
                parent = own.get((line["parent_rule_id"], line["contract_id"]))
                name = {"en_US": line["name"]}
                if lang != "en_US":
                    name[lang] = line["name"]
                rows.append(
                    (
                        number,
                        slip.id,
                        line["salary_rule_id"],
                        line["employee_id"],
                        line["contract_id"],
                        company or None,
                        start,
                        parent if line["parent_rule_id"] else None,
                        json.dumps(name),
                        line["code"] or None,
                        line["sequence"],
                        line["category_id"] or None,
                        line["parent_rule_id"] or None,
                        line["register_id"] or None,
                        _rounded(line["quantity"], cents),
                        _rounded(line["rate"], rates),
                        # the total is rounded to the currency already
                        line["total"]
                        if fine and line["amount"] == line["total"]
                        else float_round(line["amount"], precision_digits=cents),
                        line["total"]
                        if fine
                        else float_round(line["total"], precision_digits=cents),
                        True,
                        bool(line["appears_on_payslip"]),
                        line["condition_select"],
                        line["condition_range"] or None,
                        line["condition_range_min"],
                        line["condition_range_max"],
                        line["amount_select"],
                        _rounded(line["amount_fix"], cents),
                        _rounded(line["amount_percentage"], rates),
                        line["amount_percentage_base"] or None,
                        *stamp,
                    )
                )
        copy_rows(env, "hr_payslip_line", LINE, rows)
        return by_code

    def _engine_items(self, pays, by_code):
        rows = []
        for slip in self:
            if slip.id not in pays:
                continue
            for values in slip._item_values(pays[slip.id], by_code[slip.id]):
                row = [values[name] for name in ITEM]
                rows.append(
                    tuple(
                        None if v is False and n != "confirmed" else v
                        for n, v in zip(ITEM, row, strict=True)
                    )
                )
        copy_rows(self.env, "medical_payroll_item", ITEM, rows)

    def _engine_mark(self, pays):
        """State, number, day and remarks of computed slips, in one statement."""
        if not self:
            return
        numbers = iter(self._engine_numbers(sum(1 for slip in self if not slip.number)))
        today = fields.Date.today()
        values = [
            SQL(
                "(%s, %s, %s)",
                slip.id,
                slip.number or next(numbers) or None,
                "\n".join(pays[slip.id].notes) or None if slip.id in pays else None,
            )
            for slip in self
        ]
        self.env.execute_query(
            SQL(
                """UPDATE hr_payslip slip
                      SET state = 'verify', number = new.number, compute_date = %s,
                          medical_notes = new.notes, medical_problem = NULL,
                          write_uid = %s, write_date = %s
                     FROM (VALUES %s) AS new(id, number, notes)
                    WHERE slip.id = new.id RETURNING slip.id""",
                today,
                self.env.uid,
                self.env.cr.now(),
                SQL(", ").join(values),
            )
        )

    def _engine_mark_problems(self, problems):
        for text, slips in self.grouped(lambda slip: problems[slip.id]).items():
            slips.with_context(**QUIET).write(
                {"medical_problem": text, "medical_notes": False}
            )

    def _engine_numbers(self, count):
        """``count`` numbers of the sequence of slips, as ``next_by_code`` gives them."""
        if not count:
            return []
        sequence = self.env["ir.sequence"].sudo()  # a counter: no right is needed
        found = sequence.search(
            [
                ("code", "=", "salary.slip"),
                ("company_id", "in", [self.env.company.id, False]),
            ],
            order="company_id",
            limit=1,
        )
        if not found:
            return [None] * count
        if found.implementation != "standard" or found.use_date_range:
            return [
                self.env["ir.sequence"].next_by_code("salary.slip")
                for _number in range(count)
            ]
        rows = self.env.execute_query(
            SQL(
                "SELECT nextval(%s) FROM generate_series(1, %s)",
                f"ir_sequence_{found.id:03d}",
                count,
            )
        )
        return [found.get_next_char(number) for (number,) in rows]

    # -------------------------------------------------------------------- confirm

    def _engine_set_state(self, state):
        """Move slips without chatter per slip; items are confirmed with them."""
        if not self:
            return
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                """WITH moved AS (
                       UPDATE hr_payslip SET state = %(state)s, write_uid = %(uid)s,
                              write_date = %(now)s
                        WHERE id IN %(ids)s AND state NOT IN ('done', 'cancel')
                    RETURNING id)
                   UPDATE medical_payroll_item item SET confirmed = %(done)s
                     FROM moved WHERE item.slip_id = moved.id RETURNING item.id""",
                state=state,
                uid=self.env.uid,
                now=self.env.cr.now(),
                ids=tuple(self.ids),
                done=state == "done",
            )
        )
        self.env["medical.payroll.item"].invalidate_model(["confirmed"])
        self.invalidate_recordset(["state"])
        self.modified(["state"])


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


@lru_cache(maxsize=4096)
def _rounded(value, digits):
    """A float as the ORM stores it; quantities, rates and fixed amounts repeat."""
    return float_round(value or 0.0, precision_digits=digits)
