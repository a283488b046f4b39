"""Undoing a confirmed slip: a new slip with every figure negated, in a run of its own."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ....engine.core.amounts import amount_text
from ....tools.dates import quarter
from ....tools.money import ZERO, money
from ....tools.payroll.books.posting import EXPENSES

LINE_COPY = (
    "name",
    "code",
    "sequence",
    "salary_rule_id",
    "employee_id",
    "contract_id",
    "category_id",
    "parent_rule_id",
    "appears_on_payslip",
    "quantity",
    "rate",
)
FEW = 3  # people whom the name of a void's run names
EARNED = frozenset(code for code, kind in EXPENSES.items() if kind == "wages")
WITHHELD = frozenset({"FIT", "SS", "MED", "ADDMED", "SIT", "SOTH", "LIT"})
OWN = frozenset({"ER_SS", "ER_MED", "FUTA", "SUTA"})


class HrPayslip(models.Model):
    """The year to date is right by itself: a slip and its void add up to nothing."""

    _inherit = "hr.payslip"
    _reason_methods = frozenset({"action_medical_void"})

    medical_voided_by_ids = fields.One2many(
        "hr.payslip", "medical_voids_id", "Voided by", readonly=True
    )
    medical_voided = fields.Boolean(
        "Voided",
        compute="_compute_medical_voided",
        search="_search_medical_voided",
        help="Another payslip reverses every figure of this one.",
    )

    # two people at once, or a button pressed twice, make one void
    _voided_once = models.UniqueIndex(
        "(medical_voids_id) WHERE medical_voids_id IS NOT NULL AND state != 'cancel'",
        "This payslip is already voided.",
    )

    @api.depends("medical_voided_by_ids.state")
    def _compute_medical_voided(self):
        for slip in self:
            slip.medical_voided = any(
                void.state != "cancel" for void in slip.medical_voided_by_ids
            )

    def _search_medical_voided(self, operator, value):
        if operator != "in":
            return NotImplemented
        if True in value and False in value:
            return []
        any_or_none = "any" if True in value else "not any"
        return [("medical_voided_by_ids", any_or_none, [("state", "!=", "cancel")])]

    def action_medical_ask_void(self):
        """Open the dialog for the reason."""
        self._check_may_void()
        wizard = self.env["medical.core.reason.wizard"]
        return wizard._asking(
            self,
            "action_medical_void",
            self.env._("Why is this pay voided?"),
            self._void_preview(),
        )

    def action_medical_void(self, reason):
        """Make the run that takes these slips back; it is approved like any other.

        :return: action that opens the run
        """
        self._check_may_void()
        reason = self._reason_given(reason)
        self._check_can_void()
        today = fields.Date.context_today(self)
        first = self[0]
        # the day decides the year in which the figures count: that of the slips
        day = max(max(self.mapped("medical_date_pay")), today)
        if day.year != first.medical_date_pay.year:
            day = first.medical_date_pay
        run = self.env["hr.payslip.run"].create(
            {
                "name": self.env._("Void of %s", self._named_together()),
                "company_id": first.company_id.id,
                "date_start": min(self.mapped("date_from")),
                "date_end": max(self.mapped("date_to")),
                "medical_schedule_id": first.payslip_run_id.medical_schedule_id.id,
                "medical_date_pay": day,
                "medical_kind": "void",
            }
        )
        self._make_voids(run)
        run._message_log(body=self.env._("Void: %s", reason))
        return {
            "type": "ir.actions.act_window",
            "res_model": "hr.payslip.run",
            "res_id": run.id,
            "views": [(False, "form")],
        }

    def _named_together(self):
        """Whose pay it is: a few people by name, many by their pay runs."""
        who = self.employee_id if len(self.employee_id) <= FEW else self.payslip_run_id
        return ", ".join(who.mapped("name"))

    def _void_preview(self):
        """What voiding these slips takes back, in sentences with dollars."""
        sums = dict.fromkeys(("gross", "withheld", "own", "net"), ZERO)
        for item in self.medical_item_ids:
            amount = money(item.amount)
            if item.code in EARNED:
                sums["gross"] += amount
            elif item.code in WITHHELD:
                sums["withheld"] -= amount
            elif item.code in OWN:
                sums["own"] += amount
        sums["net"] = sum((money(slip.medical_net) for slip in self), ZERO)
        shown = {name: amount_text(self.env, amount) for name, amount in sums.items()}
        days = sorted(set(self.mapped("medical_date_pay")))
        quarters = sorted({f"{day.year} Q{quarter(day)}" for day in days})
        lines = [
            self.env._(
                "Payslips taken back: %(count)s, paid on %(days)s. Gross %(gross)s, taxes "
                "withheld %(withheld)s, the practice's own taxes %(own)s, net %(net)s.",
                count=len(self),
                days=", ".join(format_date(self.env, day) for day in days),
                **shown,
            ),
            self.env._(
                "The figures belong to %(quarters)s. The net pay is not called back by "
                "itself: ask for it, or let the bank reverse the deposits.",
                quarters=", ".join(quarters),
            ),
        ]
        if days[-1].year < fields.Date.context_today(self).year:
            lines.append(
                self.env._(
                    "This is pay of %(year)s, taken back as never received (a check not "
                    "cashed, a deposit that came back). Where the person had the money "
                    "and repays it, boxes 1 and 2 of the Form W-2 and lines 2 and 3 of "
                    "Form 941 stay; only Social Security and Medicare are corrected "
                    "(Pub. 15, section 13): do not void it then.",
                    year=days[-1].year,
                )
            )
        # sudo: only whether something is paid or filed is said
        own = self.sudo()
        paid = own.payslip_run_id.medical_liability_ids.filtered(
            lambda item: item.state == "paid"
        )
        if paid:
            lines.append(
                self.env._(
                    "Tax deposits of %(amount)s for the whole run were made already: what "
                    "is taken back lowers the next ones.",
                    amount=amount_text(self.env, sum(paid.mapped("amount"))),
                )
            )
        filed = own.env["medical.payroll.tax.return"].search(
            [
                ("company_id", "in", self.company_id.ids),
                ("year", "in", [day.year for day in days]),
                # a return of the year, or of a quarter in which this was paid
                ("quarter", "in", [False, *{str(quarter(day)) for day in days}]),
                ("state", "=", "filed"),
            ]
        )
        if filed:
            lines.append(
                self.env._(
                    "Filed already, correct them where they hold this pay: %s.",
                    ", ".join(filed.mapped("display_name")),
                )
            )
        return "\n".join(lines)

    def _check_may_void(self):
        self.check_access("read")
        if not self.env.user.has_group("medical_office.core_group_payroll"):
            raise AccessError(self.env._("Only payroll can void a payslip."))

    def _check_can_void(self):
        for slip in self:
            who = {"who": slip.employee_id.name, "slip": slip.number or slip.name}
            if slip.state != "done" or not slip.medical_date_pay:
                raise UserError(
                    self.env._(
                        "%(who)s, %(slip)s: only a confirmed payslip can be voided. "
                        "Change or delete this one.",
                        **who,
                    )
                )
            if slip.medical_kind == "void":
                raise UserError(
                    self.env._("%(who)s, %(slip)s is itself a void.", **who)
                )
            if slip.medical_voided:
                raise UserError(
                    self.env._("%(who)s, %(slip)s is already voided.", **who)
                )
        years = {(slip.company_id.id, slip.medical_date_pay.year) for slip in self}
        if len(years) > 1:
            raise UserError(
                self.env._(
                    "Void the payslips of one company and calendar year at a time."
                )
            )

    def _make_voids(self, run):
        """The mirrors of these slips in ``run``, computed and ready to be approved.

        As a set: a whole run of a thousand people is taken back with one press.
        """
        voids = (
            self.env["hr.payslip"]
            ._pen()
            .create(
                [
                    {
                        "name": self.env._("Void of %s", slip.name or slip.number),
                        "employee_id": slip.employee_id.id,
                        "contract_id": slip.contract_id.id,
                        "struct_id": slip.struct_id.id,
                        "company_id": slip.company_id.id,
                        "payslip_run_id": run.id,
                        "date_from": slip.date_from,
                        "date_to": slip.date_to,
                        "medical_date_pay": run.medical_date_pay,
                        "medical_kind": "void",
                        "medical_voids_id": slip.id,
                    }
                    for slip in self
                ]
            )
        )
        void_of = dict(zip(self, voids, strict=True))
        made = voids.env["hr.payslip.line"].create(
            [
                {
                    **{
                        name: (
                            line[name].id
                            if line._fields[name].relational
                            else line[name]
                        )
                        for name in LINE_COPY
                    },
                    "slip_id": void_of[line.slip_id].id,
                    "amount": -line.amount,
                }
                for line in self.line_ids
            ]
        )
        line_of = dict(zip(self.line_ids, made, strict=True))
        # sudo: the calculation's own rows; nobody has the right to write them by hand
        self.env["medical.payroll.item"].sudo()._pen().create(
            [
                item._taken_back(
                    slip_id=void_of[item.slip_id].id,
                    line_id=line_of[item.line_id].id if item.line_id else False,
                    date_pay=run.medical_date_pay,
                    confirmed=False,
                )
                for item in self.medical_item_ids
            ]
        )
        voids._engine_set_state("verify")
        return voids

    def _check_no_void(self):
        """
        :raises UserError: a void is the mirror of its slip and is not computed
        """
        if any(slip.medical_kind == "void" for slip in self):
            raise UserError(
                self.env._(
                    "A void mirrors the payslip it reverses: there is nothing "
                    "to compute."
                )
            )


class HrPayslipRun(models.Model):
    _inherit = "hr.payslip.run"

    medical_void_run_ids = fields.Many2many(
        "hr.payslip.run", string="Voided By", compute="_compute_medical_void_run_ids"
    )
    medical_whole_void = fields.Boolean(
        "Whole Run Voided",
        compute="_compute_medical_void_run_ids",
        help="Every payslip of the run was taken back.",
    )

    @api.depends("slip_ids.medical_voided_by_ids.state")
    def _compute_medical_void_run_ids(self):
        for run in self:
            # sudo: which runs took it back is said; the slips in them stay with payroll
            slips = run.sudo().slip_ids
            voids = slips.medical_voided_by_ids.filtered(lambda v: v.state != "cancel")
            run.medical_void_run_ids = voids.payslip_run_id.ids
            run.medical_whole_void = bool(slips) and voids.medical_voids_id == slips

    def action_medical_open_voids(self):
        """The runs that take payslips of this one back."""
        self.ensure_one()
        self.check_access("read")
        voids = self.medical_void_run_ids
        opened = {
            "type": "ir.actions.act_window",
            "name": self.env._("Voids of %s", self.name),
            "res_model": self._name,
        }
        if len(voids) == 1:
            return opened | {"res_id": voids.id, "views": [(False, "form")]}
        return opened | {
            "domain": [("id", "in", voids.ids)],
            "views": [(False, "list"), (False, "form")],
        }

    def action_medical_ask_void(self):
        """Show what voiding the whole run takes back, and ask why."""
        self.ensure_one()
        self.check_access("read")
        slips = self.slip_ids.filtered(
            lambda slip: slip.state == "done" and not slip.medical_voided
        )
        slips._check_may_void()
        if not slips or self.medical_kind == "void":
            raise UserError(
                self.env._(
                    "%s has no confirmed payslip that could be voided.",
                    self.display_name,
                )
            )
        return slips.action_medical_ask_void()
