"""What campaigns add to the core's texts: the quiz first, and what has changed."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext

from ....tools.compliance.textdiff import ADDED, KEPT, REMOVED, differences

STYLES = {
    ADDED: "background:#e2f3e5;",
    REMOVED: "background:#fbe4e4;text-decoration:line-through;",
    KEPT: "",
}


class CoreTextVersion(models.Model):
    _inherit = "medical.core.text.version"

    difference = fields.Html(
        "Changes", compute="_compute_difference", sanitize=False, compute_sudo=True
    )

    @api.depends("body", "number", "text_id.version_ids.body")
    def _compute_difference(self):
        """Paragraph by paragraph against the version before."""
        for version in self:
            before = version.text_id.version_ids.filtered(
                lambda other, number=version.number: other.number < number
            ).sorted("number")[-1:]
            if not before:
                version.difference = False
                continue
            parts = differences(
                html2plaintext(before.body or ""), html2plaintext(version.body or "")
            )
            version.difference = Markup().join(
                Markup('<p style="%s">%s</p>') % (STYLES[kind], text)
                for kind, text in parts
            )

    def _after_in_force(self):
        super()._after_in_force()
        # sudo: the campaigns of the version before end by this step, whoever approves
        self.env["medical.compliance.campaign"].sudo()._end_superseded(self)

    def action_acknowledge(self):
        """A campaign's quiz comes before the signature.

        :raises UserError: the quiz is not passed yet
        """
        self.check_access("read")
        # sudo: which campaigns ask for a quiz, whoever reads
        campaigns = self.env["medical.compliance.campaign"].sudo()
        asked = campaigns.search(
            [("version_id", "in", self.ids), ("state", "=", "running")]
        )
        missing = asked._quiz_missing(self.env.user)
        mine = missing.filtered(lambda one: self.env.user in one.reader_ids.user_id)
        if mine:
            raise UserError(
                self.env._(
                    "“%s”: pass the quiz first, under Compliance, Policies, To Read.",
                    mine[0].display_name,
                )
            )
        return super().action_acknowledge()


class CoreAcknowledgment(models.Model):
    _inherit = "medical.core.acknowledgment"

    @api.model_create_multi
    def create(self, vals_list):
        acknowledgments = super().create(vals_list)
        self.env["medical.compliance.campaign"]._note_read(acknowledgments)
        return acknowledgments
