"""What pending enrollments hold, for the director."""

from odoo import api, fields, models
from odoo.tools import formatLang

from ....engine.payer.held import held_rows
from ...core.place.place import ROWS, Figure, Part, Row


class CorePlace(models.AbstractModel):
    _inherit = "medical.core.place"

    @api.model
    def _director_parts(self):
        return [*super()._director_parts(), self._held_part()]

    @api.model
    def _held_part(self):
        _ = self.env._
        company = self.env.company
        rows = held_rows(self.env, fields.Date.context_today(self), company.ids)
        top = rows[:ROWS]
        enrollments = self.env["medical.payer.enrollment"].browse(
            [row["enrollment_id"] for row in top]
        )

        def dollars(amount):
            return formatLang(
                self.env,
                float(amount),
                currency_obj=company.currency_id,
                rounding_unit="units",
            )

        total = sum(row["money"] for row in rows)
        return Part(
            "held",
            45,
            _("Money Held by Payers"),
            "fa-hourglass-half",
            [
                Figure(_("Held"), dollars(total), "bad" if total else ""),
                Figure(_("Enrollments"), str(len(rows))),
            ],
            [
                Row(
                    enrollment.display_name,
                    _(
                        "%(money)s in %(days)s days",
                        money=dollars(row["money"]),
                        days=row["days"],
                    ),
                    "",
                    self._open(enrollment),
                )
                for row, enrollment in zip(top, enrollments, strict=True)
            ],
            _("No pending enrollment holds money."),
            self.env["ir.actions.act_window"]._for_xml_id(
                "medical_office.payer_held_action"
            ),
        )
