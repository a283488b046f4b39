"""What dialogs that read a file have in common: the file, an empty one, the next look."""

import base64

from odoo import Command, fields, models
from odoo.exceptions import UserError

from ...engine.core.sentences import language, sentence
from ...models.core.mixins.done import CLOSE, done
from ...models.core.mixins.listing import shown
from ...tools.csvsafe import write_table

MOST_PROBLEMS = 20  # sentences shown at once; all of them come as a file
MOST_ROWS = 200  # problems as lines; a file with more is wrong from the ground up


class CoreFileWizard(models.AbstractModel):
    """A dry run first (*Check*), then everything or nothing."""

    _name = "medical.core.file.wizard"
    _description = "Dialog That Reads a File"
    _inherit = ["medical.core.wizard"]

    file = fields.Binary(attachment=False)
    file_name = fields.Char()
    problem_file = fields.Binary("All of Them", attachment=False, readonly=True)
    problem_file_name = fields.Char(readonly=True)

    def _listed(self, problems):
        """The first sentences of what is wrong; the dry run keeps all of them as a file.

        :param problems: list of sentences
        :return: text for the dialog or an error message, or False if nothing is wrong
        """
        if len(problems) <= MOST_PROBLEMS:
            self.write({"problem_file": False, "problem_file_name": False})
            return "\n".join(problems) or False
        content = write_table(
            [self.env._("What is wrong")], [[one] for one in problems]
        )
        self.write(
            {
                "problem_file": base64.b64encode(content),
                "problem_file_name": "problems.csv",
            }
        )
        *first, more = shown(self.env, problems, MOST_PROBLEMS)
        where = self.env._("Test the file: the list of all of them can be downloaded.")
        return "\n".join([*first, f"{more}. {where}"])

    def _problem_rows(self, problems, texts):
        """Commands for lines of ``medical.core.file.problem``, the first MOST_ROWS.

        :param problems: ``tools.csvproblems.Problem``
        :param texts: code -> (what is wrong, what to do)
        """
        lang = language(self.env)
        return [
            Command.create(
                {
                    "row": problem.row,
                    "column": problem.field,
                    "what": sentence(lang, what, problem.values),
                    "remedy": sentence(lang, remedy, problem.values),
                }
            )
            for problem in sorted(problems, key=lambda one: one.row)[:MOST_ROWS]
            for what, remedy in [texts[problem.code]]
        ]

    def _data(self):
        """The file's bytes.

        :raises UserError: none is chosen, or it did not arrive whole
        """
        self.ensure_one()
        if not self.file:
            raise UserError(self.env._("Choose a file first."))
        try:
            return base64.b64decode(self.file)
        except ValueError:
            raise UserError(
                self.env._("The file did not arrive whole: choose it again.")
            ) from None

    def _download(self, name, columns, rows=()):
        """Hand out an empty file with the columns that are understood.

        :param name: of the file, with its ending
        :param columns: ``tools.csvsafe.Column``
        :param rows: examples, as lists of cells
        :return: the action that downloads it
        """
        self.ensure_one()
        content = write_table([column.title for column in columns], rows)
        self.write({"file": base64.b64encode(content), "file_name": name})
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file/{name}?download=true",
            "target": "self",
        }

    def _afterwards(self, xml_id, count, **more):
        """Say that it is done, and show what was read: by closing, where the dialog was
        opened from that list (else the list would stand above itself in the trail).

        :param xml_id: of the action that shows it
        :param count: how many were read
        :param more: what the action has of its own, as a domain
        """
        action = self.env["ir.actions.act_window"]._for_xml_id(xml_id) | more
        is_there = self.env.context.get("active_model") == action["res_model"]
        return done(
            self.env,
            self.env._("Imported: %s.", count),
            then=CLOSE if is_there else action,
        )

    def _again(self, title, **context):
        """The action that shows this dialog anew, with what the dry run found; it still
        knows from where it was opened."""
        opened_from = self.env.context.get("active_model")
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "context": {"active_model": opened_from, **context},
        }


class CoreFileProblem(models.AbstractModel):
    """A bad cell as a line of a dialog; the dialog names itself as ``wizard_id``."""

    _name = "medical.core.file.problem"
    _description = "Problem in a File"
    _inherit = ["medical.core.wizard"]
    _order = "row, id"

    row = fields.Integer()
    column = fields.Char()
    what = fields.Char("What is wrong")
    remedy = fields.Char("What to do")
