"""Import a carrier's bill: a dry run first, then everything or nothing."""

from odoo import fields, models
from odoo.exceptions import UserError

from ...engine.core.sentences import problem_sentence
from ...models.core.mixins.done import CLOSE, done
from ...tools.csvproblems import TEXTS
from ...tools.money import money
from ...tools.people.benefit.carrierbill import COLUMNS, Part, compare, read_bill


class PeopleCarrierWizard(models.TransientModel):
    _name = "medical.people.carrier.wizard"
    _inherit = "medical.core.file.wizard"
    _description = "Import a Carrier Bill"

    bill_id = fields.Many2one(
        "medical.people.carrier.bill", required=True, ondelete="cascade"
    )
    file = fields.Binary("File (CSV)")
    checked = fields.Boolean(readonly=True)
    problems = fields.Text(readonly=True)
    row_count = fields.Integer("Rows", readonly=True)
    difference_count = fields.Integer("Differences", readonly=True)

    def action_check(self):
        """Dry run: say what would be written and what is wrong; nothing is changed."""
        self.check_access("write")
        parts, problems = self._plan()
        found = [] if problems else compare(parts, self.bill_id._enrolled_parts())
        self.write(
            {
                "checked": True,
                "problems": self._listed(problems),
                "row_count": len(parts),
                "difference_count": sum(one.what != "same" for one in found),
            }
        )
        return self._again(self.env._("Import a Carrier Bill"))

    def action_import(self):
        """Put the rows on the bill.

        :raises UserError: something is wrong; the message lists everything
        """
        self.check_access("write")
        parts, problems = self._plan()
        if problems:
            raise UserError(self._listed(problems))
        self.bill_id._take(parts)
        return done(
            self.env,
            self.env._("Rows put on the bill: %s.", len(parts)),
            then=CLOSE,
        )

    def action_template(self):
        """Download an empty file with the columns that are understood."""
        self.check_access("write")
        return self._download("carrier-bill.csv", COLUMNS)

    def _plan(self):
        """(parts of the bill, sentences about bad rows) of the file."""
        bill = self.bill_id
        table = read_bill(self._data())
        problems = [(p.row, problem_sentence(self.env, p, TEXTS)) for p in table.errors]
        people = self._by_name(
            self.env["hr.employee"]
            .with_context(active_test=False)
            .search([("company_id", "=", bill.company_id.id)])
        )
        plans = self._by_name(bill._plans())
        parts = []
        for row in table.rows:
            person = self._one(people, row, "person", problems)
            plan = self._one(plans, row, "plan", problems)
            if person and plan:
                amount = money(str(row.values["premium"]))
                parts.append(Part(person.id, plan.id, amount))
        return parts, [text for _row, text in sorted(problems)]

    def _by_name(self, records):
        """{name in lower case: records that bear it}."""
        return records.grouped(lambda record: (record.name or "").casefold())

    def _one(self, by_name, row, key, problems):
        """The one record of a row's name; else a sentence is added to the problems.

        Carriers write people as “Last, First”, too.
        """
        name = str(row.values[key])
        last, comma, first = name.partition(",")
        turned = f"{first.strip()} {last.strip()}" if comma else name
        found = by_name.get(name.casefold()) or by_name.get(turned.casefold())
        if found and len(found) == 1:
            return found
        _ = self.env._
        title = next(column.title for column in COLUMNS if column.key == key)
        words = {"row": row.number, "title": title, "name": name}
        if found:
            text = _(
                "Row %(row)s, %(title)s: “%(name)s” is the name of several. Rename one "
                "of them here, and in the file.",
                **words,
            )
        elif key == "plan":
            text = _(
                "Row %(row)s, %(title)s: “%(name)s” is no plan that is paid to this "
                "carrier. Correct the name, or set “Paid to” on the plan.",
                **words,
            )
        else:
            text = _(
                "Row %(row)s, %(title)s: nobody is called “%(name)s”. Write the name as "
                "it stands on the employee.",
                **words,
            )
        problems.append((row.number, text))
        return None
