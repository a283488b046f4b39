"""The retention register: how long which records are kept, by which rule, and how they go."""

from odoo import api, fields, models
from odoo.exceptions import UserError

KEEPERS = ("compliance_group_officer", "core_group_manager")
# the purge lists there are, each with its approval and its proof
PURGES = {
    "people": "medical_office.people_purge_action",
    "applicant": "medical_office.people_applicant_purge_action",
}


class ComplianceRetention(models.Model):
    """A class of records; what it counts, it counts for the company one works in."""

    _name = "medical.compliance.retention"
    _description = "Retention Rule"
    _inherit = ["mail.thread", "medical.core.shared", "medical.core.guard"]
    _shared_birth = True
    _order = "sequence, name, id"

    _editors = {"*": KEEPERS}
    _born_fields = frozenset({"code"})
    _deletable_in = frozenset()

    name = fields.Char("Records", required=True, translate=True)
    code = fields.Char(help="By which the records of this class are counted.")
    sequence = fields.Integer(default=100, aggregator=None)
    active = fields.Boolean(default=True)
    rule = fields.Char(
        "Kept for", required=True, translate=True, help="Such as 3 years."
    )
    starts = fields.Char("Counted from", translate=True)
    citation = fields.Char(help="The law or the policy.")
    is_checked = fields.Boolean(
        "Checked at its source", help="Off: nobody has read the rule that is cited."
    )
    date_from = fields.Date("Rule from", default="2000-01-01", required=True)
    source = fields.Char(help="Where the rule was read.")
    held = fields.Char(
        "Where they are", translate=True, help="In which list here, or on paper."
    )
    purge = fields.Selection(
        [
            ("people", "Purge lists of the personnel files"),
            ("applicant", "Purge lists of applicants"),
            ("none", "Nothing is deleted here"),
            ("outside", "Outside of this program"),
        ],
        "How they go",
        required=True,
        default="none",
    )
    note = fields.Text()
    due_count = fields.Integer("May go", compute="_compute_due", aggregator=None)
    next_due = fields.Date("Next may go on", compute="_compute_due")

    _code_once = models.UniqueIndex(
        "(code) WHERE code IS NOT NULL", "This code is in the register already."
    )

    @api.depends_context("allowed_company_ids", "uid")
    def _compute_due(self):
        found = self._due(self.env.company)
        for one in self:
            one.due_count, one.next_due = found.get(one.code, (0, False))

    def action_purges(self):
        """Open the purge lists by which these records go, with approval and proof.

        :raises UserError: there is none for this class
        """
        self.ensure_one()
        self.check_access("read")
        if self.purge not in PURGES:
            raise UserError(
                self.env._(
                    "%s: nothing here deletes these records. What may go is listed; "
                    "they stay.",
                    self.name,
                )
            )
        return self.env["ir.actions.act_window"]._for_xml_id(PURGES[self.purge])
