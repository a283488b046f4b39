"""Who is away in the coming days, for the cockpit."""

from datetime import timedelta

from odoo import api, models

from ..desk.desk import Ahead
from ..mixins.listing import named

SHOWN = 4
SEERS = ("core_group_head", "core_group_hr", "core_group_manager")


class CoreDesk(models.AbstractModel):
    _inherit = "medical.core.desk"

    @api.model
    def _away(self, today):
        """People on approved time off today and on the next day: names, no reasons."""
        found = []
        if not self.env["medical.core.guard"]._guard_user_in(SEERS):
            return found
        tomorrow = today + timedelta(days=1)
        # sudo: that a colleague is away is seen by who plans the day; why, is not
        leaves = (
            self.env["hr.leave"]
            .sudo()
            .search_fetch(
                [
                    ("state", "=", "validate"),
                    ("employee_company_id", "=", self.env.company.id),
                    ("request_date_from", "<=", tomorrow),
                    ("request_date_to", ">=", today),
                ],
                ["employee_id", "request_date_from", "request_date_to"],
            )
        )
        for day in (today, tomorrow):
            away = leaves.filtered(
                lambda leave, day=day: (
                    leave.request_date_from <= day <= leave.request_date_to
                )
            ).employee_id
            if away:
                names = named(self.env, away.mapped("name"), SHOWN)
                text = self.env._("Away: %s", names)
                found.append(Ahead(day, text, "fa-plane"))
        return found
