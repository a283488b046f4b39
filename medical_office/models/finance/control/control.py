"""What follows when something goes beyond the budget: a note, a warning or a refusal."""

from odoo import models
from odoo.exceptions import UserError

from ....engine.core.months import short_month

RANK = {"inform": 0, "warn": 1, "block": 2}


class FinanceControl(models.AbstractModel):
    """Words and consequences; the figures come from ``BudgetControl``."""

    _name = "medical.finance.control"
    _description = "Budget Control"

    def _line(self, company, standing):
        """One sentence about a budget: what is granted, taken and over."""
        _, money = self.env._, company.currency_id.format
        # sudo: names of a department and a category
        department = self.env["hr.department"].sudo().browse(standing.department)
        # sudo: as above
        category = self.env["medical.finance.category"].sudo().browse(standing.category)
        values = {
            "where": department.name or _("The whole practice"),
            "what": category.name,
            "month": short_month(self.env, standing.month),
            "granted": money(float(standing.granted + standing.allowed)),
            "used": money(float(standing.used - standing.asked)),
            "asked": money(float(standing.asked)),
            "over": money(float(max(-standing.left, 0))),
            "left": money(float(standing.left)),
        }
        if standing.left < 0:
            return _(
                "%(where)s, %(what)s, %(month)s: %(granted)s granted, %(used)s taken, "
                "%(asked)s more is over by %(over)s.",
                **values,
            )
        return _(
            "%(where)s, %(what)s, %(month)s: %(granted)s granted, %(used)s taken, "
            "%(asked)s more leaves %(left)s.",
            **values,
        )

    def _respond(self, company, record_standings):
        """Refuse what is blocked, say the rest.

        :param record_standings: {record with a chatter: its standings that are over}
        :raises UserError: a policy blocks one of them
        """
        for record, standings in record_standings.items():
            blocked = [each for each in standings if each.response == "block"]
            if blocked:
                raise UserError(
                    "\n".join(
                        [
                            self.env._("%s is over the budget:", record.display_name),
                            *(self._line(company, each) for each in blocked),
                            self.env._(
                                "Take less, have budget moved here, or ask for an "
                                "exception that somebody else allows."
                            ),
                        ]
                    )
                )
        bodies, told = {}, []
        for record, standings in record_standings.items():
            lines = [self._line(company, each) for each in standings]
            bodies[record.id] = "\n".join([self.env._("Over the budget:"), *lines])
            told += [each for each in standings if each.response == "warn"]
        if not bodies:
            return
        records = next(iter(record_standings)).browse(bodies)
        # sudo: the note is the program's, whatever the user may write of the record
        records.sudo()._message_log_batch(bodies)
        worst = max(
            (each.response for own in record_standings.values() for each in own),
            key=RANK.__getitem__,
        )
        self.env.user._bus_send(
            "simple_notification",
            {
                "type": "warning" if worst == "warn" else "info",
                "sticky": worst == "warn",
                "title": self.env._("Over the Budget"),
                "message": "\n".join(bodies.values()),
            },
        )
        self._tell_heads(company, records, told)

    def _tell_heads(self, company, records, standings):
        """The heads of the departments that are warned get a message, once each."""
        by_department = {}
        for each in standings:
            by_department.setdefault(each.department, []).append(each)
        departments = self.env["hr.department"].sudo()  # sudo: who heads a department
        for department, own in by_department.items():
            head = departments.browse(department).manager_id.user_id
            if not head or head == self.env.user:
                continue
            # sudo: the program tells the head, who need not follow the order
            records[0].sudo().message_notify(
                partner_ids=head.partner_id.ids,
                subject=self.env._("Over the budget: %s", records[0].display_name),
                body="\n".join(self._line(company, each) for each in own),
            )
