"""A text that people must be able to rely on: policy, job description, letter."""

from odoo import api, fields, models
from odoo.exceptions import UserError

WRITERS = ("core_group_hr", "core_group_manager")


class CoreText(models.Model):
    """The text as a whole; what it says is in its versions, one of them in force.

    A domain adds its kinds of text and says who has to acknowledge them
    (``_readers``).
    """

    _name = "medical.core.text"
    _description = "Policy or Text"
    _inherit = ["mail.thread", "medical.core.shared", "medical.core.guard"]
    _shared_birth = True
    _order = "kind, name, id"

    name = fields.Char(required=True, translate=True, tracking=True)
    kind = fields.Selection(
        [
            ("policy", "Policy"),
            ("job_description", "Job description"),
            ("letter", "Letter"),
        ],
        required=True,
        default="policy",
    )
    active = fields.Boolean(default=True)
    owner_id = fields.Many2one(
        "res.users", required=True, default=lambda self: self.env.user, tracking=True
    )
    company_id = fields.Many2one(
        "res.company", default=lambda self: self.env.company, index=True
    )
    must_acknowledge = fields.Boolean(
        help="Everyone it applies to confirms having read each new version."
    )
    group_ids = fields.Many2many(
        "res.groups",
        string="Applies to",
        domain=lambda self: self._role_domain(),
        help="Roles that have to acknowledge it. Empty: everyone.",
    )
    version_ids = fields.One2many("medical.core.text.version", "text_id")
    current_id = fields.Many2one(
        "medical.core.text.version", "In force", readonly=True, copy=False
    )
    body = fields.Html(related="current_id.body", string="Text in force")
    missing_count = fields.Integer(
        "Not yet acknowledged", compute="_compute_missing_count", aggregator="sum"
    )

    @api.model
    def _role_domain(self):
        privilege = self.env.ref(
            "medical_office.core_privilege", raise_if_not_found=False
        )
        return [("privilege_id", "=", privilege.id)] if privilege else []

    def _compute_missing_count(self):
        for text in self:
            text.missing_count = len(text._missing_readers())

    def _readers(self):
        """Users who have to acknowledge the text. Hook.

        :return: active internal users of the text's company in one of its roles
        """
        self.ensure_one()
        domain = [("share", "=", False)]
        if self.group_ids:
            domain.append(("all_group_ids", "in", self.group_ids.ids))
        else:
            staff = self.env.ref("medical_office.core_group_staff")
            domain.append(("all_group_ids", "in", staff.ids))
        if self.company_id:
            domain.append(("company_ids", "in", self.company_id.ids))
        return self.env["res.users"].search(domain)

    def _missing_readers(self):
        """Readers who have not acknowledged the version in force."""
        self.ensure_one()
        if not self.must_acknowledge or not self.current_id:
            return self.env["res.users"]
        # sudo: who is missing is counted, whoever may see each acknowledgment
        done = self.current_id.sudo().acknowledgment_ids.user_id
        return self._readers() - done

    def action_new_version(self):
        """Start the next version from the text in force."""
        self._check_caller(*WRITERS)
        self.ensure_one()
        open_versions = self.version_ids.filtered(
            lambda version: version.state in ("draft", "submitted")
        )
        if open_versions:
            raise UserError(
                self.env._(
                    (
                        "“%(text)s” already has version %(number)s in progress. "
                        "Finish that one first."
                    ),
                    text=self.name,
                    number=open_versions[0].number,
                )
            )
        version = self.env["medical.core.text.version"].create(
            {"text_id": self.id, "body": self.current_id.body or False}
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": version._name,
            "res_id": version.id,
            "views": [(False, "form")],
        }
