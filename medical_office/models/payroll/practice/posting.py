"""Where pay goes in the books, to whom it is owed, and by when."""

from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ....engine.core.labels import labels_of
from ....engine.payroll.lawbook import by_law
from ....tools.dates import add_business_days, month_end, next_business_day, quarter
from ....tools.money import ZERO
from ....tools.payroll.returns.deposits import return_due

# kind -> (label, account code, account type, due rule); the first four cost, advances are
# owed by people, the others to somebody
ACCOUNTS = {
    "wages": ("Wages and salaries", "601000", "expense", False),
    "reimbursement": ("Expenses reimbursed to staff", "601900", "expense", False),
    "employer_tax": ("Payroll taxes", "602000", "expense", False),
    "benefits": ("Employee benefits", "603000", "expense", False),
    "advance": ("Advances to employees", "141000", "asset_current", False),
    "net": ("Net pay payable", "231000", "liability_current", False),
    "federal": ("Federal payroll taxes payable", "232000", "liability_current", "941"),
    "futa": ("Federal unemployment tax payable", "232100", "liability_current", "940"),
    "state": (
        "State income tax withheld",
        "233000",
        "liability_current",
        "month_15",
    ),
    "other": ("Other state taxes withheld", "233100", "liability_current", "quarter"),
    "local": ("Local income tax withheld", "233200", "liability_current", "month_15"),
    "suta": (
        "State unemployment tax payable",
        "233300",
        "liability_current",
        "quarter",
    ),
    "deduction": (
        "Deductions and benefits payable",
        "234000",
        "liability_current",
        "business_7",
    ),
    "order": ("Garnishments payable", "235000", "liability_current", "business_7"),
}
KINDS = [(kind, row[0]) for kind, row in ACCOUNTS.items()]
KEEPERS = ("core_group_accountant", "core_group_manager")
# asked for once something is posted to it
OPTIONAL = frozenset({"advance"})
COSTS = frozenset({"wages", "reimbursement", "employer_tax", "benefits"})
# 29 CFR 2510.3-102(a)(2): deferrals of a small plan; 42 USC 666(b)(6)(A)(i): support
BUSINESS_DAYS = 7


def make_moves(env, company, entries):
    """Posted entries of a company, made together.

    :param entries: rows of (reference, day, values of the journal items, journal)
    """
    moves = (
        env["account.move"]
        .with_company(company)
        .create(
            [
                {
                    "move_type": "entry",
                    "journal_id": journal.id,
                    "date": day,
                    "ref": reference,
                    "line_ids": [Command.create(values) for values in lines],
                }
                for reference, day, lines, journal in entries
            ]
        )
    )
    moves.action_post()
    return moves


class PayrollPosting(models.Model):
    """The account of one kind of pay, tax or deduction; agencies apart by their key.

    The line without a key holds for every key (state, locality) that has none of its own.
    A line of cost may name a department: the pay of those who earn the practice's revenue
    stands apart from the staff's.
    """

    _name = "medical.payroll.posting"
    _description = "Payroll Posting"
    _inherit = ["medical.core.guard"]
    _order = "company_id, sequence, kind, key, id"
    _check_company_auto = True

    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    kind = fields.Selection(KINDS, required=True)
    key = fields.Char(
        "For", default="", help="State or tax code (WI, CA_SDI). Empty: all others."
    )
    department_id = fields.Many2one(
        "hr.department",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Its pay is recorded on this account, and that of the departments below it: "
        "physicians apart from staff. Empty: all others.",
    )
    account_id = fields.Many2one(
        "account.account", required=True, check_company=True, ondelete="restrict"
    )
    partner_id = fields.Many2one("res.partner", "Agency", ondelete="restrict")
    due = fields.Selection(
        [
            ("941", "Federal rule: monthly or semiweekly"),
            ("940", "Federal unemployment: end of the month after the quarter"),
            ("quarter", "End of the month after the quarter"),
            ("month_15", "15th of the next month"),
            ("business_7", "7 business days after the pay date"),
            ("days", "Days after the pay date"),
        ],
        help="State and local due dates depend on the agency's notice to the "
        "practice: compare it with this rule now and every January.",
    )
    due_days = fields.Integer("Days", aggregator=None)

    _place_unique = models.UniqueIndex(
        "(company_id, kind, key, COALESCE(department_id, 0))",
        "Each type, code and department can have only one line.",
    )
    _days = models.Constraint("CHECK (due_days >= 0)", "Days cannot be negative.")

    @api.constrains("kind", "key", "department_id")
    def _check_department(self):
        for line in self.filtered("department_id"):
            if line.kind not in COSTS or line.key:
                raise ValidationError(
                    self.env._(
                        "%s is owed by the practice as a whole. Leave its department "
                        "empty.",
                        line.display_name,
                    )
                )

    @api.depends("kind", "key", "department_id")
    def _compute_display_name(self):
        labels = labels_of(self, "kind")
        for line in self:
            parts = (labels.get(line.kind), line.key, line.department_id.name)
            line.display_name = " ".join(filter(None, parts))

    @by_law
    def _due_date(self, day):
        """When what was withheld on pay date ``day`` has to be paid.

        The federal rule looks at all paydays of a year; see ``payroll_deposit``.
        """
        self.ensure_one()
        if self.due in ("quarter", "940"):
            return return_due(day.year, quarter(day))
        if self.due == "month_15":
            return next_business_day(month_end(day) + timedelta(days=15))
        if self.due == "business_7":
            return add_business_days(day, BUSINESS_DAYS)
        return day + timedelta(days=self.due_days)

    @api.model
    def _lines_of(self, company):
        """{(kind, key): line} of a company, for ``_of_entry``; a line of a department
        stands under (kind, id of the department)."""
        return {
            (line.kind, line.department_id.id or line.key or ""): line
            for line in self.search([("company_id", "=", company.id)])
        }

    @api.model
    def _book(self, company, used=()):
        """The same, with a line for each kind that is posted to.

        :param used: kinds that are posted to, beside those that every run needs
        :raises UserError: a kind has no line
        """
        book = self._lines_of(company)
        missing = [
            label
            for kind, label in KINDS
            if (kind, "") not in book and (kind not in OPTIONAL or kind in used)
        ]
        if missing:
            raise UserError(
                self.env._(
                    "%(company)s has no ledger account for: %(kinds)s. The accountant "
                    "sets them under Pay, Payroll Accounts.",
                    company=company.name,
                    kinds=", ".join(missing),
                )
            )
        return book

    def _of_entry(self, kind, key, department, book):
        """The line of what is posted: the department's own or that of the nearest one
        above it, the key's, else the one that holds for all.

        :param department: id, or 0
        :param book: of ``_book``, or ``_lines_of``
        """
        place = self.env["hr.department"].browse(department or [])
        while place:
            if own := book.get((kind, place.id)):
                return own
            place = place.parent_id
        return book.get((kind, key)) or book[kind, ""]

    @api.model
    def _journal_item(self, line, book, place=None):
        """Values of the journal item of one :class:`posting.Entry`.

        :param place: [account id, distribution] where it does not go where it would now
        """
        posting = self._of_entry(line.kind, line.key, line.department, book)
        department = self.env["hr.department"].browse(line.department)
        cost_center = department.medical_analytic_account_id
        payee = line.payee or posting.partner_id.id
        name = " · ".join(
            filter(None, [labels_of(posting, "kind")[line.kind], line.key])
        )
        if line.department:
            name = f"{name} · {department.name}"
        account, distribution = place or (
            posting.account_id.id,
            {str(cost_center.id): 100} if cost_center and line.kind in COSTS else False,
        )
        return {
            "name": name,
            "account_id": account,
            "partner_id": payee or False,
            "debit": float(max(line.amount, ZERO)),
            "credit": float(max(-line.amount, ZERO)),
            "analytic_distribution": distribution,
        }

    def action_set_up(self):
        """Make the accounts, the journal and the lines that are missing.

        No ``api.model``: the button above the list calls it with the selected lines.

        :raises AccessError: the user's roles do not keep the payroll accounts
        """
        if not self._guard_user_in(KEEPERS):
            raise AccessError(
                self.env._(
                    "The accountant or the office manager sets up the payroll accounts."
                )
            )
        # sudo: the host keeps charts, journals and plans for its own administrators; only
        # what is missing is made here, nothing that stands is changed
        self.sudo()._set_up(self.env.company)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Payroll Accounts"),
            "res_model": self._name,
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
        }

    @api.model
    def _set_up(self, company):
        """What a company lacks to post pay; what it has is taken as it is."""
        own = self.with_company(company)
        company = company.with_env(own.env)
        there = own.search(
            [
                ("company_id", "=", company.id),
                ("key", "=", ""),
                ("department_id", "=", False),
            ]
        )
        missing = [kind for kind in ACCOUNTS if kind not in there.mapped("kind")]
        accounts = own._set_up_accounts(company, missing)
        own._pen().create(
            [
                {
                    "company_id": company.id,
                    "kind": kind,
                    "account_id": accounts[kind].id,
                    "due": ACCOUNTS[kind][3],
                    "sequence": 10 * (list(ACCOUNTS).index(kind) + 1),
                }
                for kind in missing
            ]
        )
        if not company.medical_payroll_journal_id:
            company.medical_payroll_journal_id = own._set_up_journal(company)
        own._set_up_departments(company)

    @api.model
    def _set_up_accounts(self, company, kinds):
        """{kind: account}. One that carries the kind's tag, or our code, name and type,
        is taken; else one is made under the next free code."""
        tags = self._set_up_tags(kinds)
        chart = self.env["account.account"].with_context(active_test=False)
        known = chart.search([("company_ids", "in", company.ids)])
        used = {account.code for account in known}
        found, fresh = {}, []
        for kind in kinds:
            label, code, account_type, _due = ACCOUNTS[kind]
            fits = known.filtered(
                lambda account, t=account_type: (
                    account.active and account.account_type == t
                )
            )
            taken = fits.filtered(
                lambda account, tag=tags[kind]: tag in account.tag_ids
            ) or fits.filtered(
                lambda account, c=code, n=label: (account.code, account.name) == (c, n)
            )
            if taken:
                found[kind] = taken[0]
                continue
            free = self._free_code(code, used)
            used.add(free)
            fresh.append(
                (
                    kind,
                    {
                        "name": label,
                        "code": free,
                        "account_type": account_type,
                        "company_ids": [Command.set(company.ids)],
                        "tag_ids": [Command.set(tags[kind].ids)],
                    },
                )
            )
        made = chart.create([values for _kind, values in fresh])
        return found | {
            kind: account for (kind, _values), account in zip(fresh, made, strict=True)
        }

    @api.model
    def _set_up_tags(self, kinds):
        """{kind: tag} by which an account says what of pay is posted to it."""
        names = {kind: f"Payroll: {ACCOUNTS[kind][0]}" for kind in kinds}
        tags = self.env["account.account.tag"]
        known = {
            tag.name: tag
            for tag in tags.search(
                [("applicability", "=", "accounts"), ("name", "in", [*names.values()])]
            )
        }
        lacking = [name for name in names.values() if name not in known]
        made = tags.create(
            [{"name": name, "applicability": "accounts"} for name in lacking]
        )
        known |= dict(zip(lacking, made, strict=True))
        return {kind: known[name] for kind, name in names.items()}

    @staticmethod
    def _free_code(code, used):
        """The first code from ``code`` on that nothing has: 601000, 601001, …"""
        while code in used:
            code = str(int(code) + 1)
        return code

    @api.model
    def _set_up_journal(self, company):
        """The general journal “Payroll”, or a new one under a free short code."""
        journals = self.env["account.journal"].with_context(active_test=False)
        known = journals.search([("company_id", "=", company.id)])
        if own := known.filtered(
            lambda journal: (journal.type, journal.name) == ("general", "Payroll")
        ):
            return own[0]
        used, number, code = set(known.mapped("code")), 0, "PAY"
        while code in used:
            number += 1
            code = f"PAY{number}"
        return journals.create(
            {
                "name": "Payroll",
                "code": code,
                "type": "general",
                "company_id": company.id,
            }
        )

    @api.model
    def _set_up_departments(self, company):
        """An analytic account for each department, under one plan."""
        departments = self.env["hr.department"].search(
            [
                ("company_id", "=", company.id),
                ("medical_analytic_account_id", "=", False),
            ]
        )
        if not departments:
            return
        plan = self.env["account.analytic.plan"].search(
            [("name", "=", "Departments")], limit=1
        ) or self.env["account.analytic.plan"].create({"name": "Departments"})
        accounts = self.env["account.analytic.account"].create(
            [
                {"name": d.name, "plan_id": plan.id, "company_id": company.id}
                for d in departments
            ]
        )
        for department, account in zip(departments, accounts, strict=True):
            department.medical_analytic_account_id = account
