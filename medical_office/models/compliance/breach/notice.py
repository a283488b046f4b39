"""Somebody who has to be told of a breach, until when, and that it was done."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..incident.incident import OFFICERS


class ComplianceBreachNotice(models.Model):
    """Laid out by the program when the assessment is approved; people enter the proof."""

    _name = "medical.compliance.breach.notice"
    _description = "Breach Notice"
    _inherit = ["medical.core.guard"]
    _order = "breach_id, due, id"

    _editors = {"*": OFFICERS}
    _deletable_in = frozenset()

    breach_id = fields.Many2one(
        "medical.compliance.breach",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="breach_id.company_id", store=True)
    code = fields.Char(readonly=True, required=True)
    state_id = fields.Many2one("res.country.state", readonly=True)
    told = fields.Char("Who is told", readonly=True)
    due = fields.Date(readonly=True)
    citation = fields.Char(readonly=True)
    is_checked = fields.Boolean("Rule read", readonly=True)
    is_known = fields.Boolean("Known here", readonly=True)
    rule_note = fields.Char("About the rule", readonly=True)
    waits_for = fields.Char("Starts with", readonly=True)
    done_on = fields.Date("Done on")
    done_how = fields.Char("How", help="Such as first-class mail, portal of HHS.")
    proof = fields.Binary(attachment=True)
    proof_name = fields.Char()

    _once = models.UniqueIndex(
        "(breach_id, code, coalesce(state_id, 0))", "This notice is listed already."
    )

    @api.depends("told", "state_id", "is_known")
    def _compute_display_name(self):
        for line in self:
            place = line.state_id.name or self.env._("state not known")
            if not line.is_known:
                line.display_name = self.env._(
                    "%s: its law is not known here, look it up", place
                )
            elif line.state_id:
                line.display_name = f"{line.told} ({place})"
            else:
                line.display_name = line.told or ""

    @api.constrains("done_on")
    def _check_done_on(self):
        today = fields.Date.context_today(self)
        for line in self:
            if (
                line.done_on
                and not line.breach_id.discovered_on <= line.done_on <= today
            ):
                raise UserError(
                    self.env._(
                        "%s: enter a day from the discovery up to today.",
                        line.display_name,
                    )
                )

    def write(self, vals):
        result = super().write(vals)
        if "done_on" in vals:  # other clocks may start with this one
            self.breach_id._renew_notices()
        return result
