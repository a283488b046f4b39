"""What a department's category was off in a month, and why."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_amount

from ....engine.core.months import short_month
from ....engine.finance.variance_reader import VarianceReader
from ....tools.dates import month_end
from ....tools.finance.close.variance import is_over, needs_new_word
from ....tools.money import cents
from ....tools.plaintext import said
from ...core.check.answerable import Answerable, finding
from ...core.check.check import CheckResult

EXPLAINERS = ("core_group_head", "core_group_accountant")
WORDS = frozenset({"cause_id", "note"})
SHORTEST = 10


class FinanceVariance(models.Model):
    """One category of one department that is off by more than the tolerance.

    The program works the figures out; who heads the department, or the accountant, gives
    the cause while the month is open.
    """

    _name = "medical.finance.variance"
    _description = "Variance"
    _inherit = ["mail.thread", "medical.core.guard"]
    _order = "month desc, size desc, id"
    _check_company_auto = True

    _locked_by = ("close_id",)
    _deletable_in = frozenset()
    _strict_fields = frozenset({"close_id", "category_id", "actual", "base"})
    _editors = dict.fromkeys(WORDS, EXPLAINERS)

    close_id = fields.Many2one(
        "medical.finance.close",
        "Month-End Close",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="close_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(related="close_id.month", store=True, index=True)
    close_state = fields.Selection(related="close_id.state", string="Month's Status")
    department_id = fields.Many2one("hr.department", readonly=True, index=True)
    category_id = fields.Many2one(
        "medical.finance.category", required=True, readonly=True, ondelete="restrict"
    )
    actual = fields.Monetary(readonly=True, aggregator="sum")
    base = fields.Monetary(
        "Expected",
        readonly=True,
        aggregator="sum",
        help="The budget where there is one; else the same month a year before; else "
        "the mean of the three months before.",
    )
    base_kind = fields.Selection(
        [
            ("budget", "Budget"),
            ("prior", "Year before"),
            ("run", "Last three months"),
        ],
        "Compared with",
        readonly=True,
    )
    difference = fields.Monetary(
        readonly=True, help="Actual less expected.", aggregator="sum"
    )
    size = fields.Monetary(readonly=True, help="Without its sign.", aggregator=None)
    percent = fields.Float("Off by %", readonly=True, digits=(16, 1), aggregator=None)
    has_percent = fields.Boolean(readonly=True)
    is_favorable = fields.Boolean("Favorable", readonly=True)
    owner_id = fields.Many2one("res.users", "To Explain", readonly=True, index=True)
    cause_id = fields.Many2one(
        "medical.finance.cause", ondelete="restrict", tracking=True
    )
    note = fields.Text("In a Sentence", tracking=True)
    explained_difference = fields.Monetary(readonly=True, aggregator=None)
    explained_by_id = fields.Many2one("res.users", readonly=True)
    explained_at = fields.Datetime(readonly=True)
    state = fields.Selection(
        [("open", "To explain"), ("explained", "Explained")],
        required=True,
        readonly=True,
        default="open",
        index=True,
    )

    _category_unique = models.UniqueIndex(
        "(close_id, category_id, coalesce(department_id, 0))",
        "This category of the department is there already.",
    )

    @api.depends("month", "category_id", "department_id")
    def _compute_display_name(self):
        for row in self:
            parts = [
                row.category_id.name,
                row.department_id.name,
                row.month and short_month(self.env, row.month),
            ]
            row.display_name = ", ".join(filter(None, parts))

    # ----------------------------------------------------------------- the explanation

    def write(self, vals):
        """A cause and a sentence explain a variance; taking one away opens it again."""
        result = super().write(vals)
        if WORDS & vals.keys() and not self._is_program():
            self._explain()
        return result

    def action_explain(self, cause_id, note):
        """Give the cause and a line in one call, as from a mail or a phone.

        :raises UserError: no sentence, or the month is signed
        """
        self._check_caller(*EXPLAINERS)
        self.write({"cause_id": cause_id, "note": note})
        short = self.filtered(lambda row: row.state != "explained")
        if short:
            raise UserError(short[0]._short_message())

    def _explain(self):
        now = fields.Datetime.now()
        for row in self:
            done = row.cause_id and len(said(row.note)) >= SHORTEST
            # sudo: who explained it and when is written by the program
            row.sudo()._pen().write(
                {
                    "state": "explained" if done else "open",
                    "explained_by_id": self.env.uid if done else False,
                    "explained_at": now if done else False,
                    "explained_difference": row.difference if done else 0,
                }
            )

    def _short_message(self):
        return self.env._(
            "%(row)s: choose a cause and say in a sentence of %(count)s characters or "
            "more what happened.",
            row=self.display_name,
            count=SHORTEST,
        )

    def _locked_message(self, name):
        return self.env._(
            "%s is signed: its variances stay as they are. Reopen the month to change "
            "them.",
            self[:1].close_id.display_name,
        )

    # --------------------------------------------------------------------- the program

    @api.model
    def _budget(self, company, month):
        """What was granted: {(department id, category id): dollars}, revenue and cost
        positive. Empty where nobody keeps a budget."""
        if "medical.finance.grant" not in self.env:
            return {}
        # sudo: written by the program, as all of a variance
        rows = self.env["medical.finance.grant"].sudo()
        rows = rows._read_group(
            [
                ("company_id", "=", company.id),
                ("date_from", ">=", month),
                ("date_from", "<=", month_end(month)),
            ],
            ["department_id", "category_id"],
            ["balance:sum"],
        )
        return {
            (department.id, category.id): (
                -cents(balance) if category.section == "revenue" else cents(balance)
            )
            for department, category, balance in rows
        }

    @api.model
    def _refresh(self, close):
        """Work out a month again: rows come, follow and go with the ledger.

        What somebody explained stays, and is asked again once the figure has moved by
        more than the tolerance.
        """
        # sudo: written by the program from the whole ledger, whoever asks
        own = self.sudo().with_company(close.company_id)._pen()
        company, month = close.company_id, close.month
        reader = VarianceReader(own.env, company, month)
        tolerances = own.env["medical.core.limit"]._tolerances(company, month)
        percent = cents(company.medical_variance_percent)
        known = {
            (row.department_id.id, row.category_id.id): row
            for row in own.search([("close_id", "=", close.id)])
        }
        revenue = {
            category.id: category.section == "revenue"
            for category in own.env["medical.finance.category"]
            .with_context(active_test=False)
            .search([])
        }
        owners = own._owners(company)
        kept, fresh = own.browse(), []
        for key in sorted(reader.keys(), key=lambda k: (k[0] or 0, k[1])):
            department, category = key
            found = reader.gap(key, revenue[category])
            amount = tolerances.get(department, tolerances.get(False, 0.0))
            if amount == float("inf") or not is_over(found, cents(amount), percent):
                continue
            values = {
                "actual": float(found.actual),
                "base": float(found.base),
                "base_kind": found.kind,
                "difference": float(found.difference),
                "size": float(abs(found.difference)),
                "percent": float(found.percent or 0),
                "has_percent": found.percent is not None,
                "is_favorable": found.favorable,
                "owner_id": owners.get(department) or owners[False],
            }
            row = known.get(key)
            if not row:
                fresh.append(
                    {
                        **values,
                        "close_id": close.id,
                        "department_id": department,
                        "category_id": category,
                    }
                )
                continue
            kept |= row
            if row.state == "explained" and needs_new_word(
                cents(row.explained_difference), found.difference, cents(amount)
            ):
                values["state"] = "open"
            [stands] = row.read([*values], load=None)
            row.write(
                {name: value for name, value in values.items() if stands[name] != value}
            )
        own.create(fresh)
        gone = own.browse([row.id for row in known.values()]) - kept
        gone.unlink()

    @api.model
    def _owners(self, company):
        """{department id: user id of its head}; False: the accountant."""
        departments = self.env["hr.department"].search(
            [("company_id", "in", (False, company.id)), ("manager_id", "!=", False)]
        )
        owners = {
            department.id: department.manager_id.user_id.id
            for department in departments
            if department.manager_id.user_id
        }
        owners[False] = self.env["medical.finance.close"]._role_user(
            "accountant", company
        )
        return owners

    def _medical_answerable(self):
        self.ensure_one()
        backup = self.env["medical.finance.close"]._role_user(
            "accountant", self.company_id
        )
        return Answerable(
            self.owner_id.id, backup, self.department_id.id, self.company_id.id
        )

    @api.model
    def _medical_check_unexplained(self):
        """Variances of open months that nobody has explained."""
        every = self.search_count([("close_state", "=", "open")])
        rows = [
            finding(
                row,
                self.env._(
                    "%(what)s: %(off)s off what was expected, and nobody says why",
                    what=row.display_name,
                    off=format_amount(self.env, row.difference, row.currency_id),
                ),
                money_at_risk=0.0 if row.is_favorable else row.size,
                date_due=row.close_id.date_explain,
            )
            for row in self.search(
                [("close_state", "=", "open"), ("state", "=", "open")]
            )
        ]
        return CheckResult(looked_at=every, rows=rows)

    def _check_explained(self):
        """Refuse to go on while one of them is open.

        :raises UserError: naming the first of them
        """
        waiting = self.filtered(lambda row: row.state != "explained")
        if waiting:
            raise UserError(
                self.env._(
                    "%(count)s variances have no cause yet, the largest: %(row)s. Ask "
                    "%(owner)s to explain it.",
                    count=len(waiting),
                    row=waiting[0].display_name,
                    owner=waiting[0].owner_id.name or self.env._("its head"),
                )
            )

    def _editors_message(self, name, groups):
        return self.env._("The head of the department or the accountant explains it.")
