"""The money held in one figure: on the cockpit, and for whoever reports on the practice."""

from odoo import api, fields, models

from ....engine.core.amounts import amount_text
from ....engine.payer.held import held_rows
from ...core.desk.desk import Ahead


class PayerHeld(models.Model):
    _inherit = "medical.payer.held"

    @api.model
    def _rows(self, companies):
        """Rows of the ranked list as dicts, for the program; one query."""
        day = fields.Date.context_today(self)
        return held_rows(self.env, day, companies.ids)


class ResCompany(models.Model):
    _inherit = "res.company"

    def _medical_money_held(self, day):
        """{company id: dollars held by pending enrollments on a day}, one query."""
        found = super()._medical_money_held(day)
        totals = dict.fromkeys(self.ids, 0.0)
        for row in held_rows(self.env, day, self.ids):
            totals[row["company_id"]] += float(row["money"])
        return found | {key: round(value, 2) for key, value in totals.items()}


class CoreDesk(models.AbstractModel):
    _inherit = "medical.core.desk"

    @api.model
    def _ahead(self, today, until):
        """Adds what pending enrollments hold today, for those who may see it."""
        rows = super()._ahead(today, until)
        company = self.env.company
        if not self.env["medical.payer.held"].has_access("read"):
            return rows
        money = company._medical_money_held(today)[company.id]
        if money:
            amount = amount_text(self.env, money, company.currency_id)
            rows.append(
                Ahead(
                    today,
                    self.env._("Pending payer enrollments hold %s", amount),
                    "fa-hourglass-half",
                    "medical_office.payer_held_action",
                )
            )
        return rows
