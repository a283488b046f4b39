"""Import opening balances: a dry run first, then everything or nothing."""

from odoo import Command, fields, models
from odoo.exceptions import UserError

from ...engine.core.sentences import problem_sentence
from ...models.core.mixins.done import CLOSE, done
from ...tools.payroll.books.opening import WHATS
from ...tools.payroll.books.openingfile import COLUMNS, OPENING_TEXTS, read_opening


class PayrollOpeningWizard(models.TransientModel):
    _name = "medical.payroll.opening.balance.wizard"
    _inherit = "medical.core.file.wizard"
    _description = "Import Opening Balances"

    opening_id = fields.Many2one(
        "medical.payroll.opening.balance", required=True, ondelete="cascade"
    )
    file = fields.Binary("File (CSV)")
    replace = fields.Boolean("Replace the figures already entered", default=True)
    checked = fields.Boolean(readonly=True)
    problems = fields.Text(readonly=True)
    row_count = fields.Integer("Figures", readonly=True)
    people_count = fields.Integer("Employees", readonly=True)

    def action_check(self):
        """Dry run: say what would be written and what is wrong; nothing is changed."""
        self.check_access("write")
        values, problems = self._plan()
        self.write(
            {
                "checked": True,
                "problems": self._listed(problems),
                "row_count": len(values),
                "people_count": len({row["employee_id"] for row in values}),
            }
        )
        return self._again(self.env._("Import Opening Balances"))

    def action_import(self):
        """Write the figures into the draft.

        :raises UserError: something is wrong; the message lists everything
        """
        self.check_access("write")
        values, problems = self._plan()
        if problems:
            raise UserError(self._listed(problems))
        opening = self.opening_id
        gone = [Command.clear()] if self.replace else []
        opening.write({"line_ids": [*gone, *map(Command.create, values)]})
        return done(
            self.env,
            self.env._("Figures imported: %s.", len(values)),
            then=CLOSE,
        )

    def action_template(self):
        """Download an empty file with the columns that are understood."""
        self.check_access("write")
        return self._download("opening-balances.csv", COLUMNS)

    # ------------------------------------------------------------------ dry run

    def _plan(self):
        """(values of the lines, sentences about bad rows) of the file.

        People, plans, orders and states are looked up for all rows at once.
        """
        year = self.opening_id.date_start.year
        rows, errors = read_opening(self._data(), year)
        problems = [
            (p.row, problem_sentence(self.env, p, OPENING_TEXTS)) for p in errors
        ]
        people = self._people(rows)
        named = self._named(people.values())
        states = {
            state.code: state.id
            for state in self.env["res.country.state"].search(
                [("country_id.code", "=", "US")]
            )
        }
        values = []
        for row in rows:
            try:
                values.append(self._line_values(row, people, named, states))
            except LookupError as error:
                problems.append((row.row, error.args[0]))
        return values, [text for _row, text in sorted(problems)]

    def _people(self, rows):
        """{name or badge in lower case: employees who bear it}."""
        found = {}
        wanted = {row.person.casefold() for row in rows}
        everyone = (
            self.env["hr.employee"]
            .with_context(active_test=False)
            .search([("company_id", "=", self.opening_id.company_id.id)])
        )
        for person in everyone:
            for name in filter(None, (person.name, person.barcode)):
                if name.casefold() in wanted:
                    before = found.get(name.casefold(), everyone.browse())
                    found[name.casefold()] = before | person
        return found

    def _named(self, people):
        """{(employee id, name in lower case): election or order}, the latest of each."""
        ids = [person.id for found in people for person in found]
        own = [("employee_id", "in", ids)]
        found = {}
        for field in ("enrollment_id", "garnishment_id"):
            records = self.env[
                self.env["medical.payroll.opening.balance.line"][field]._name
            ]
            for record in records.search(own, order="date_from, id"):
                name = record.display_name.casefold()
                found[field, record.employee_id.id, name] = record.id
        return found

    def _line_values(self, row, people, named, states):
        """
        :raises LookupError: a name is unknown; the message names row and remedy
        """
        _, place = self.env._, {"row": row.row}
        found = people.get(row.person.casefold())
        if not found:
            raise LookupError(
                _(
                    "Row %(row)s, Employee: no employee is called “%(name)s”. Enter "
                    "the name or badge as on the employee's form.",
                    name=row.person,
                    **place,
                )
            )
        if len(found) > 1:
            raise LookupError(
                _(
                    "Row %(row)s, Employee: %(count)s employees are called "
                    "“%(name)s”. Enter the badge instead.",
                    count=len(found),
                    name=row.person,
                    **place,
                )
            )
        values = {
            "employee_id": found.id,
            "sequence": row.row,
            "date_pay": row.day,
            "what": row.what,
            "amount": float(row.amount),
            "wages": float(row.wages),
            "taxed_wages": float(row.taxed),
            "hours": float(row.hours),
        }
        return values | self._of_values(row, found, named, states)

    def _of_values(self, row, person, named, states):
        """State, tax, plan or order of a row. :raises LookupError: see above"""
        _, of = self.env._, WHATS[row.what].of
        if of == "state":
            if row.of not in states:
                raise LookupError(
                    _(
                        (
                            "Row %(row)s, Of: “%(of)s” is not a state. Enter two "
                            "letters (WI)."
                        ),
                        row=row.row,
                        of=row.of,
                    )
                )
            return {"state_id": states[row.of]}
        if of == "tax":
            if not row.of:
                raise LookupError(
                    _("Row %s, Of: enter the tax code (CA_SDI).", row.row)
                )
            return {"tax_code": row.of}
        if of in ("plan", "order"):
            field = "enrollment_id" if of == "plan" else "garnishment_id"
            record = named.get((field, person.id, row.plan.casefold()))
            if not record:
                raise LookupError(
                    _(
                        "Row %(row)s, Plan or order: %(who)s has no “%(name)s”. Enter it "
                        "under Deductions (or Garnishments) first, ended if it no longer "
                        "runs.",
                        row=row.row,
                        who=person.name,
                        name=row.plan,
                    )
                )
            return {field: record}
        return {}
