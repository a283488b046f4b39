"""Corrected returns: a new return beside the one that was filed."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ....tools.money import cents
from ....tools.payroll.returns.corrected import Figure, corrections, last_day
from .filing import NO_FILE, PAYROLL, PEOPLE


class PayrollFiling(models.Model):
    """A filed return stays. Its correction shows what was reported, what is right, and
    the difference; it is filed, and corrected in turn, like any other."""

    _inherit = "medical.payroll.tax.return"

    corrects_id = fields.Many2one(
        "medical.payroll.tax.return",
        "Correction of",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    correction_ids = fields.One2many(
        "medical.payroll.tax.return", "corrects_id", "Corrected by", readonly=True
    )
    date_discovered = fields.Date(
        "Error found on", help="Required on Form 941-X; tax is due with that quarter."
    )
    explanation = fields.Text(help="What was wrong and how it was discovered.")
    process = fields.Selection(
        [("adjusted", "Adjusted return"), ("claim", "Claim for a refund")],
        help="Form 941-X, part 1: what was underreported is always adjusted.",
        default="adjusted",
    )

    _one_correction = models.UniqueIndex(
        "(corrects_id) WHERE corrects_id IS NOT NULL",
        "This tax return already has a correction: correct that one.",
    )

    @api.constrains("corrects_id", "kind", "company_id", "year", "quarter", "state_id")
    def _check_corrects(self):
        for filing in self.filtered("corrects_id"):
            old = filing.corrects_id
            same = all(
                filing[name] == old[name]
                for name in ("kind", "company_id", "year", "quarter", "state_id")
            )
            if old.state != "filed" or not same:
                raise UserError(
                    self.env._(
                        "%s can be corrected only by a tax return of the same type "
                        "and period, once it is filed.",
                        old.display_name,
                    )
                )

    def action_correct(self):
        """A draft that corrects this filed return.

        :return: action that opens it
        """
        self.ensure_one()
        self.check_access("write")
        if self.kind in PEOPLE and not self.env.user.has_group(PAYROLL):
            raise AccessError(
                self.env._(
                    "%s shows individual pay: only payroll can correct it.",
                    self.display_name,
                )
            )
        if self.state != "filed":
            raise UserError(
                self.env._(
                    "%s is not filed yet: recalculate it instead.", self.display_name
                )
            )
        if self.correction_ids:
            raise UserError(
                self.env._(
                    "%s already has a correction: correct that one.", self.display_name
                )
            )
        # what it corrects is said by this step alone
        new = self._pen().create(
            {
                "kind": self.kind,
                "company_id": self.company_id.id,
                "year": self.year,
                "quarter": self.quarter,
                "state_id": self.state_id.id,
                "date_discovered": fields.Date.context_today(self),
                "corrects_id": self.id,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": new.id,
            "views": [(False, "form")],
        }

    # ------------------------------------------------------------- the figures

    def _corrected_lines(self, lines, problems, values):
        """The lines of a correction: three columns beside those of the return.

        :param lines: with problems and values, what the return itself would say today
        """
        correct = {
            (line.get("employee_id") or 0, line["key"]): Figure(
                line["name"], cents(line["amount"])
            )
            for line in lines
        }
        found = corrections(self.corrects_id._reported(), correct, self.kind)
        rows = [
            {
                "employee_id": line.person or False,
                "key": line.key,
                "name": line.name,
                "amount": float(line.correct),
                "reported": float(line.reported),
            }
            for line in found
        ]
        told = list(problems) + self._correction_problems(found)
        # the file of the SSA holds original W-2s; corrected ones have another layout
        return rows, told, {**values, **NO_FILE}

    def _reported(self):
        """{(employee id, key): Figure} as last reported: the return, and its corrections
        up to this one laid over it. One query for the lines."""
        self.ensure_one()
        chain = self
        while chain[-1].corrects_id:
            chain += chain[-1].corrects_id
        lines = chain.line_ids.grouped("filing_id")
        found = {}
        for filing in reversed(chain):
            for line in lines.get(filing, ()):
                where = (line.employee_id.id or 0, line.key)
                found[where] = Figure(line.name, cents(line.amount))
        return found

    def _correction_problems(self, found):
        problems = []
        if not any(line.difference for line in found):
            problems.append(
                self.env._("Nothing differs from what was reported: no need to file.")
            )
        last = last_day(self.year)
        if fields.Date.context_today(self) > last:
            problems.append(
                self.env._(
                    "The period of limitations of %(year)s ended on %(day)s.",
                    year=self.year,
                    day=format_date(self.env, last),
                )
            )
        if self.kind == "w2" and found:
            problems.append(
                self.env._(
                    "The SSA file of corrected forms (EFW2C) is not created: enter "
                    "Forms W-2c and W-3c in Business Services Online, and give each "
                    "employee a copy."
                )
            )
        return problems

    def _check_explained(self):
        """A correction says what was wrong."""
        if self.corrects_id and not (
            (self.explanation or "").strip() and self.date_discovered
        ):
            raise UserError(
                self.env._(
                    "%s: explain what was wrong, and enter when it was found.",
                    self.display_name,
                )
            )
