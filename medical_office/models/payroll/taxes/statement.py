"""Form W-2 for the employee: copies B and C, on a page of their own and on paper.

Given out from a calculated return; frozen as it was given. A return that is calculated
anew before it is filed is given out again; what changes after it was filed is a W-2c.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....tools.ssn import digits
from ...core.mixins.done import done

COPIES = ("B", "C")


class PayrollW2(models.Model):
    """The W-2 of one person for one year, as it was given to the person."""

    _name = "medical.payroll.w2"
    _description = "Form W-2 of an Employee"
    _inherit = ["medical.core.guard"]
    _order = "year desc, employee_id"
    _deletable_in = frozenset()

    filing_id = fields.Many2one(
        "medical.payroll.tax.return",
        "Tax Return",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(related="filing_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    year = fields.Integer(
        related="filing_id.year", store=True, index=True, aggregator=None
    )
    employee_id = fields.Many2one(
        "hr.employee", required=True, readonly=True, index=True, ondelete="restrict"
    )
    employee_name = fields.Char("Name on the Form", readonly=True)
    address = fields.Text(readonly=True)
    # the IRS lets the employee's copies show the last four digits only
    ssn_masked = fields.Char("SSN", readonly=True)
    employer = fields.Text(readonly=True)
    ein = fields.Char("EIN", readonly=True)
    boxes = fields.Json(readonly=True, help="[{key, name, amount}] as on the form.")
    wages = fields.Monetary("Wages (Box 1)", readonly=True, aggregator="sum")
    tax = fields.Monetary("Federal Tax (Box 2)", readonly=True, aggregator="sum")
    given_at = fields.Datetime("Given Out", readonly=True)
    given_by_id = fields.Many2one("res.users", "Given Out By", readonly=True)
    box_text = fields.Html("Box by Box", compute="_compute_box_text", sanitize=False)

    _one_each = models.UniqueIndex(
        "(filing_id, employee_id)", "This person's W-2 has already been given out."
    )

    @api.depends("year", "employee_name")
    def _compute_display_name(self):
        for form in self:
            form.display_name = f"Form W-2 {form.year}, {form.employee_name or ''}"

    @api.depends("boxes")
    def _compute_box_text(self):
        for form in self:
            form.box_text = self.env["ir.qweb"]._render(
                "medical_office.payroll_w2_boxes",
                {"rows": form.boxes or [], "currency": form.currency_id},
            )


class PayrollFiling(models.Model):
    _inherit = "medical.payroll.tax.return"

    w2_count = fields.Integer("Given to Employees", compute="_compute_w2_count")

    def _compute_w2_count(self):
        counts = {}
        if self.env["medical.payroll.w2"].has_access("read"):
            counts = dict(
                self.env["medical.payroll.w2"]._read_group(
                    [("filing_id", "in", self.ids)], ["filing_id"], ["__count"]
                )
            )
        for filing in self:
            filing.w2_count = counts.get(filing, 0)

    def action_give_w2(self):
        """Give each person the W-2: it stands on their own page, copies B and C.

        :raises AccessError: only payroll
        :raises UserError: no calculated W-2 return, a year that is not over, or sentences
            that have to be settled first
        """
        self.ensure_one()
        self.env["medical.core.guard"]._check_caller("core_group_payroll")
        self.check_access("write")
        self._check_givable()
        # sudo: names, addresses and numbers are copied onto the forms of whom they are of
        board = self.sudo()._pen()
        board.env["medical.payroll.w2"].search([("filing_id", "=", board.id)]).unlink()
        forms = board.env["medical.payroll.w2"].create(board._w2_forms())
        self._message_log(
            body=self.env._(
                "Given to employees: %(count)s Forms W-2.", count=len(forms)
            )
        )
        return done(
            self.env,
            self.env._(
                "Forms W-2 for %(year)s given to employees: %(count)s. Each finds it under "
                "My Pay.",
                year=self.year,
                count=len(forms),
            ),
        )

    def _check_givable(self):
        people = self.line_ids.employee_id
        if self.kind != "w2" or self.corrects_id or not people:
            raise UserError(
                self.env._(
                    "Calculate the Forms W-2 of a year first; then give them out."
                )
            )
        if fields.Date.context_today(self) <= self._span()[1]:
            raise UserError(
                self.env._(
                    "%(form)s can be given out once the year is over: until then there "
                    "may be more pay.",
                    form=self.display_name,
                )
            )
        if self.problems:
            raise UserError(
                self.env._(
                    "%(form)s: settle first what is listed under “Before You File”.",
                    form=self.display_name,
                )
            )

    def action_open_w2(self):
        """The forms that were given out."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.payroll_w2_action"
        )
        return action | {"domain": [("filing_id", "=", self.id)]}

    def action_w2_names(self):
        """The names of this return in parts, as they will be printed, to be corrected."""
        self.ensure_one()
        self._check_caller("core_group_payroll")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.payroll_w2_names_action"
        )
        return action | {
            "domain": [("id", "in", self.line_ids.employee_id.ids)],
            "context": {"active_test": False},  # who has left gets a form, too
        }

    def _w2_forms(self):
        """Values of a form for each person of the return."""
        company = self.company_id
        employer = _address_of(company.partner_id, "", company.name)
        values = []
        for employee, lines in self.line_ids.grouped("employee_id").items():
            if not employee:
                continue  # the totals of Form W-3
            amounts = {line.key: line.amount for line in lines}
            number = digits(employee.ssnid or "")
            values.append(
                {
                    "filing_id": self.id,
                    "employee_id": employee.id,
                    "employee_name": employee._w2_name().whole,
                    "address": _address_of(employee, "private_", ""),
                    "ssn_masked": f"XXX-XX-{number[-4:]}" if number else False,
                    "employer": employer,
                    "ein": company.vat,
                    "boxes": [
                        {"key": line.key, "name": line.name, "amount": line.amount}
                        for line in lines
                    ],
                    "wages": amounts.get("1", 0.0),
                    "tax": amounts.get("2", 0.0),
                    "given_at": fields.Datetime.now(),
                    "given_by_id": self.env.uid,
                }
            )
        return values


def _address_of(record, prefix, name):
    city = ", ".join(
        filter(None, [record[f"{prefix}city"], record[f"{prefix}state_id"].code])
    )
    parts = [
        name,
        record[f"{prefix}street"],
        record[f"{prefix}street2"],
        " ".join(filter(None, [city, record[f"{prefix}zip"]])),
    ]
    return "\n".join(filter(None, parts))
