"""Reads an audit library: first a dry run that names each bad cell, then all or none."""

import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...engine.core.sentences import problem_sentences
from ...models.compliance.library.checklist import PROGRAMS
from ...tools.compliance.libraryfile import (
    TEXTS,
    columns,
    read_library,
    shipped,
    shipped_file,
)
from ...tools.core.digest import sha256

SHOWN = 200  # codes named
EXAMPLE = [
    "OWN-1", "Front desk", "Is the sign-in sheet free of reasons for the visit?",
    "45 CFR 164.530(c)", "required", 2, "medium", "pass_fail",
    "Look at the sheet of today.", "", 365, "no",
]  # fmt: skip


class ComplianceLibraryWizard(models.TransientModel):
    """A library of the practice's own, or the shipped items of a newer product."""

    _name = "medical.compliance.library.wizard"
    _inherit = "medical.core.file.wizard"
    _description = "Import an Audit Library"

    origin = fields.Selection(
        [("file", "A file"), ("shipped", "The items that come with the program")],
        "Read from",
        required=True,
        default="file",
    )
    shipped_code = fields.Selection(
        selection="_shipped_libraries", string="Shipped library"
    )
    checklist_id = fields.Many2one(
        "medical.core.checklist",
        "Library",
        domain="[('kind', '=', 'audit')]",
        help="The library that gets the items as its next version. Empty: a new one.",
    )
    file = fields.Binary("CSV file")
    name = fields.Char("Name of the new library")
    program = fields.Selection(PROGRAMS, "Audit program", default="other")
    edition = fields.Char(help="Of the rule that the items follow.")
    valid_from = fields.Date(default=fields.Date.context_today)
    source = fields.Text(help="Where the items come from.")
    company_id = fields.Many2one(
        "res.company", default=lambda self: self.env.company, required=True
    )
    state = fields.Selection(
        [("choose", "Choose"), ("checked", "Checked")], default="choose"
    )
    new_count = fields.Integer("New", readonly=True)
    changed_count = fields.Integer("Changed", readonly=True)
    removed_count = fields.Integer("Removed", readonly=True)
    same_count = fields.Integer("Same", readonly=True)
    names = fields.Text("What changes", readonly=True)
    ignored = fields.Char("Unknown columns", readonly=True)
    problem_count = fields.Integer(readonly=True)
    problem_ids = fields.One2many(
        "medical.compliance.library.problem", "wizard_id", readonly=True
    )

    @api.model
    def _shipped_libraries(self):
        return [(one["code"], one["name"]) for one in shipped()]

    @api.onchange("checklist_id")
    def _onchange_checklist_id(self):
        codes = [code for code, _name in self._shipped_libraries()]
        if self.checklist_id.library_code in codes:
            self.shipped_code = self.checklist_id.library_code

    def action_check(self):
        """Dry run: say what would change and what is wrong; nothing is changed."""
        self.ensure_one()
        self.env["medical.core.guard"]._check_caller("core_group_manager")
        items, problems, table = self._read()
        difference = self._library()._item_difference(items)
        self._listed(
            problem_sentences(self.env, problems, TEXTS)
        )  # all of them, as a file
        self.problem_ids.unlink()
        parts = (
            (self.env._("New: %s"), difference.new),
            (self.env._("Changed: %s"), difference.changed),
            (self.env._("Removed: %s"), difference.removed),
        )
        self.write(
            {
                "state": "checked",
                "new_count": len(difference.new),
                "changed_count": len(difference.changed),
                "removed_count": len(difference.removed),
                "same_count": len(difference.same),
                "names": "\n".join(
                    text % ", ".join(codes[:SHOWN]) for text, codes in parts if codes
                ),
                "ignored": ", ".join(table.ignored),
                "problem_count": len(problems),
                "problem_ids": self._problem_rows(problems, TEXTS),
            }
        )
        return self._again(
            self.env._("Import an Audit Library"), dialog_size="extra-large"
        )

    def action_import(self):
        """Bring the library to these items, all or none.

        :raises AccessError: the user is not the office manager
        :raises UserError: something is wrong; the message names the first bad cells
        """
        self.ensure_one()
        self.env["medical.core.guard"]._check_caller("core_group_manager")
        items, problems, _table = self._read()
        if problems:
            raise UserError(self._listed(problem_sentences(self.env, problems, TEXTS)))
        if not items:
            raise UserError(self.env._("The file has no items."))
        library = self._library() or self._make_library()
        difference = library._write_items(items)
        library.write(self._head(library))
        library._message_log(
            body=self.env._(
                "Items read from %(what)s (SHA-256 %(digest)s): new %(new)s, changed "
                "%(changed)s, removed %(removed)s.",
                what=self.file_name or self.shipped_code or "",
                digest=sha256(base64.b64encode(self._content()).decode())[:16],
                new=len(difference.new),
                changed=len(difference.changed),
                removed=len(difference.removed),
            )
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": library._name,
            "res_id": library.id,
            "views": [
                (
                    self.env.ref("medical_office.compliance_library_view_form").id,
                    "form",
                )
            ],
        }

    def action_template(self):
        """Download an empty list with the columns that are understood."""
        self.env["medical.core.guard"]._check_caller("core_group_manager")
        return self._download("audit-library.csv", columns(), [EXAMPLE])

    # ------------------------------------------------------------------- reading

    def _content(self):
        if self.origin == "file":
            return self._data()
        if not self.shipped_code:
            raise UserError(self.env._("Choose the shipped library."))
        return shipped_file(self.shipped_code)

    def _read(self):
        codes = self.env["medical.core.checklist"]._measure_codes()
        return read_library(self._content(), codes)

    def _library(self):
        """The library that gets the items, checked for writing; or none."""
        library = self.checklist_id
        if library and library.kind != "audit":
            raise UserError(
                self.env._("“%s” is not an audit library: choose one.", library.name)
            )
        library.check_access("write")
        return library

    def _make_library(self):
        if not (self.name or "").strip():
            raise UserError(
                self.env._("Choose a library, or enter the name of a new one.")
            )
        return self.env["medical.core.checklist"].create(
            {
                "name": self.name.strip(),
                "kind": "audit",
                "program": self.program or "other",
                "company_id": self.company_id.id,
            }
        )

    def _head(self, library):
        """Values of the library's own row that the dialog or the shipped row give."""
        if self.origin == "shipped":
            row = next(one for one in shipped() if one["code"] == self.shipped_code)
            return library._library_head(row)
        given = {
            "edition": self.edition,
            "valid_from": self.valid_from,
            "source": self.source or self.file_name,
        }
        return {name: value for name, value in given.items() if value}


class ComplianceLibraryProblem(models.TransientModel):
    _name = "medical.compliance.library.problem"
    _inherit = "medical.core.file.problem"
    _description = "Problem in an Audit Library"

    wizard_id = fields.Many2one(
        "medical.compliance.library.wizard",
        required=True,
        ondelete="cascade",
        index=True,
    )
