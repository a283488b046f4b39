"""Returns of the employer: Forms 941 and 940, W-2s, state unemployment wage reports."""

from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.orm.models import NO_ACCESS
from odoo.tools import format_date

from ....engine.payroll.lawbook import by_law
from ....tools.dates import quarter, quarter_span
from ....tools.payroll.returns.deposits import return_due
from ...core.mixins.done import done
from ...core.mixins.guard import ALL

PEOPLE = ("w2", "suta")  # name people and their pay: payroll's alone
PAYROLL = "medical_office.core_group_payroll"
# of a return that has no file for the SSA
NO_FILE = {"content": False, "file_name": False, "file_notes": False}
# what the correction of each return is called
CALLED = {
    "941": "Form 941-X",
    "940": "Form 940, amended",
    "w2": "Forms W-2c",
    "suta": "Unemployment wages, corrected",
}


class PayrollFiling(models.Model):
    """One return. Its lines are worked out from confirmed pay, then filed and fixed."""

    _name = "medical.payroll.tax.return"
    _description = "Tax Return"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "year desc, quarter desc, kind, id"
    _past_fields = frozenset({"date_discovered"})

    _transitions = {("draft", "filed"): ("core_group_payroll", "core_group_accountant")}
    _locked = {"filed": ALL}
    _deletable_in = ("draft",)

    kind = fields.Selection(
        [
            ("941", "Form 941 (quarter)"),
            ("940", "Form 940 (year)"),
            ("w2", "Forms W-2 and W-3 (year)"),
            ("suta", "State unemployment wage report (quarter)"),
        ],
        required=True,
        default="941",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    year = fields.Integer(required=True, default=lambda self: self._year_to_file())
    quarter = fields.Selection(
        [("1", "January to March"), ("2", "April to June"), ("3", "July to September")]
        + [("4", "October to December")],
    )
    state_id = fields.Many2one(
        "res.country.state", domain="[('country_id.code', '=', 'US')]"
    )
    state = fields.Selection(
        [("draft", "Draft"), ("filed", "Filed")],
        "Status",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    date_due = fields.Date("Due", compute="_compute_date_due", store=True)
    date_filed = fields.Date("Filed on", copy=False, tracking=True)
    reference = fields.Char(
        copy=False, tracking=True, help="The agency's acknowledgment."
    )
    deposits = fields.Monetary(
        "Tax deposits made", readonly=True, help="For the taxes on this return, so far."
    )
    line_ids = fields.One2many(
        "medical.payroll.tax.return.line", "filing_id", readonly=True, copy=False
    )
    problems = fields.Text("Before You File", readonly=True, copy=False)
    file_notes = fields.Text(
        "About the SSA's File",
        readonly=True,
        copy=False,
        help="What of the file's layout is not proven, and what it does not hold. The "
        "forms of people are not concerned.",
    )
    computed_at = fields.Datetime("Calculated at", readonly=True, copy=False)
    # it holds Social Security numbers: taken by its button, which keeps who did
    content = fields.Binary(
        "File", readonly=True, attachment=True, copy=False, groups=NO_ACCESS
    )
    file_name = fields.Char(readonly=True, copy=False)

    _unique = models.UniqueIndex(
        "(company_id, kind, year, coalesce(quarter, ''), coalesce(state_id, 0)) "
        "WHERE corrects_id IS NULL",
        "This tax return already exists. If it is filed, correct it with its button.",
    )

    @api.model
    def _year_to_file(self):
        """Until the first quarter is over, it is the year before that is filed."""
        return (fields.Date.context_today(self) - relativedelta(months=3)).year

    @api.depends("kind", "year", "quarter", "state_id", "corrects_id")
    def _compute_display_name(self):
        """The form, or what its correction is called, with state and time."""
        labels = {
            "941": self.env._("Form 941"),
            "940": self.env._("Form 940"),
            "w2": self.env._("Forms W-2"),
            "suta": self.env._("Unemployment wages"),
        }
        for filing in self:
            span = f"Q{filing.quarter} {filing.year}" if filing.quarter else filing.year
            label = (CALLED if filing.corrects_id else labels)[filing.kind]
            filing.display_name = " ".join(
                filter(None, [label, filing.state_id.code, str(span)])
            )

    @api.depends("kind", "year", "quarter", "corrects_id", "date_discovered")
    @by_law
    def _compute_date_due(self):
        """Pub. 15: the last day of the month after the quarter; 31 January for years.

        A correction is due with the return of the quarter in which the error was found
        (Instructions for Form 941-X).
        """
        for filing in self:
            year = filing.year
            number = int(filing.quarter) if filing.quarter else 4
            if filing.corrects_id and (found := filing.date_discovered):
                year, number = found.year, quarter(found)
            filing.date_due = return_due(year, number) if year else False

    @api.constrains("kind", "quarter", "state_id", "year")
    def _check_what(self):
        for filing in self:
            quarterly = filing.kind in ("941", "suta")
            if quarterly != bool(filing.quarter):
                raise UserError(
                    self.env._("%s: choose a quarter.", filing.display_name)
                    if quarterly
                    else self.env._(
                        "%s is annual: it has no quarter.", filing.display_name
                    )
                )
            if (filing.kind == "suta") != bool(filing.state_id):
                raise UserError(
                    self.env._("Only a state unemployment report has a state.")
                )
            if not 2020 <= filing.year <= 2100:
                raise UserError(self.env._("%s is not a valid year.", filing.year))

    def _span(self):
        """First and last pay date of the return."""
        self.ensure_one()
        if self.quarter:
            return quarter_span(self.year, int(self.quarter))
        return date(self.year, 1, 1), date(self.year, 12, 31)

    # -------------------------------------------------------------------- buttons

    def action_compute(self):
        """Work the lines out anew from confirmed pay."""
        self.check_access("write")
        for filing in self:
            if filing.state == "filed":
                raise UserError(filing._locked_message("line_ids"))
            if filing.kind in PEOPLE and not self.env.user.has_group(PAYROLL):
                raise AccessError(
                    self.env._(
                        "%s shows individual pay: only payroll can calculate it.",
                        filing.display_name,
                    )
                )
            filing._work_out()
        return done(
            self.env,
            self.env._("Calculated from confirmed pay; lines: %s.", len(self.line_ids)),
        )

    @by_law
    def _work_out(self):
        # sudo: pay items are read whole; who may work out which return is checked above
        filing = self.sudo()._pen()
        lines, problems, values = filing._worked_lines()
        filing.line_ids.unlink()
        filing.env["medical.payroll.tax.return.line"].create(
            [
                {"filing_id": self.id, "sequence": number, **line}
                for number, line in enumerate(lines, 1)
            ]
        )
        filing.write(
            {
                "problems": "\n".join(problems) or False,
                "computed_at": fields.Datetime.now(),
                **values,
            }
        )
        self.invalidate_recordset()

    def _worked_lines(self):
        """(rows, sentences to settle before filing, values) of the return as it is now."""
        self.ensure_one()
        worked = getattr(self, f"_lines_{self.kind}")()
        return self._corrected_lines(*worked) if self.corrects_id else worked

    def action_download(self):
        """Take the file for the agency; who took it stands with each person in it.

        :return: action that downloads a copy, which the next clean-up sweeps away
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group(PAYROLL):
            raise AccessError(
                self.env._("Only payroll can download the agency's file.")
            )
        # sudo: shown on purpose, logged on the next line
        content = self.sudo().with_context(bin_size=False).content
        if not content:
            raise UserError(
                self.env._("%s has no file: calculate it first.", self.display_name)
            )
        self.env["medical.core.opened"]._log(
            self.line_ids.employee_id,
            self.env._("Social Security number"),
            self.file_name,
        )
        return self.env["medical.core.opened.copy"]._handed(self.file_name, content)

    def action_file(self):
        """It went to the agency: from now on the figures are fixed."""
        self._move_to("filed")
        return True

    @by_law
    def _before_filed(self):
        for filing in self:
            filing._check_explained()
            if not filing.line_ids:
                raise UserError(
                    self.env._("%s has not been calculated yet.", filing.display_name)
                )
            if not (filing.reference or "").strip():
                raise UserError(
                    self.env._(
                        "%s: enter the agency's acknowledgment first.",
                        filing.display_name,
                    )
                )
            day = filing.date_filed or fields.Date.context_today(filing)
            filing._check_over(day)
            filing.date_filed = day

    def _check_over(self, filed):
        """
        :raises UserError: the quarter or year still runs on the day it is filed: its wages
            are not all paid; or that day is still to come
        """
        today, last = fields.Date.context_today(self), self._span()[1]
        if min(today, filed) <= last:
            raise UserError(
                self.env._(
                    "%(form)s is filed once its %(span)s is over, after %(day)s.",
                    form=self.display_name,
                    span=self.env._("quarter") if self.quarter else self.env._("year"),
                    day=format_date(self.env, last),
                )
            )
        if filed > today:
            raise UserError(
                self.env._(
                    "%(form)s: “Filed on” (%(day)s) is still to come. Enter the day on "
                    "which the agency accepted it.",
                    form=self.display_name,
                    day=format_date(self.env, filed),
                )
            )

    def _locked_message(self, name):
        return self.env._("%s is filed and cannot be changed.", self.display_name)

    def _kept_message(self):
        return self.env._("A filed tax return cannot be deleted.")


class PayrollFilingLine(models.Model):
    """One line or box, of the return or of a person."""

    _name = "medical.payroll.tax.return.line"
    _description = "Tax Return Line"
    _inherit = ["medical.core.guard"]
    _locked_by = ("filing_id",)
    _order = "filing_id, sequence, id"

    filing_id = fields.Many2one(
        "medical.payroll.tax.return",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    company_id = fields.Many2one(related="filing_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    sequence = fields.Integer(readonly=True)
    employee_id = fields.Many2one("hr.employee", ondelete="restrict", readonly=True)
    key = fields.Char("Line", readonly=True)
    name = fields.Char("Description", readonly=True)
    amount = fields.Float(digits=(16, 2), readonly=True)
    reported = fields.Float(
        "Reported before",
        digits=(16, 2),
        readonly=True,
        help="For a correction: column 2 of the form.",
    )
    difference = fields.Float(digits=(16, 2), compute="_compute_difference", store=True)

    @api.depends("amount", "reported", "filing_id.corrects_id")
    def _compute_difference(self):
        for line in self:
            line.difference = (
                round(line.amount - line.reported, 2)
                if line.filing_id.corrects_id
                else 0
            )
