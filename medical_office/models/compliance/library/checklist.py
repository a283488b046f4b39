"""Audit libraries: checklists of type audit, dated, cited and versioned."""

from odoo import api, fields, models
from odoo.exceptions import UserError

PROGRAMS = [
    ("hipaa_security", "HIPAA Security"),
    ("hipaa_privacy", "HIPAA Privacy"),
    ("hipaa_breach", "HIPAA Breach Notification"),
    ("osha", "OSHA"),
    ("clia", "CLIA"),
    ("oig", "Compliance program (OIG)"),
    ("dea", "Controlled substances"),
    ("labor", "Form I-9 and wages"),
    ("vaccine", "Vaccines"),
    ("other", "Other"),
]


class CoreChecklist(models.Model):
    _inherit = "medical.core.checklist"

    kind = fields.Selection(
        selection_add=[("audit", "Audit")], ondelete={"audit": "set default"}
    )
    library_code = fields.Char(
        "Library code",
        copy=False,
        help="Tells the library from others, also in the next file.",
    )
    program = fields.Selection(PROGRAMS, "Audit program")
    edition = fields.Char(help="The edition of the rule that the items follow.")
    valid_from = fields.Date(help="The day from which this edition of the rule holds.")
    source = fields.Text(help="Where the items come from.")
    checked_on = fields.Date(
        "Compared with the rule on",
        help="Items whose citation nobody could read are marked one by one.",
    )
    unchecked_count = fields.Integer(
        "Citations to check", compute="_compute_unchecked_count"
    )

    _library_once = models.UniqueIndex(
        "(library_code, COALESCE(company_id, 0)) WHERE library_code IS NOT NULL",
        "There is a library with this code already.",
    )

    @api.depends("item_ids.is_checked", "kind")
    def _compute_unchecked_count(self):
        counts = dict(
            self.env["medical.core.checklist.item"]._read_group(
                [
                    ("checklist_id", "in", self.ids),
                    ("checklist_id.kind", "=", "audit"),
                    ("is_checked", "=", False),
                ],
                ["checklist_id"],
                ["__count"],
            )
        )
        for checklist in self:
            checklist.unchecked_count = counts.get(checklist._origin, 0)

    @api.constrains("kind", "program")
    def _check_program(self):
        for library in self.filtered(lambda one: one.kind == "audit"):
            if not library.program:
                raise UserError(
                    self.env._(
                        "“%s” is an audit library: choose its audit program.",
                        library.name,
                    )
                )

    def action_open_audits(self):
        """Open the audits that were made with these libraries."""
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "medical_office.compliance_audit_action"
        )
        return action | {
            "domain": [("is_audit", "=", True), ("checklist_id", "in", self.ids)],
            "context": {},
            "path": False,
        }

    def action_import_library(self):
        """Open the dialog that reads a file or the shipped items into this library."""
        self.env["medical.core.guard"]._check_caller("core_group_manager")
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "medical_office.compliance_library_wizard_action"
        )
        return action | {
            "context": {
                "default_checklist_id": self.id,
                "dialog_size": "extra-large",
            }
        }
