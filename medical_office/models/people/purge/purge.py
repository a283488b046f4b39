"""Purging of papers whose time to keep them has passed: a list, approved by another."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ....models.core.mixins.decidable import Waiting
from ...core.mixins.done import done

MAKERS = ("core_group_hr", "core_group_manager")


class PeoplePurge(models.Model):
    """HR lists what may go, the director says yes, then the files are gone for good.

    The row of each document stays, with its digest and the rule by which it went.
    """

    _name = "medical.people.purge"
    _description = "Purge List"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "id desc"

    _transitions = {
        ("draft", "submitted"): MAKERS,
        ("submitted", "approved"): "core_group_director",
        ("submitted", "draft"): ("core_group_director", *MAKERS),
        ("approved", "done"): MAKERS,
    }
    _segregated = {"approved": ("create_uid", "submitted_by_id")}
    _reason_required = frozenset({("submitted", "draft")})
    _reason_methods = frozenset({"action_send_back"})
    _decisions = {
        "submitted": Waiting(
            "action_approve", "action_send_back", to="approved", days=14
        )
    }
    _decision_domain = "people"
    _locked = dict.fromkeys(("submitted", "approved", "done"), frozenset({"line_ids"}))
    _deletable_in = frozenset({"draft"})

    name = fields.Char(compute="_compute_name")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    line_ids = fields.One2many("medical.people.purge.line", "purge_id")
    line_count = fields.Integer("Documents", compute="_compute_line_count")
    submitted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    done_at = fields.Datetime(readonly=True, copy=False)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Waits for approval"),
            ("approved", "Approved"),
            ("done", "Purged"),
        ],
        required=True,
        default="draft",
        readonly=True,
    )

    @api.depends("create_date")
    def _compute_name(self):
        for purge in self:
            purge.name = self.env._(
                "Purge list of %s",
                format_date(self.env, purge.create_date or fields.Datetime.now()),
            )

    @api.depends("line_ids")
    def _compute_line_count(self):
        for purge in self:
            purge.line_count = len(purge.line_ids)

    def action_fill(self):
        """List every document whose time has passed, of the classes the caller keeps.

        :raises UserError: the list is not a draft, or nothing may go
        """
        self.ensure_one()
        self._check_caller(*MAKERS)
        if self.state != "draft":
            raise UserError(self.env._("Only a draft is filled."))
        today = fields.Date.context_today(self)
        documents = (
            self.env["medical.people.document"]
            .with_context(active_test=False)
            .search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("state", "in", ("accepted", "void")),
                    ("has_file", "=", True),
                    ("id", "not in", self.line_ids.document_id.ids),
                ]
            )
            .filtered(lambda d: d.keep_until and d.keep_until < today)
        )
        if not documents and not self.line_ids:
            raise UserError(
                self.env._("Nothing has passed its time: there is nothing to purge.")
            )
        # sudo: lines are listed by the program, from what the caller may read
        lines = self.env["medical.people.purge.line"].sudo()._pen()
        lines.create(
            [
                {
                    "purge_id": self.id,
                    "document_id": document.id,
                    "keep_until": document.keep_until,
                    "rule": document.keep_rule,
                }
                for document in documents
            ]
        )
        return done(
            self.env, self.env._("Documents added to the list: %s.", len(documents))
        )

    def action_submit(self):
        """Ask the director.

        :raises UserError: the list is empty
        """
        self._check_caller(*MAKERS)
        if any(not purge.line_ids for purge in self):
            raise UserError(self.env._("The list is empty: fill it first."))
        self._move_to("submitted")

    def action_approve(self):
        """The papers of the list may go."""
        self._check_caller("core_group_director")
        self._move_to("approved")

    def action_send_back(self, reason):
        """Not like this."""
        self._check_caller("core_group_director", *MAKERS)
        self._move_to("draft", reason)

    def action_purge(self):
        """Delete the files of an approved list; the rows stay with their digest.

        :raises UserError: a paper of the list must be kept after all
        """
        self._check_caller(*MAKERS)
        self.check_access("write")
        today = fields.Date.context_today(self)
        # sudo: approved papers of every class go, whoever presses the button
        documents = self.sudo().line_ids.document_id
        kept = documents.filtered(lambda d: not d.keep_until or d.keep_until >= today)
        if kept:
            raise UserError(
                self.env._(
                    "%s must be kept: the person works here again, or a date was "
                    "corrected. Send the list back and fill it again.",
                    kept[0].display_name,
                )
            )
        self._move_to("done")
        documents._pen().write({"content": False, "has_file": False})
        documents._program_step("purged")

    def _state_values(self, state, reason):
        return {
            "submitted": {"submitted_by_id": self.env.uid},
            "approved": {"approved_by_id": self.env.uid},
            "done": {"done_at": fields.Datetime.now()},
        }.get(state, {})


class PeoplePurgeLine(models.Model):
    """One paper, until when it had to be kept and by which rule."""

    _name = "medical.people.purge.line"
    _description = "Paper to Purge"
    _inherit = ["medical.core.guard"]
    _order = "id"

    _locked_by = ("purge_id",)
    _born_fields = frozenset({"purge_id"})

    purge_id = fields.Many2one(
        "medical.people.purge",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    document_id = fields.Many2one(
        "medical.people.document",
        "Paper",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    employee_id = fields.Many2one(related="document_id.employee_id")
    type_id = fields.Many2one(related="document_id.type_id")
    keep_until = fields.Date("Had to be kept until", readonly=True)
    rule = fields.Char("By", readonly=True)

    _once = models.UniqueIndex(
        "(purge_id, document_id)", "This paper is listed already."
    )
