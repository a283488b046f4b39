"""Opening balances: the year's pay before the practice began to pay here."""

from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ....engine.payroll.lawbook import by_law
from ....tools.dates import quarter
from ....tools.money import money
from ....tools.payroll.books import sickpay
from ....tools.payroll.books.opening import PAY, Origin, book, doubts, faults
from ....tools.payroll.books.posting import HUNDRED, Part, entries, owed
from ....tools.payroll.tax.accumulated import SoFar
from ...core.mixins.decidable import Waiting
from ...core.mixins.guard import ALL
from ...core.mixins.listing import shown
from ..practice.posting import make_moves

PREPARE = "core_group_payroll"
MOST = 20  # sentences shown at once


class PayrollOpening(models.Model):
    """Figures of several people, prepared by payroll and approved by the director.

    Once approved they are pay items without a payslip: year-to-date, wage bases, limits
    and returns count them like any other. They are corrected by a new record, which
    takes the old figures back and books the right ones.
    """

    _name = "medical.payroll.opening.balance"
    _description = "Opening Balances"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "year desc, id desc"
    _check_company_auto = True

    _transitions = {
        ("draft", "submitted"): PREPARE,
        ("submitted", "draft"): (PREPARE, "core_group_director"),
        ("submitted", "approved"): "core_group_director",
        ("approved", "replaced"): None,
    }
    _segregated = {"approved": ("submitted_by_id", "create_uid")}
    _reason_required = frozenset({("submitted", "draft")})
    _reason_methods = frozenset({"action_return"})
    _decisions = {
        "submitted": Waiting("action_approve", "action_return", to="approved")
    }
    _decision_domain = "payroll"
    _editors = {"*": PREPARE}
    _locked = dict.fromkeys(("submitted", "approved", "replaced"), ALL)
    _deletable_in = ("draft",)

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_start = fields.Date(
        "First Pay Date Here",
        required=True,
        help=(
            "All figures are for pay dates before this one, in the same calendar year."
        ),
    )
    year = fields.Integer(compute="_compute_year", store=True)
    origin = fields.Selection(
        [
            ("own", "This practice, by another payroll"),
            ("predecessor", "A predecessor that files its own Forms W-2"),
            ("predecessor_w2", "A predecessor whose Forms W-2 this practice files"),
            ("sick", "An insurer: sick pay, employer's tax passed on to the practice"),
        ],
        "Paid By",
        required=True,
        default="own",
        help="Decides the returns that hold the figures (Rev. Proc. 2004-53; Pub. 15-A, "
        "section 6). An insurer that keeps the employer's tax files everything itself: "
        "its sick pay is not entered.",
    )
    source = fields.Char(
        required=True, help="The reports the figures come from, with their dates."
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("approved", "Approved"),
            ("replaced", "Replaced"),
        ],
        "Status",
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
    )
    submitted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_at = fields.Datetime(readonly=True, copy=False)
    corrects_id = fields.Many2one(
        "medical.payroll.opening.balance",
        "Correction of",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    correction_ids = fields.One2many(
        "medical.payroll.opening.balance", "corrects_id", readonly=True
    )
    line_ids = fields.One2many(
        "medical.payroll.opening.balance.line", "opening_id", copy=True
    )
    quarter_ids = fields.One2many(
        "medical.payroll.opening.balance.quarter", "opening_id", copy=True
    )
    item_ids = fields.One2many("medical.payroll.item", "opening_id", readonly=True)
    liability_ids = fields.One2many(
        "medical.payroll.liability",
        "opening_id",
        "Owed",
        readonly=True,
        help="The employer's own taxes on sick pay that an insurer paid.",
    )
    doubts = fields.Text("Check These", compute="_compute_doubts")
    people_count = fields.Integer("Employees", compute="_compute_people_count")

    _one_correction = models.UniqueIndex(
        "(corrects_id) WHERE corrects_id IS NOT NULL",
        "These opening balances already have a correction.",
    )

    @api.onchange("origin")
    def _onchange_origin(self):
        """An insurer's sick pay is of a year: this one, unless another is chosen."""
        if self.origin == Origin.SICK.value and not self.date_start:
            self.date_start = fields.Date.context_today(self)

    @api.depends("date_start")
    def _compute_year(self):
        for opening in self:
            opening.year = opening.date_start.year if opening.date_start else 0

    @api.depends("year", "source")
    def _compute_display_name(self):
        for opening in self:
            name = self.env._("Opening balances %s", opening.year or "").strip()
            opening.display_name = (
                f"{name}: {opening.source}" if opening.source else name
            )

    @api.depends("line_ids.employee_id")
    def _compute_people_count(self):
        counts = dict(
            self.env["medical.payroll.opening.balance.line"]._read_group(
                [("opening_id", "in", self.ids)],
                ["opening_id"],
                ["employee_id:count_distinct"],
            )
        )
        for opening in self:
            opening.people_count = counts.get(opening, 0)

    @api.depends(
        "date_start",
        "origin",
        "line_ids.employee_id",
        "line_ids.date_pay",
        "line_ids.what",
        "line_ids.amount",
        "line_ids.wages",
        "line_ids.taxed_wages",
    )
    @by_law
    def _compute_doubts(self):
        for opening in self:
            ready = opening.line_ids.filtered(lambda line: line._is_whole())
            names = {
                person._origin.id or person.id: person.name
                for person in ready.employee_id
            }
            items = opening._booked(ready)
            found = doubts(items, opening.year, names)
            if opening.origin == Origin.SICK.value:
                found.append(sickpay.owed_on_sick_pay(items))
            opening.doubts = opening._listed(found) if ready else False

    def _listed(self, sentences):
        """The first of many sentences, one a line; False for none."""
        return "\n".join(shown(self.env, sentences, MOST)) or False

    # -------------------------------------------------------------------- buttons

    def action_submit(self):
        self._move_to("submitted")
        return True

    def action_approve(self):
        for opening in self:  # each sees what the one before it has opened
            opening._move_to("approved")
        return True

    def action_return(self, reason):
        """Back to the preparer."""
        self._move_to("draft", reason)

    def action_correct(self):
        """A draft with the same figures; approved, it replaces these.

        :return: action that opens it
        """
        self.ensure_one()
        self.check_access("create")
        if self.state != "approved":
            raise UserError(
                self.env._(
                    "Only approved opening balances can be corrected with new ones."
                )
            )
        # what it corrects is said by this step alone
        new = self._pen().copy({"corrects_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": new.id,
            "views": [(False, "form")],
        }

    def action_items(self):
        """The pay items that these figures became."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.payroll_item_action"
        )
        return action | {"domain": [("opening_id", "=", self.id)], "context": {}}

    # ---------------------------------------------------------------- the steps

    def _state_values(self, state, reason):
        user = self.env.uid
        if state == "submitted":
            return {"submitted_by_id": user}
        if state == "approved":
            return {"approved_by_id": user, "approved_at": fields.Datetime.now()}
        return {"submitted_by_id": False} if state == "draft" else {}

    def _decision_amount(self):
        """Pay before any deduction, as the old provider's reports have it."""
        return sum(
            self.line_ids.filtered(lambda line: line.what in PAY).mapped("amount")
        )

    def _before_submitted(self):
        for opening in self:
            opening._check_figures()

    def _before_approved(self):
        for opening in self:
            opening._check_figures()
        self._book()

    @by_law
    def _check_figures(self):
        """
        :raises UserError: figures that cannot be taken, each named with its remedy
        """
        self.ensure_one()
        if not self.line_ids:
            raise UserError(self.env._("Enter or import figures first."))
        old = self.corrects_id
        same = ("company_id", "year", "origin")
        if old and any(old[name] != self[name] for name in same):
            raise UserError(
                self.env._(
                    (
                        "%(what)s corrects %(old)s: it must be for the same "
                        "company, year and payer."
                    ),
                    what=self.display_name,
                    old=old.display_name,
                )
            )
        found = self._misplaced()
        if self.origin == Origin.SICK.value:  # it comes beside the pay, all year long
            after = date(self.year + 1, 1, 1)
            found += faults(self.line_ids._figures(), self.year, after)
        else:
            self.quarter_ids._check_before_start()
            found += faults(self.line_ids._figures(), self.year, self.date_start)
            found += self._paid_here()
        found += self._opened_elsewhere()
        if found:
            raise UserError(self._listed(found))

    def _misplaced(self):
        """Sentences about figures and rows that the payer does not have."""
        found = []
        if self.origin != Origin.OWN.value and self.quarter_ids:
            found.append(
                self.env._(
                    "Quarters and deposits are those of the practice itself: leave "
                    "them out for another payer."
                )
            )
        sick = {"SICK", "SICKX"}
        for line in self.line_ids:
            strange = line.what in PAY and line.what not in sick
            if self.origin == Origin.SICK.value and strange:
                found.append(
                    self.env._(
                        "%s: an insurer pays sick pay only. Enter it as such.",
                        line._figure().row,
                    )
                )
            if self.origin != Origin.SICK.value and line.what == "SICKX":
                found.append(
                    self.env._(
                        "%s: only an insurer's sick pay has a part that is not taxed.",
                        line._figure().row,
                    )
                )
        return found

    def _paid_here(self):
        """Sentences about people who were paid here before a figure's pay date."""
        last = {}
        for line in self.line_ids:
            person = line.employee_id
            last[person] = max(last.get(person, line.date_pay), line.date_pay)
        # sudo: a payslip counts, whoever may read it
        items = self.env["medical.payroll.item"].sudo()
        paid = dict(
            items._read_group(
                [
                    ("employee_id", "in", self.line_ids.employee_id.ids),
                    ("confirmed", "=", True),
                    ("slip_id", "!=", False),
                    ("date_pay", ">=", date(self.year, 1, 1)),
                ],
                ["employee_id"],
                ["date_pay:min"],
            )
        )
        text = (
            self.env._(
                "%(who)s was paid here on %(day)s: figures for pay dates from then on "
                "would count twice."
            )
            if self.origin == Origin.OWN.value
            # two employers at one time: what each had taxed then stays as it is, and is
            # not given back out of one base
            else self.env._(
                "%(who)s was paid here on %(day)s, too: the wage bases of two employers "
                "at the same time cannot be put together here. Leave this person out; "
                "the predecessor files the Form W-2 for what it paid."
            )
        )
        return [
            text % {"who": person.name, "day": format_date(self.env, paid[person])}
            for person, day in last.items()
            if person in paid and paid[person] <= day
        ]

    def _opened_elsewhere(self):
        """Sentences about figures that another approved record holds already."""
        others = self.env["medical.payroll.opening.balance.line"]._read_group(
            [
                ("employee_id", "in", self.line_ids.employee_id.ids),
                ("opening_id.state", "=", "approved"),
                ("opening_id.year", "=", self.year),
                ("opening_id.origin", "=", self.origin),
                ("opening_id", "not in", (self | self.corrects_id).ids),
            ],
            ["employee_id", "date_pay:quarter"],
        )
        there = {(person, quarter(day)) for person, day in others}
        here = {(line.employee_id, quarter(line.date_pay)) for line in self.line_ids}
        return [
            self.env._(
                "%(who)s has approved opening balances for quarter %(number)s: "
                "correct those instead.",
                who=person.name,
                number=number,
            )
            for person, number in sorted(here & there, key=lambda p: (p[0].name, p[1]))
        ]

    @by_law
    def _book(self):
        """The figures as pay items; those of a corrected record are taken back."""
        rows = []
        # departments of people and items of pay: nobody writes items by hand
        # sudo: the approver's step is checked by the workflow
        own = self.sudo()
        for opening in own:
            rows += opening._item_values(opening.line_ids)
            rows += opening._taken_back(opening.corrects_id)
        own.env["medical.payroll.item"]._pen().create(rows)
        own.filtered(lambda o: o.origin == Origin.SICK.value)._post_own_share()
        own.corrects_id._program_step("replaced")

    def _booked(self, lines):
        """The figures as items; on sick pay the employer's own taxes are worked out."""
        self.ensure_one()
        if self.origin != Origin.SICK.value:
            return book(lines._figures())
        return sickpay.booked(lines._figures(), self._so_far(lines.employee_id))

    def _so_far(self, people):
        """What the year had of the employer's taxes before, by person and code.

        What this record corrects is as if it had never been.
        """
        # sudo: what was paid counts, whoever prepares the figures
        items = self.env["medical.payroll.item"].sudo()
        domain = [
            ("employee_id", "in", people.ids or people._origin.ids),
            ("company_id", "=", self.company_id.id),
            ("confirmed", "=", True),
            ("code", "in", list(sickpay.SHARES)),
            ("date_pay", ">=", date(self.year or 1, 1, 1)),
            ("date_pay", "<=", date(self.year or 1, 12, 31)),
        ]
        sums = ["wages:sum", "taxed_wages:sum", "amount:sum"]
        found = {}
        for sign, more in ((1, []), (-1, [("opening_id", "=", self.corrects_id.id)])):
            if sign < 0 and not self.corrects_id:
                continue
            for person, code, *own in items._read_group(
                domain + more, ["employee_id", "code"], sums
            ):
                there = found.get((person.id, code), SoFar())
                wages, taxed, tax = (sign * money(amount) for amount in own)
                found[person.id, code] = SoFar(
                    there.wages + wages, there.taxed + taxed, there.tax + tax
                )
        return found

    def _post_own_share(self):
        """The employer's taxes on sick pay: an entry for each pay date, and what is
        owed, on the calendar of deposits. A correction posts the difference."""
        postings = self.env["medical.payroll.posting"]
        liabilities = self.env["medical.payroll.liability"]
        for opening in self:
            mine = opening.item_ids.filtered(lambda item: item.code in sickpay.OWED)
            dated = sorted(mine.grouped("date_pay").items())
            entries_of = {day: entries(opening._parts(items)) for day, items in dated}
            if not any(entries_of.values()):
                continue
            company = opening.company_id
            book_of = postings._book(company)
            journal = company.medical_payroll_journal_id
            if not journal:
                raise UserError(
                    self.env._(
                        "%s has no payroll journal. The accountant sets it under Pay, "
                        "Payroll Accounts.",
                        company.name,
                    )
                )
            rows = []
            for day, lines in entries_of.items():
                if lines:
                    values = [postings._journal_item(line, book_of) for line in lines]
                    name = self.env._("Employer's tax on sick pay: %s", opening.source)
                    rows.append((name, day, values, journal))
            make_moves(self.env, company, rows)
            for day, lines in entries_of.items():
                liabilities._keep(opening, day, owed(lines), book_of)

    def _parts(self, items):
        """Items for the journal, with the department that bears them."""
        return [
            Part(
                item.code,
                item.key,
                money(item.amount),
                0,
                ((item.department_id.id or 0, HUNDRED),),
            )
            for item in items
        ]

    def _taken_back(self, old):
        """Rows that take back what ``old`` booked, as it was booked: the person may have
        moved, or the plan may be of another kind by now. They are numbered 0, which tells
        them from an opening's own figures."""
        return [
            item._taken_back(opening_id=self.id, sequence=0)
            for item in old.item_ids.filtered("sequence")
        ]

    def _item_values(self, lines):
        self.ensure_one()
        departments = {
            person.id: person.department_id.id for person in lines.employee_id
        }
        hours = {
            (line.employee_id.id, line.date_pay, line.what): line.hours
            for line in lines
        }
        return [
            {
                "opening_id": self.id,
                "sequence": number,
                "employee_id": item.person,
                "company_id": self.company_id.id,
                "department_id": departments[item.person],
                "date_pay": item.day,
                "code": item.code,
                "key": item.key,
                "name": item.name,
                "amount": float(item.amount),
                "wages": float(item.wages),
                "taxed_wages": float(item.taxed),
                "hours": hours.get((item.person, item.day, item.code), 0),
                "w2": item.w2 or False,
                "law": str(self.year),
                "confirmed": True,
            }
            for number, item in enumerate(self._booked(lines), 1)
        ]

    # -------------------------------------------------------------------- guards

    def _locked_message(self, name):
        self.ensure_one()
        return self.env._(
            "%s is no longer a draft. Return it to draft, or correct approved figures "
            "with a new record.",
            self.display_name,
        )

    def _kept_message(self):
        return self._locked_message("state")

    # ---------------------------------------------------------- what returns ask

    @api.model
    def _quarters(self, company, year, number=None):
        """Approved quarters of a company and year, or one of them."""
        domain = [
            ("opening_id.company_id", "=", company.id),
            ("opening_id.year", "=", year),
            ("opening_id.state", "=", "approved"),
            ("opening_id.origin", "=", Origin.OWN.value),
        ]
        if number:
            domain.append(("quarter", "=", str(number)))
        return self.env["medical.payroll.opening.balance.quarter"].search(domain)
