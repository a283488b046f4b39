"""Payslips: the US calculator in the rules, and what OCA leaves open, closed."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ....engine.core.amounts import amount_text
from ....engine.payroll.facts_reader import INPUTS, FactsReader, UsPay
from ....engine.payroll.rule_code import NAMESPACES, unknown_names
from ....engine.payroll.slip_rows import ITEM
from ....tools.payroll.law.lawtable import use
from ....tools.payroll.tax.states import ATTRIBUTION
from ..column import set_default

FINAL = ("done", "cancel")
PROVISIONAL = "provisionally"  # stands in the law of a slip paid by last year's tables
KINDS = [
    ("regular", "Regular"),
    ("bonus", "Bonus only"),
    ("offcycle", "Off-cycle"),
    ("final", "Final pay"),
    ("void", "Void"),
]
# codes that always may stand in worked_days
WORKED = {
    "WORK100",
    "GLOBAL",
    "REG",
    "OT",
    "OT_EARLIER",
    "PTO",
    "HOL",
    "SICK",
    "UNPAID",
}


class Prepared(dict):
    """{slip id: UsPay} in a context. A type of our own: RPC can never send one."""


class HrPayslip(models.Model):
    """Slips of structure "Medical Office US" get their lines from the calculator."""

    _inherit = "hr.payslip"

    medical_date_pay = fields.Date("Pay Date", index="btree_not_null", readonly=True)
    medical_kind = fields.Selection(
        KINDS, "Pay Type", default="regular", required=True, readonly=True
    )
    medical_voids_id = fields.Many2one(
        "hr.payslip", "Voids", readonly=True, index="btree_not_null", copy=False
    )
    medical_item_ids = fields.One2many(
        "medical.payroll.item", "slip_id", "Items", readonly=True
    )
    medical_notes = fields.Text("Remarks", readonly=True, copy=False)
    medical_problem = fields.Text("Cannot Be Computed", readonly=True, copy=False)
    medical_law = fields.Char(
        "Law",
        readonly=True,
        copy=False,
        help="The tables it was computed by: the built-in ones, and law packages.",
    )
    medical_settlement_ids = fields.One2many(
        "medical.payroll.law.settlement", "slip_id", "Settled", readonly=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    medical_net = fields.Monetary("Net", compute="_compute_medical_totals")
    medical_gross = fields.Monetary("Gross", compute="_compute_medical_totals")
    medical_attribution = fields.Char(
        "Source of the state figures", compute="_compute_medical_attribution"
    )
    payslip_run_id = fields.Many2one(index="btree_not_null")
    employee_id = fields.Many2one(index=True)
    refunded_id = fields.Many2one(index="btree_not_null")

    def init(self):
        """As a run's: the host's own code inserts rows that know nothing of it."""
        super().init()
        set_default(self.env.cr, self._table, "medical_kind", "regular")

    def _compute_medical_attribution(self):
        self.medical_attribution = ATTRIBUTION

    def _medical_provisional(self):
        """What the person is told of provisional pay, or False."""
        self.ensure_one()
        # sudo: what it says is on the person's own payslip
        settled = self.sudo().medical_settlement_ids.filtered("code")
        if settled:
            days = sorted(set(settled.of_id.mapped("medical_date_pay")))
            return self.env._(
                "Taxes include what settles the provisional pay of %(days)s: %(amount)s.",
                days=", ".join(format_date(self.env, day) for day in days),
                amount=amount_text(self.env, sum(settled.mapped("amount"))),
            )
        if PROVISIONAL not in (self.medical_law or ""):
            return False
        return self.env._(
            "Taxes of this payslip are provisional: last year's tables were used for what "
            "was not yet published. The difference is settled in a later payslip."
        )

    def _compute_medical_totals(self):
        totals = {
            (slip.id, code): total
            for slip, code, total in self.env["hr.payslip.line"]._read_group(
                [("slip_id", "in", self.ids), ("code", "in", ["NET", "GROSS"])],
                ["slip_id", "code"],
                ["total:sum"],
            )
        }
        for slip in self:
            slip.medical_net = totals.get((slip.id, "NET"), 0)
            slip.medical_gross = totals.get((slip.id, "GROSS"), 0)

    # ------------------------------------------------------- what OCA leaves open

    def compute_sheet(self):
        """Compute, in order: may it be, the calculator, OCA's rules, the items.

        :raises UserError: it is confirmed, rejected, a void, or its run is submitted
        """
        self._check_changeable()
        self._check_no_void()
        self._check_open()
        pays = self._us_pays()
        problems = [pay.problem for pay in pays.values() if pay.problem]
        if problems:
            raise UserError("\n".join(problems))
        # what the calculation writes, nobody writes by hand
        slips = self._pen().with_context(medical_us_pays=pays)
        slips._refresh_worked_days(pays)
        done = super(HrPayslip, slips).compute_sheet()
        slips._write_items(pays)
        return done

    def action_payslip_done(self):
        """Confirm, also many at once; a US slip is confirmed by posting its run."""
        self.check_access("write")
        self._check_not_us()
        self._check_open()
        for slip in self._pen():
            super(HrPayslip, slip).action_payslip_done()
        return True

    def action_payslip_draft(self):
        """Back to draft, but never a confirmed slip."""
        self._check_changeable()
        self._check_open(("done",))
        return super(HrPayslip, self._pen()).action_payslip_draft()

    def write(self, vals):
        """What is confirmed counts in the year to date from then on."""
        result = super().write(vals)
        if "state" in vals:
            # sudo: the calculation's own rows; nobody has the right to write them by hand
            items = self.env["medical.payroll.item"].sudo()._pen()
            items.search([("slip_id", "in", self.ids)]).confirmed = (
                vals["state"] == "done"
            )
        return result

    def _check_open(self, states=FINAL):
        closed = self.filtered(lambda slip: slip.state in states)
        if closed:
            raise UserError(
                self.env._(
                    "%(slip)s is confirmed or rejected and cannot be changed. Correct "
                    "it in the next pay run, or void it.",
                    slip=closed[0].name or closed[0].number or closed[0].display_name,
                )
            )

    def get_lines_dict(self):
        """Refuse a rule that names what nothing can give a value."""
        self.check_access("write")
        self._check_rule_names()
        return super().get_lines_dict()

    def _check_rule_names(self):
        structures = self.struct_id | self.contract_id.struct_id
        rules = structures.get_structure_with_parents().get_all_rules()
        problems = list(unknown_names(rules, self._known_names()))
        if problems:
            raise UserError("\n".join(problems))

    def _known_names(self):
        """{namespace: codes that may stand in a rule}."""
        env = self.env
        rule_codes = {
            code
            for (code,) in env["hr.salary.rule"]
            .with_context(active_test=False)
            ._read_group([("code", "!=", False)], ["code"])
        }
        known = dict.fromkeys(NAMESPACES, rule_codes)
        known["categories"] = {
            code
            for (code,) in env["hr.salary.rule.category"]._read_group(
                [("code", "!=", False)], ["code"]
            )
        }
        known["inputs"] = (
            {code for (code,) in env["hr.rule.input"]._read_group([], ["code"])}
            | set(self.input_line_ids.mapped("code"))
            | set(INPUTS)
        )
        # sudo: names of leave types are no secret of the officer who pays by them
        types = env["hr.leave.type"].sudo().with_context(active_test=False).search([])
        known["worked_days"] = (
            WORKED
            | {leave._pay_code() for leave in types}
            | set(self.worked_days_line_ids.mapped("code"))
        )
        return known

    def _get_lines_dict(
        self, rule, localdict, lines_dict, key, values, previous_amount
    ):
        """Round each line to the currency, so that the lines add up to the net."""
        localdict, lines_dict = super()._get_lines_dict(
            rule, localdict, lines_dict, key, values, previous_amount
        )
        total = self._pay_round(values["total"])
        values["total"] = lines_dict[key]["total"] = total
        if rule.code:
            localdict[rule.code] = total
        return localdict, lines_dict

    def _sum_salary_rule_category(self, localdict, category, amount):
        return super()._sum_salary_rule_category(
            localdict, category, self._pay_round(amount)
        )

    def _pay_round(self, amount):
        currency = self.company_id.currency_id or self.env.company.currency_id
        return currency.round(amount)

    def _compute_leave_days(self, contract, day_from, day_to):
        """Each type of leave under its own code (OCA: all are GLOBAL)."""
        found = list(super()._compute_leave_days(contract, day_from, day_to))
        # sudo: as in _known_names
        types = self.env["hr.leave.type"].sudo().search([])
        codes = {leave.name: leave._pay_code() for leave in types}
        for line in found:
            if line["code"] == "GLOBAL" and line["name"] in codes:
                line["code"] = codes[line["name"]]
        return found

    # -------------------------------------------------------------- the calculator

    def _get_baselocaldict(self, contracts):
        localdict = super()._get_baselocaldict(contracts)
        if self._is_us(contracts):
            pays = self.env.context.get("medical_us_pays")
            if not isinstance(pays, Prepared):
                pays = self._us_pays()
            localdict["us"] = pays.get(self.id) or UsPay(
                None, self.env._("%s has no US pay structure.", self.display_name)
            )
        return localdict

    def _is_us(self, contracts=None):
        self.ensure_one()
        structure = self.struct_id or (contracts or self.contract_id).struct_id[:1]
        return structure.medical_us

    def _us_pays(self):
        """{slip id: UsPay} of the US slips of ``self``."""
        pays = Prepared()
        ours = self.filtered(lambda slip: slip._is_us())
        # sudo: what earlier slips lacked is lent as well
        settlements = self.env["medical.payroll.law.settlement"].sudo()
        for (start, end, day), slips in ours._by_dates().items():
            # sudo: the slips are the caller's, what they are worked out from is lent
            for company, own in slips.sudo().grouped("company_id").items():
                law = company._medical_law(day)
                with use(law.book):
                    due = settlements._due(own, day)
                    reader = FactsReader(own, start, end, day, law=law, settled=due)
                    pays.update(reader.pays())
        return pays

    def _by_dates(self):
        """{(first day, last day, pay date): slips}; pay dates are set where missing."""

        def dates(slip):
            day = slip.medical_date_pay or slip._default_pay_date()
            return slip.date_from, slip.date_to, day

        groups = self.grouped(dates)
        for (_start, _end, day), slips in groups.items():
            missing = slips.filtered(lambda slip: not slip.medical_date_pay)
            if missing:
                missing._pen().medical_date_pay = day
        return groups

    def _default_pay_date(self):
        self.ensure_one()
        run = self.payslip_run_id
        if run.medical_date_pay:
            return run.medical_date_pay
        schedule = run.medical_schedule_id or self.contract_id.medical_schedule_id
        return schedule._pay_date(self.date_to) if schedule else self.date_to

    def _pay_schedule(self, version):
        """The schedule a slip is paid by.

        :raises ValueError: the person has none
        """
        schedule = (
            self.payslip_run_id.medical_schedule_id or version.medical_schedule_id
        )
        if not schedule:
            raise ValueError("No pay schedule: choose one on the employee.")
        return schedule

    def _refresh_worked_days(self, pays):
        """Worked days of US slips as the calculation saw them."""
        ours = self.filtered(lambda slip: slip.id in pays)
        ours.worked_days_line_ids.unlink()
        self.env["hr.payslip.worked_days"].create(
            [
                {
                    "payslip_id": slip.id,
                    "contract_id": slip.contract_id.id,
                    "name": name,
                    "sequence": sequence,
                    "code": code,
                    "number_of_days": days,
                    "number_of_hours": hours,
                }
                for slip in ours
                for name, sequence, code, days, hours in pays[slip.id].worked_days
            ]
        )

    def _write_items(self, pays):
        """The parts of the lines, and the remarks, after a computation."""
        ours = self.filtered(lambda slip: slip.id in pays)
        # sudo: the calculation's own rows; nobody has the right to write them by hand
        items = self.env["medical.payroll.item"].sudo()._pen()
        items.search([("slip_id", "in", ours.ids)]).unlink()
        rows = []
        for slip in ours._pen():
            pay = pays[slip.id]
            lines = {line.code: line.id for line in slip.line_ids}
            rows += slip._item_rows(pay, lines)
            slip.medical_notes = "\n".join(pay.notes) or False
            slip.medical_problem = pay.problem or False
            slip.medical_law = pay.edition or False
        items.create([dict(zip(ITEM, row, strict=True)) for row in rows])
        self.env["medical.payroll.law.settlement"]._keep(ours, pays)

    def _item_rows(self, pay, lines):
        """Rows of the items of one slip, in the columns ``ITEM``.

        :param lines: {code: line id}
        """
        self.ensure_one()
        own = (self.employee_id.id, self.company_id.id)
        own += (self.contract_id.department_id.id or None, self.medical_date_pay)
        return [
            (
                self.id,
                lines.get(item.code),
                sequence,
                *own,
                item.code,
                item.key,
                item.name,
                float(item.amount) if item.amount else 0.0,
                float(item.wages) if item.wages else 0.0,
                float(item.taxed) if item.taxed else 0.0,
                float(item.hours) if item.hours else 0.0,
                float(item.rate) if item.rate else 0.0,
                item.w2 or None,
                item.payee or None,
                [[step.label, str(step.amount), step.source] for step in item.steps],
                pay.law,
                False,
            )
            for sequence, item in enumerate(pay.items)
        ]
