"""What core knows of a department: decisions that wait, rounds, exceptions, who is away."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

from ....engine.core.labels import labels_of
from ..mixins.listing import named
from ..mixins.open_action import list_action
from .place import ROWS, SEVERE, Figure, Part, Row, details

WEEK = 7
NAMES = 6


class CorePlace(models.AbstractModel):
    _inherit = "medical.core.place"

    @api.model
    def _company_domain(self):
        return [("company_id", "in", (False, self.env.company.id))]

    @api.model
    def _waiting_part(self, here):
        """Requests that wait, with those that the reader may decide first."""
        _ = self.env._
        register = self.env["medical.core.decision"]
        domain = [*self._company_domain(), *here, ("state", "=", "open")]
        mine = [*domain, ("can_decide", "=", True)]
        # counted by the database: the reader may have thousands to decide
        total = register.search_count(domain)
        count = register.search_count(mine)
        late = register.search_count([*mine, ("is_late", "=", True)]) if count else 0
        order = "date_due, since, id"
        rows = register.search(mine, order=order, limit=ROWS)
        if here and len(rows) < ROWS:
            rows |= register.search(
                [*domain, ("id", "not in", rows.ids)],
                order=order,
                limit=ROWS - len(rows),
            )
        areas = labels_of(register, "domain")
        figures = [
            Figure(_("For you to decide"), str(count), "bad" if count else ""),
            Figure(_("Late"), str(late), "bad" if late else ""),
            Figure(_("Waiting in all"), str(total)),
        ]
        return Part(
            "requests",
            20,
            _("Requests") if here else _("Decisions"),
            "fa-gavel",
            figures,
            [
                Row(
                    row.name,
                    details(
                        areas[row.domain],
                        row.sudo().asked_by_id.name,  # sudo: who asks is named
                        format_date(self.env, row.since),
                        row.can_decide and _("for you to decide"),
                    ),
                    "bad" if row.is_late else "",
                    self._open(row),
                )
                for row in rows
            ],
            _("Nothing waits."),
            list_action(
                self.env,
                "core_decision_action",
                _("Requests") if here else _("Decisions"),
                domain if here else mine,
            ),
        )

    @api.model
    def _rounds_part(self, here):
        """Rounds of today, and those that were missed within a week."""
        _ = self.env._
        today = self.env.company._medical_today()
        moments = self.env.company._medical_moments
        start, end = moments(today, today)
        week_ago, _end = moments(today - timedelta(days=WEEK), today)
        rounds = self.env["medical.core.round"]
        due = rounds.search(
            [
                *here,
                ("is_excused", "=", False),  # nobody has to walk it any more
                ("date_due", ">=", start),
                ("date_due", "<", end),
            ],
            order="date_due, id",
        )
        missed = rounds.search(
            [
                *here,
                ("state", "=", "missed"),
                ("is_excused", "=", False),
                ("date_due", ">=", week_ago),
            ],
            order="date_due desc, id",
        )
        done = due.filtered(lambda one: one.state == "done")
        labels = labels_of(rounds, "state")
        return Part(
            "rounds",
            40,
            _("Rounds"),
            "fa-check-square-o",
            [
                Figure(
                    _("Done today"),
                    _("%(done)s of %(due)s", done=len(done), due=len(due)),
                ),
                Figure(
                    _("Missed within a week"),
                    str(len(missed)),
                    "bad" if missed else "",
                ),
            ],
            [
                Row(
                    one.display_name,
                    labels[one.state],
                    "bad" if one.state == "missed" else "",
                    self._open(one),
                )
                for one in [*missed, *(due - done - missed)][:ROWS]
            ],
            _("No round is open or missed."),
            list_action(self.env, "core_round_action", _("Rounds"), here),
        )

    @api.model
    def _exceptions_part(self, here):
        _ = self.env._
        register = self.env["medical.core.exception"]
        domain = [*self._company_domain(), *here, ("is_open", "=", True)]
        total = register.search_count(domain)
        severe = register.search_count([*domain, ("severity", "in", SEVERE)])
        late = register.search_count([*domain, ("is_overdue", "=", True)])
        rows = register.search(
            domain, order="severity_rank desc, date_due, id", limit=ROWS
        )
        labels = labels_of(register, "severity")
        return Part(
            "exceptions",
            50,
            _("Exceptions"),
            "fa-exclamation-triangle",
            [
                Figure(_("Open"), str(total)),
                Figure(_("Severe"), str(severe), "bad" if severe else ""),
                Figure(_("Overdue"), str(late), "bad" if late else ""),
            ],
            [
                Row(
                    one.summary,
                    details(
                        labels[one.severity],
                        # sudo: a colleague is named as the owner
                        one.sudo().user_id.name or _("nobody"),
                        one.date_due
                        and _("due %s", format_date(self.env, one.date_due)),
                    ),
                    "bad" if one.is_overdue else "",
                    self._open(one),
                )
                for one in rows
            ],
            _("Nothing is wrong."),
            list_action(self.env, "core_exception_action", _("Exceptions"), domain),
        )

    @api.model
    def _away_part(self, department):
        """Who of the department is away today and in the next days: names, no reasons."""
        _ = self.env._
        today = fields.Date.context_today(self)
        until = today + timedelta(days=WEEK)
        # sudo: that somebody is away is seen by who heads them; why, is not
        leaves = (
            self.env["hr.leave"]
            .sudo()
            .search_fetch(
                [
                    ("state", "=", "validate"),
                    ("employee_id.company_id", "=", self.env.company.id),
                    ("employee_id.department_id", "=", department.id),
                    ("request_date_from", "<=", until),
                    ("request_date_to", ">=", today),
                ],
                ["employee_id", "request_date_from", "request_date_to"],
                order="request_date_from, id",
            )
        )
        away = leaves.filtered(lambda leave: leave.request_date_from <= today)
        names = named(self.env, away.employee_id.mapped("name"), NAMES)
        return Part(
            "away",
            60,
            _("Time Off"),
            "fa-plane",
            [Figure(_("Away today"), names or _("nobody"))],
            [
                Row(
                    leave.employee_id.name,
                    _(
                        "%(first)s to %(last)s",
                        first=format_date(self.env, leave.request_date_from),
                        last=format_date(self.env, leave.request_date_to),
                    ),
                )
                for leave in (leaves - away)[:ROWS]
            ],
            _("Nobody else is away within a week."),
        )
