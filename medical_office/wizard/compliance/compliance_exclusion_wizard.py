"""Imports an exclusion list: a dry run first, then the whole file or nothing."""

import base64
import tempfile
from contextlib import contextmanager
from pathlib import Path

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ...engine.compliance.exclusion_list import copy_list, drop_known, look
from ...models.compliance.exclusion.list import SOURCES
from ...tools.compliance.exclusionfile import ListError

KEEPERS = ("core_group_hr", "core_group_manager")


class ComplianceExclusionWizard(models.TransientModel):
    _name = "medical.compliance.exclusion.wizard"
    _inherit = "medical.core.file.wizard"
    _description = "Import an Exclusion List"

    kind = fields.Selection(
        [
            ("whole", "The whole list (replaces the one in force)"),
            ("supplement", "A supplement (adds to it)"),
        ],
        default="whole",
        required=True,
    )
    date_list = fields.Date(
        "List of",
        required=True,
        default=fields.Date.context_today,
        help="The day it was published.",
    )
    state = fields.Selection(
        [("choose", "Choose"), ("checked", "Checked")], default="choose"
    )
    source = fields.Selection(SOURCES, readonly=True)
    row_count = fields.Integer("Lines", readonly=True)
    last_count = fields.Integer("Lines of the list in force", readonly=True)
    digest = fields.Char("SHA-256", readonly=True)
    problem = fields.Text(readonly=True)
    question = fields.Text(readonly=True)
    is_sure = fields.Boolean(
        "Import it all the same", help="You have made sure that the file is complete."
    )

    @api.constrains("date_list")
    def _check_date_list(self):
        # one of a day to come would never be found too old
        if any(one.date_list > self.env.company._medical_today() for one in self):
            raise ValidationError(
                self.env._(
                    "“List of” is a day to come. Enter the day on which the list was "
                    "published; it stands on the page of the download."
                )
            )

    def action_check(self):
        """Dry run: say what the file is and what is wrong; nothing is changed."""
        self.ensure_one()
        self.env["medical.core.guard"]._check_caller(*KEEPERS)
        values = {"state": "checked", "problem": False, "question": False}
        with self._as_path() as path:
            try:
                found = look(path)
            except ListError as error:
                values |= {"problem": str(error), "source": False, "row_count": 0}
            else:
                before = self._before(found.source)
                values |= {
                    "source": found.source,
                    "row_count": found.rows,
                    "last_count": before.row_count,
                    "digest": found.digest,
                    "question": self._question(found.rows, before),
                }
        self.write(values)
        return self._again(self.env._("Import an Exclusion List"))

    def action_import(self):
        """Put the file in force and screen everybody against it; all or nothing.

        :raises UserError: the file cannot be used (the line and the remedy), or is so
            small that somebody has to say that it is whole
        """
        self.ensure_one()
        self.env["medical.core.guard"]._check_caller(*KEEPERS)
        with self._as_path() as path:
            try:
                with self.env.cr.savepoint():
                    self._import(path)
            except ListError as error:
                raise UserError(str(error)) from None
        screenings = self.env["medical.compliance.exclusion.screening"]
        # sudo: everybody is screened by the program, whoever brings the list
        screenings.sudo()._screen_company(screenings.sudo()._practices())
        return self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.compliance_exclusion_match_action"
        )

    # ------------------------------------------------------------------- the steps

    def _import(self, path):
        found = look(path)
        before = self._before(found.source)
        question = self._question(found.rows, before)
        is_empty = self.kind == "whole" and not found.rows
        if question and (is_empty or not self.is_sure):
            raise UserError(question)
        # sudo: lists are written by the program alone
        lists = self.env["medical.compliance.exclusion.list"].sudo()._pen()
        others = lists.search(
            [("source", "=", found.source), ("state", "=", "in_force")]
        )
        if self.kind == "whole" and others:
            others.write({"state": "replaced", "replaced_at": fields.Datetime.now()})
            others.flush_recordset()
        made = lists.create(
            {
                "source": found.source,
                "kind": self.kind,
                "date_list": self.date_list,
                "file_name": self.file_name,
                "digest": found.digest,
                "row_count": found.rows,
                "imported_by_id": self.env.uid,
            }
        )
        made.flush_recordset()
        copy_list(self.env, path, made.id)
        if self.kind == "supplement":
            made.row_count -= drop_known(self.env, made.id, others.ids)
        else:
            self._drop_lines(others)
        self.env["medical.compliance.exclusion.line"].invalidate_model()

    def _drop_lines(self, lists):
        """The lines of what was replaced; that it was in force, and its hash, stay."""
        if lists:
            self.env.cr.execute(
                "DELETE FROM medical_compliance_exclusion_line WHERE list_id IN %s",
                [tuple(lists.ids)],
            )

    def _before(self, source):
        """The whole list in force, which a new one would replace."""
        lists = self.env["medical.compliance.exclusion.list"]._in_force()
        return lists.filtered(lambda one: one.source == source and one.kind == "whole")

    def _question(self, rows, before):
        """What somebody has to answer before the file is taken, or False."""
        if self.kind == "whole":
            if not rows:
                return self.env._(
                    "The file has a header but no line. A whole list is never empty: "
                    "download it again, or import it as a supplement."
                )
            if before and self.date_list < before.date_list:
                return self.env._(
                    "This list is of %(day)s, the one in force of %(before)s. An older "
                    "list would replace a newer one. If you have made sure, check "
                    "“Import it all the same”.",
                    day=format_date(self.env, self.date_list),
                    before=format_date(self.env, before.date_list),
                )
            if before and rows * 2 < before.row_count:
                return self.env._(
                    "The file has %(rows)s lines, less than half of the %(before)s in "
                    "force. Is it whole? If you have made sure, check “Import it all "
                    "the same”.",
                    rows=rows,
                    before=before.row_count,
                )
        elif not before:
            return self.env._(
                "There is no whole list yet that this supplement could add to. Import "
                "the whole list first, or check “Import it all the same”."
            )
        elif rows * 2 > before.row_count:
            return self.env._(
                "The file has %(rows)s lines, more than half of the %(before)s in force: "
                "it may be the whole list. Import it as the whole list, or check “Import "
                "it all the same”.",
                rows=rows,
                before=before.row_count,
            )
        return False

    @contextmanager
    def _as_path(self):
        """The file on disk, so that it is read line by line."""
        if not self.file:
            raise UserError(self.env._("Choose a file first."))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "list.csv"
            path.write_bytes(base64.b64decode(self.file))
            yield path
