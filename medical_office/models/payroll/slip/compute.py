"""Payslips by the hundred: computed and confirmed as sets."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ....engine.payroll.bulk import cells, copy_rows, reserve
from ....engine.payroll.slip_engine import SlipEngine, Sums, overlapping
from ....engine.payroll.slip_rows import ITEM, LINE, LineRows
from .generate import QUIET


class HrPayslip(models.Model):
    """The engine, second part. Private: the run calls it after it has checked who asks."""

    _inherit = "hr.payslip"

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
        engine = SlipEngine(slips, contracts, Sums(self.env, self.employee_id), pays)
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
        ours._engine_copy_days(
            [(slip, row) for slip in ours for row in pays[slip.id].worked_days]
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
        self.env["medical.payroll.law.settlement"]._keep(self, pays)
        self.browse(list(problems))._engine_mark_problems(problems)
        for model in ("hr.payslip.line", "medical.payroll.item"):
            self.env[model].invalidate_model()
        names = [
            "state", "number", "compute_date", "medical_notes", "medical_problem",
            "medical_law",
        ]  # fmt: skip
        self.invalidate_recordset([*names, "line_ids", "medical_item_ids"])
        self.modified([*names, "line_ids"])

    def _engine_lines(self, done):
        """Write the lines. Returns {slip id: {code: line id}}."""
        env = self.env
        count = sum(len(lines) for lines in done.values())
        ids = iter(reserve(env, "hr_payslip_line", count))
        made = LineRows(env, self._engine_stamp())
        rows, by_code = [], {}
        for slip in self:
            company = slip.company_id
            currency = company.currency_id or env.company.currency_id
            shared = cells((company.id or None, slip.date_from))
            numbered = [(line, next(ids)) for line in done[slip.id].values()]
            own = {
                (line.rule.id, line.contract_id): number for line, number in numbered
            }
            by_code[slip.id] = {line.rule.code: number for line, number in numbered}
            for line, number in numbered:
                parent = own.get((line.rule.parent_id, line.contract_id))
                rows.append(made.row(number, shared, parent, line, currency))
        copy_rows(env, "hr_payslip_line", LINE, rows)
        return by_code

    def _engine_items(self, pays, by_code):
        rows = []
        for slip in self:
            if slip.id in pays:
                rows += slip._item_rows(pays[slip.id], by_code[slip.id])
        copy_rows(self.env, "medical_payroll_item", ITEM, rows)

    def _engine_mark(self, pays):
        """State, number, day and remarks of computed slips, in one statement."""
        if not self:
            return
        numbers = iter(self._engine_numbers(sum(1 for slip in self if not slip.number)))
        today = fields.Date.context_today(self)
        said = [pays.get(slip.id) for slip in self]
        self.env.execute_query(
            SQL(
                """UPDATE hr_payslip slip
                      SET state = 'verify', number = new.number, compute_date = %s,
                          medical_notes = new.notes, medical_problem = NULL,
                          medical_law = new.law,
                          write_uid = %s, write_date = %s
                     FROM unnest(%s::int[], %s::text[], %s::text[], %s::text[])
                       AS new(id, number, notes, law)
                    WHERE slip.id = new.id RETURNING slip.id""",
                today,
                self.env.uid,
                self.env.cr.now(),
                self.ids,
                [slip.number or next(numbers) or None for slip in self],
                [(pay and "\n".join(pay.notes)) or None for pay in said],
                [(pay and pay.edition) or None for pay in said],
            )
        )

    def _engine_mark_problems(self, problems):
        for text, slips in self.grouped(lambda slip: problems[slip.id]).items():
            slips._pen().with_context(**QUIET).write(
                {"medical_problem": text, "medical_notes": False}
            )

    def _engine_numbers(self, count):
        """``count`` numbers of the sequence of slips, as ``next_by_code`` gives them."""
        if not count:
            return []
        sequence = self.env["ir.sequence"].sudo()  # sudo: a counter, no right is needed
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
        before, after = found._get_prefix_suffix()
        return [f"{before}{n:0{found.padding}d}{after}" for (n,) in rows]

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
