"""One wording of a controlled text; once approved it is never changed."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import is_html_empty

from ....engine.core.sealreader import covers
from ....tools.core.digest import sha256
from ..mixins.decidable import Waiting
from ..mixins.guard import ALL
from .text import WRITERS


class CoreTextVersion(models.Model):
    """Written by one person, approved by another, then in force until the next one."""

    _name = "medical.core.text.version"
    _description = "Text Version"
    _inherit = ["mail.thread", "medical.core.shared", "medical.core.workflow"]
    _shared_by = "text_id"
    _order = "text_id, number desc"

    _transitions = {
        ("draft", "submitted"): WRITERS,
        ("submitted", "draft"): (*WRITERS, "core_group_director"),
        ("submitted", "in_force"): "core_group_director",
        ("in_force", "superseded"): None,
    }
    _segregated = {"in_force": ("author_id", "create_uid", "writer_ids")}
    _written_by = "writer_ids"
    _reason_required = frozenset({("submitted", "draft")})
    _reason_methods = frozenset({"action_return"})
    _decisions = {
        "submitted": Waiting("action_approve", "action_return", to="in_force", days=7)
    }
    _locked = {"submitted": ALL, "in_force": ALL, "superseded": ALL}
    _deletable_in = frozenset({"draft"})
    _seal_states = frozenset({"in_force", "superseded"})
    _seal_schemes = (
        covers(
            "text_id number body change state author_id approved_by_id approved_at "
            "digest",
        ),
    )

    text_id = fields.Many2one(
        "medical.core.text", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="text_id.company_id", store=True)
    number = fields.Integer(readonly=True, copy=False, aggregator=None)
    body = fields.Html("Wording", sanitize=True)
    change = fields.Char("What's new")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("in_force", "In force"),
            ("superseded", "Superseded"),
        ],
        required=True,
        default="draft",
        readonly=True,
        index=True,
    )
    author_id = fields.Many2one(
        "res.users", required=True, readonly=True, default=lambda self: self.env.user
    )
    writer_ids = fields.Many2many(
        "res.users",
        "medical_core_text_version_writer_rel",
        string="Written by",
        readonly=True,
        copy=False,
    )
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_at = fields.Datetime(readonly=True, copy=False)
    superseded_at = fields.Datetime(readonly=True, copy=False)
    digest = fields.Char(
        readonly=True, copy=False, help="SHA-256 hash of the text as approved."
    )
    acknowledgment_ids = fields.One2many("medical.core.acknowledgment", "version_id")
    is_read = fields.Boolean("Read by You", compute="_compute_is_read")

    _number_unique = models.UniqueIndex(
        "(text_id, number)", "This text already has a version with that number."
    )
    _one_in_force = models.UniqueIndex(
        "(text_id) WHERE state = 'in_force'",
        ("Only one version of a text can be in force."),
    )

    @api.depends("text_id.name", "number")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(text)s, version %(number)s",
                text=version.text_id.name or self.env._("New text"),
                number=version.number,
            )

    def _birth_values(self, vals):
        text = self.env["medical.core.text"].browse(vals.get("text_id"))
        # sudo: a number is counted over all versions, whoever may read each
        last = max(text.sudo().version_ids.mapped("number"), default=0)
        return {"number": last + 1, "author_id": self.env.uid}

    def action_submit(self):
        self._check_caller(*WRITERS)
        self._move_to("submitted")
        return True

    def action_return(self, reason):
        """Back to the author, with the reason."""
        self._check_caller(*WRITERS, "core_group_director")
        self._move_to("draft", reason)

    def action_approve(self):
        """Put the version in force; the one before it is superseded."""
        self._check_caller("core_group_director")
        for version in self:  # each has a digest of its own
            version._move_to("in_force")
        return True

    @api.depends("acknowledgment_ids")
    @api.depends_context("uid")
    def _compute_is_read(self):
        # sudo: whether the reader's own confirmation is there, no more
        register = self.env["medical.core.acknowledgment"].sudo()
        read = register.search(
            [("version_id", "in", self.ids), ("user_id", "=", self.env.uid)]
        ).version_id
        for version in self:
            version.is_read = version._origin in read

    def action_acknowledge(self):
        """Confirm, as the user who is signed in, that this version has been read.

        :raises UserError: the version is not in force
        :raises AccessError: the user may not read it
        """
        self.check_access("read")
        for version in self:
            if version.state != "in_force":
                raise UserError(
                    self.env._(
                        "%s is not in force. Read the version in force.",
                        version.display_name,
                    )
                )
        if not self.env.user._is_internal():
            raise AccessError(self.env._("Log in as yourself to acknowledge a text."))
        # sudo: an acknowledgment is written by this step alone, for who pressed it
        register = self.env["medical.core.acknowledgment"].sudo()
        mine = register.search(
            [("version_id", "in", self.ids), ("user_id", "=", self.env.uid)]
        )
        register._pen().create(
            [
                {
                    "version_id": version.id,
                    "user_id": self.env.uid,
                    "digest": version.sudo().digest,  # sudo: proof of what was shown
                }
                for version in self - mine.version_id
            ]
        )
        return True

    # ---------------------------------------------------------------- the steps

    def _before_submitted(self):
        for version in self:
            if is_html_empty(version.body):
                raise UserError(
                    self.env._("%s is empty: write the text.", version.display_name)
                )

    def _before_in_force(self):
        # sudo: the version before goes out of force by this step, not by its author
        former = self.sudo().text_id.version_ids.filtered(
            lambda version: version.state == "in_force"
        )
        former._program_step("superseded")
        former.flush_recordset()  # one is in force at a time, in the table too

    def _state_values(self, state, reason):
        now = fields.Datetime.now()
        if state == "in_force":
            return {
                "approved_by_id": self.env.uid,
                "approved_at": now,
                "digest": self._digest(),
            }
        if state == "superseded":
            return {"superseded_at": now}
        return {}

    def _after_in_force(self):
        for version in self:
            # sudo: which version is in force follows from this step
            version.text_id.sudo()._pen().current_id = version

    def _digest(self):
        """SHA-256 of what the version says: text, number and name."""
        self.ensure_one()
        return sha256([self.text_id.id, self.number, str(self.body or "")])

    def _is_unchanged(self):
        """Whether the text is still the one that was approved."""
        self.ensure_one()
        return self.state not in ("in_force", "superseded") or (
            self.digest == self._digest()
        )
