"""Corrective actions: what is done about a finding, by whom, until when, with proof."""

import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ....tools.core.evidencefile import MAX_BYTES, file_type
from ...core.mixins.guard import AllBut

KEEPERS = ("core_group_manager", "core_group_director")


class ComplianceAuditAction(models.Model):
    """Finished with proof: a file, or where the proof is."""

    _name = "medical.compliance.audit.action"
    _description = "Corrective Action"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "date_due, id"

    _transitions = {("todo", "done"): "core_group_staff"}
    _locked_by = ("finding_id",)
    _locked = {"done": AllBut(set())}
    _deletable_in = frozenset({"todo"})
    _born_fields = frozenset({"finding_id"})

    finding_id = fields.Many2one(
        "medical.compliance.audit.finding",
        required=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        related="finding_id.company_id", store=True, index=True
    )
    name = fields.Char("What is done", required=True, tracking=True)
    user_id = fields.Many2one(
        "res.users",
        "Done by",
        required=True,
        index=True,
        tracking=True,
        default=lambda self: self.env.user,
    )
    date_due = fields.Date("Due", required=True, tracking=True)
    proof = fields.Text(help="What was done, and where the proof is.")
    proof_file = fields.Binary(attachment=True, copy=False)
    proof_name = fields.Char(copy=False)
    done_by_id = fields.Many2one(
        "res.users", "Finished by", readonly=True, copy=False, index=True
    )
    done_at = fields.Datetime("Finished", readonly=True, copy=False)
    state = fields.Selection(
        [("todo", "To do"), ("done", "Done")],
        "Status",
        required=True,
        default="todo",
        readonly=True,
        index=True,
        copy=False,
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Only who works on a finding says what is done about it.

        :raises AccessError: somebody else; to name oneself would open the finding
        """
        if not self._is_program() and not self._guard_user_in(KEEPERS):
            # sudo: whose finding it is, asked to refuse
            findings = self.env["medical.compliance.audit.finding"].sudo()
            named = findings.browse(
                vals["finding_id"] for vals in vals_list if vals.get("finding_id")
            )
            foreign = named.filtered(lambda one: one.user_id != self.env.user)
            if foreign:
                raise AccessError(
                    self.env._(
                        "Only the owner of %s or the office manager enters corrective "
                        "actions.",
                        foreign[0].name,
                    )
                )
        return super().create(vals_list)

    def action_done(self):
        """Finish these actions.

        :raises AccessError: neither the person named nor the finding's owner or a manager
        :raises UserError: no proof
        """
        self._check_caller("core_group_staff")
        self.check_access("write")
        for action in self:
            people = action.user_id | action.finding_id.user_id
            if self.env.user not in people and not self._guard_user_in(KEEPERS):
                raise AccessError(
                    self.env._(
                        "“%(action)s” is finished by %(names)s or the office manager.",
                        action=action.name,
                        names=", ".join(people.mapped("name")),
                    )
                )
            if not (action.proof or "").strip() and not action.proof_file:
                raise UserError(
                    self.env._(
                        "“%s” has no proof: attach a file, or write what was done and "
                        "where the proof is.",
                        action.name,
                    )
                )
        self._move_to("done")
        return True

    def _state_values(self, state, reason):
        return {"done_by_id": self.env.uid, "done_at": fields.Datetime.now()}

    def _check_proof_file(self):
        """Refuse a file that is no PDF, picture or office file."""
        for action in self.with_context(bin_size=False).filtered("proof_file"):
            data = base64.b64decode(action.proof_file)
            if len(data) > MAX_BYTES or file_type(data) is None:
                raise ValidationError(
                    self.env._(
                        "“%(file)s” cannot be kept as proof. Use a PDF, a picture (PNG, "
                        "JPEG, WebP) or an office file of at most %(limit)s MB.",
                        file=action.proof_name or action.name,
                        limit=MAX_BYTES // 1024 // 1024,
                    )
                )

    def write(self, vals):
        result = super().write(vals)
        if vals.get("proof_file"):
            self._check_proof_file()
        return result
