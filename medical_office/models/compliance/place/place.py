"""The risks of the practice, the highest first, for the director."""

from odoo import api, fields, models
from odoo.tools import format_date

from ....engine.core.labels import labels_of
from ...core.place.place import ROWS, SEVERE, Figure, Part, Row, details

SETTLED = ("closed", "accepted", "withdrawn")


class CorePlace(models.AbstractModel):
    _inherit = "medical.core.place"

    @api.model
    def _director_parts(self):
        return [*super()._director_parts(), self._risk_part()]

    @api.model
    def _risk_part(self):
        _ = self.env._
        today = fields.Date.context_today(self)
        risks = self.env["medical.compliance.audit.finding"].search(
            [
                ("company_id", "=", self.env.company.id),
                ("is_risk", "=", True),
                ("state", "not in", SETTLED),
            ],
            order="risk desc, date_due, id",
        )
        severe = risks.filtered(lambda one: one.risk_level in SEVERE)
        late = risks.filtered(lambda one: one.date_due and one.date_due < today)
        levels = labels_of(risks, "risk_level")
        return Part(
            "risk",
            40,
            _("Risk"),
            "fa-shield",
            [
                Figure(_("Open risks"), str(len(risks))),
                Figure(
                    _("High or critical"), str(len(severe)), "bad" if severe else ""
                ),
                Figure(_("Late"), str(len(late)), "bad" if late else ""),
            ],
            [
                Row(
                    one.summary or one.display_name,
                    details(
                        _("%s points", one.risk) if one.risk else _("not rated"),
                        levels.get(one.risk_level),
                        one.sudo().user_id.name,  # sudo: the owner is named
                        one.date_due
                        and _("due %s", format_date(self.env, one.date_due)),
                    ),
                    "bad" if one in late else "",
                    self._open(one),
                )
                for one in risks[:ROWS]
            ],
            _("The risk register has no open risk."),
            self.env["ir.actions.act_window"]._for_xml_id(
                "medical_office.compliance_risk_action"
            ),
        )
