"""Read what the old provider paid, for a trial run."""

from odoo import Command, fields, models
from odoo.exceptions import UserError

from ...engine.core.sentences import problem_sentence
from ...models.core.mixins.done import CLOSE, done
from ...tools.payroll.books.payfile import PAY_TEXTS, TRIAL_COLUMNS, read_trial

PREPARE = "core_group_payroll"


class PayrollTrialWizard(models.TransientModel):
    _name = "medical.payroll.trial.wizard"
    _inherit = "medical.core.file.wizard"
    _description = "Import the Old Provider's Figures"

    trial_id = fields.Many2one(
        "medical.payroll.trial", required=True, ondelete="cascade"
    )
    file = fields.Binary("File (CSV)")

    def action_import(self):
        """Write the figures beside ours, all of them or none.

        :raises UserError: something is wrong; the message lists it
        """
        self._check()
        table, errors = read_trial(self._data())
        problems = [
            (one.row, problem_sentence(self.env, one, PAY_TEXTS)) for one in errors
        ]
        people = self.env["hr.employee"].search(
            [
                ("company_id", "=", self.trial_id.company_id.id),
                ("work_email", "!=", False),
            ]
        )
        by_email = {person.work_email.casefold(): person for person in people}
        lines = {line.employee_id: line for line in self.trial_id.line_ids}
        commands = []
        for row in table.rows:
            person = by_email.get(row.values["email"].casefold())
            if not person:
                problems.append(
                    (
                        row.number,
                        self.env._(
                            "Row %(row)s, Work email: nobody here has “%(email)s”. "
                            "Correct it, or remove the row.",
                            row=row.number,
                            email=row.values["email"],
                        ),
                    )
                )
                continue
            values = self.env["medical.payroll.trial.line"]._paid(row.values)
            commands.append(
                Command.update(lines[person].id, values)
                if person in lines
                else Command.create({"employee_id": person.id, **values})
            )
        if problems:
            raise UserError(self._listed([text for _row, text in sorted(problems)]))
        self.trial_id.write({"line_ids": commands})
        return done(
            self.env,
            self.env._(
                "Employees with figures of the old provider: %s.", len(commands)
            ),
            then=CLOSE,
        )

    def action_template(self):
        """Download an empty file with the columns that are understood."""
        self._check()
        return self._download("old-provider.csv", TRIAL_COLUMNS)

    def _check(self):
        self.env["medical.core.guard"]._check_caller(PREPARE)
        self.ensure_one()
        self.trial_id.check_access("write")
