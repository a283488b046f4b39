"""Paying for the time being on last year's tables: a decision, never a habit."""

from odoo import api, fields, models, tools
from odoo.exceptions import UserError

from ....tools.payroll.law import lawcheck
from ....tools.payroll.law.lawtable import use
from ....tools.payroll.tax import readiness
from ...core.mixins.decidable import Waiting
from ...core.mixins.guard import ALL

PREPARE = "core_group_payroll"
AGREE = "core_group_director"


class PayrollLawProvision(models.Model):
    """One company and one year. While it is agreed, what the year lacks is taken from
    the year before; each payslip says so, and the difference is settled in the first
    regular run after the tables have come."""

    _name = "medical.payroll.law.provision"
    _description = "Provisional Pay"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "year desc, id desc"

    _transitions = {
        ("draft", "submitted"): PREPARE,
        ("submitted", "draft"): (PREPARE, AGREE),
        ("submitted", "agreed"): AGREE,
        ("agreed", "ended"): (PREPARE, AGREE),
    }
    _segregated = {"agreed": ("submitted_by_id", "create_uid")}
    _reason_required = frozenset({("submitted", "draft")})
    _reason_methods = frozenset({"action_return"})
    _decisions = {"submitted": Waiting("action_agree", "action_return", to="agreed")}
    _decision_domain = "payroll"
    _editors = {"*": PREPARE}
    _locked = {"submitted": ALL, "agreed": ALL, "ended": ALL}
    _deletable_in = ("draft",)

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    year = fields.Integer(
        "Tax Year",
        required=True,
        aggregator=False,
        default=lambda self: fields.Date.context_today(self).year,
    )
    note = fields.Text(
        "Reason", required=True, help="Why pay cannot wait for the year's tables."
    )
    missing = fields.Text("Still missing", compute="_compute_missing")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("agreed", "Agreed"),
            ("ended", "Ended"),
        ],
        "Status",
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
    )
    submitted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    agreed_by_id = fields.Many2one("res.users", readonly=True, copy=False)

    _one = models.UniqueIndex(
        "(company_id, year) WHERE state IN ('submitted', 'agreed')",
        "Provisional pay for this year was already asked for.",
    )
    _range = models.Constraint(
        "CHECK (year BETWEEN 2000 AND 2100)", "Enter a year of four digits."
    )

    @api.depends("year", "company_id")
    def _compute_display_name(self):
        for provision in self:
            provision.display_name = self.env._("Provisional pay %s", provision.year)

    @api.depends("year", "company_id")
    def _compute_missing(self):
        for provision in self:
            gaps = provision._gaps() if provision.year else []
            provision.missing = "\n".join(map(str, gaps)) or False

    def _gaps(self):
        """What the year lacks that the year before has, as far as the company needs it."""
        self.ensure_one()
        # sudo: what people and plans need is asked; no person is named
        company = self.company_id.sudo()
        needs = company._medical_law_needs(self.year)[company.id]
        with use(self.env["medical.payroll.law.package"]._book()):
            return [gap for gap in readiness.missing(needs, self.year) if gap.table]

    # ----------------------------------------------------------------- the steps

    def action_submit(self):
        self._move_to("submitted")
        return True

    def action_agree(self):
        self._move_to("agreed")
        return True

    def action_return(self, reason):
        """Back to who asked."""
        self._move_to("draft", reason)

    def action_end(self):
        """No further payslip is computed by last year's tables."""
        self._move_to("ended")
        return True

    def _before_submitted(self):
        for provision in self:
            if not provision._gaps():
                raise UserError(
                    self.env._(
                        "Nothing that %(company)s needs is missing for %(year)s: pay "
                        "by the tables of the year.",
                        company=provision.company_id.name,
                        year=provision.year,
                    )
                )

    def _state_values(self, state, reason):
        if state == "submitted":
            return {"submitted_by_id": self.env.uid}
        return {"agreed_by_id": self.env.uid} if state == "agreed" else {}

    def _after_agreed(self):
        self.env.registry.clear_cache()

    def _after_ended(self):
        self.env.registry.clear_cache()

    # ------------------------------------------------------------------ who asks

    @api.model
    @tools.ormcache()
    def _years(self):
        """{(company id, year): whether it is still agreed}, kept by every worker."""
        # sudo: by what a company is paid is no secret of who agreed to it
        found = self.sudo().search([("state", "in", ["agreed", "ended"])])
        agreed: dict[tuple[int, int], bool] = {}
        for one in found:
            key = one.company_id.id, one.year
            agreed[key] = agreed.get(key, False) or one.state == "agreed"
        return agreed

    @api.model
    def _agreed(self, company, year):
        """Whether last year's tables serve for what is missing."""
        return self._years().get((company.id, year), False)

    @api.model
    def _ever(self, company, year):
        """Whether something of the year may be left to settle."""
        return (company.id, year) in self._years()

    @api.model
    def _for_the_time_being(self, company, day, book):
        """(book, remark) for a company that agreed, on a pay date; the remark is empty
        where nothing it needs is missing."""
        # sudo: as in _gaps
        needs = company.sudo()._medical_law_needs(day.year)[company.id]
        with use(book):
            gaps = [gap for gap in readiness.missing(needs, day.year) if gap.table]
            if not gaps:
                return book, ""
            names = "; ".join(dict.fromkeys(gap.what for gap in gaps))
            remark = (
                f"Paid provisionally on the tables of {day.year - 1}, as agreed: the "
                f"difference is settled when the missing ones come ({names})."
            )
            return lawcheck.provisional(day.year), remark
