"""A department's budget for its head, the practice's for the director; the monthly pack."""

from odoo import api, fields, models
from odoo.tools import formatLang

from ....engine.core.labels import labels_of
from ....engine.core.months import month_name
from ...core.mixins.open_action import list_action
from ...core.place.place import ROWS, Ask, Figure, Part, Row

SUMS = ("granted:sum", "actual:sum", "committed:sum", "left_over:sum")


class CorePlace(models.AbstractModel):
    _inherit = "medical.core.place"

    @api.model
    def _department_asks(self, department):
        mine = {"default_department_id": department.id}
        return [
            *super()._department_asks(department),
            Ask(
                10,
                self.env._("Money for a budget"),
                "fa-money",
                "medical_office.finance_request_action",
                mine,
            ),
            Ask(
                15,
                self.env._("Spend beyond the budget"),
                "fa-credit-card",
                "medical_office.finance_exception_action",
                mine,
            ),
        ]

    @api.model
    def _department_parts(self, department):
        return [
            *super()._department_parts(department),
            self._budget_part([("department_id", "=", department.id)]),
        ]

    @api.model
    def _director_parts(self):
        return [*super()._director_parts(), self._pack_part(), self._budget_part([])]

    @api.model
    def _dollars(self, amount):
        return formatLang(
            self.env,
            amount,
            currency_obj=self.env.company.currency_id,
            rounding_unit="units",
        )

    @api.model
    def _budget_part(self, here):
        """What was granted this year, what is used and on order, what is over."""
        _ = self.env._
        today = fields.Date.context_today(self)
        year = self.env.company.compute_fiscalyear_dates(today)
        budget = self.env["medical.finance.budget"]
        domain = [
            ("company_id", "=", self.env.company.id),
            ("month", ">=", year["date_from"]),
            ("month", "<=", year["date_to"]),
            ("section", "not in", ("revenue",)),
            *here,
        ]
        groups = budget._read_group(domain, ["category_id"], SUMS)
        granted, used, ordered, left = (
            sum(group[place] for group in groups) for place in range(1, 5)
        )
        over = sorted(
            (group for group in groups if group[4] < 0), key=lambda group: group[4]
        )
        return Part(
            "budget",
            10,
            _("Budget of the Year"),
            "fa-line-chart",
            [
                Figure(_("Granted"), self._dollars(granted)),
                Figure(_("Used"), self._dollars(used)),
                Figure(_("On order"), self._dollars(ordered)),
                Figure(_("Left"), self._dollars(left), "bad" if left < 0 else ""),
            ],
            [
                Row(
                    category.name or _("No category"),
                    _(
                        "%(over)s over the granted %(granted)s",
                        over=self._dollars(-rest),
                        granted=self._dollars(given),
                    ),
                    "bad",
                    list_action(
                        self.env,
                        "finance_budget_action",
                        category.name or _("No category"),
                        [*domain, ("category_id", "=", category.id)],
                    ),
                )
                for category, given, _used, _ordered, rest in over[:ROWS]
            ],
            _("No category is over its budget."),
            list_action(self.env, "finance_budget_action", _("Budget"), domain),
        )

    @api.model
    def _pack_part(self):
        """The latest packs, and who has not read them."""
        _ = self.env._
        packs = self.env["medical.finance.pack"].search(
            [
                ("company_id", "=", self.env.company.id),
                ("state", "!=", "superseded"),
            ],
            order="month desc, version desc, id desc",
            limit=ROWS,
        )
        states = labels_of(packs, "state")
        latest = packs[:1]
        unread = latest.recipient_count - latest.acknowledged_count if latest else 0
        return Part(
            "pack",
            30,
            _("Monthly Pack"),
            "fa-book",
            [
                Figure(
                    _("Latest month"),
                    (latest and month_name(self.env, latest.month)) or _("none"),
                ),
                Figure(_("Not read yet"), str(unread), "bad" if unread else ""),
            ],
            [
                Row(
                    pack.display_name,
                    _(
                        "%(state)s, read by %(read)s of %(all)s",
                        state=states[pack.state],
                        read=pack.acknowledged_count,
                        all=pack.recipient_count,
                    ),
                    "",
                    self._open(pack),
                )
                for pack in packs
            ],
            _("Close a month, then make its pack."),
            list_action(self.env, "finance_pack_action", _("Monthly Packs"), []),
        )
