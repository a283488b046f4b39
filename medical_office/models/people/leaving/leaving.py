"""Leaving: final pay by the state's rule, the COBRA notice, keys and access."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....models.core.check.answerable import finding
from ....models.core.check.check import CheckResult
from ....tools.people.clock.separation import (
    cobra_notice_due,
    final_pay,
    final_pay_rules,
)

KEEPERS = ("core_group_hr", "core_group_manager")
LIST_DAYS = 14

# what may be continued under COBRA, 29 USC 1167(1)
GROUP_HEALTH = frozenset({"medical", "dental", "vision", "fsa"})


class PeopleLeaving(models.Model):
    """One departure with its clocks; it closes when each is stopped."""

    _name = "medical.people.leaving"
    _description = "Departure"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "last_day desc, id desc"

    _transitions = {
        ("open", "closed"): KEEPERS,
        ("open", "cancelled"): KEEPERS,
        ("closed", "open"): KEEPERS,
    }
    _reason_required = frozenset({"cancelled", ("closed", "open")})
    _reason_methods = frozenset({"action_cancel", "action_reopen"})
    _born_fields = frozenset({"employee_id"})
    _past_fields = frozenset({"final_pay_on", "cobra_sent_on"})
    _locked = dict.fromkeys(
        ("closed", "cancelled"),
        frozenset(
            {"last_day", "ended", "state_id", "payday", "payday_after", "period_end",
             "final_pay_on", "cobra_sent_on", "is_administrator"}
        ),
    )  # fmt: skip
    _deletable_in = frozenset({"open"})

    employee_id = fields.Many2one("hr.employee", required=True, index=True)
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True
    )
    last_day = fields.Date("Last day of work", required=True)
    ended = fields.Selection(
        [("fired", "Discharged or laid off"), ("quit", "Resigned")],
        "How it ended",
        required=True,
        default="quit",
    )
    state_id = fields.Many2one(
        "res.country.state",
        "Works in",
        required=True,
        domain="[('country_id.code', '=', 'US')]",
        compute="_compute_state_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    payday = fields.Date(
        "Next payday after it",
        compute="_compute_paydays",
        store=True,
        readonly=False,
        precompute=True,
    )
    payday_after = fields.Date(
        "The payday after that",
        compute="_compute_paydays",
        store=True,
        readonly=False,
        precompute=True,
    )
    period_end = fields.Date(
        "End of the pay period",
        compute="_compute_paydays",
        store=True,
        readonly=False,
        precompute=True,
    )
    final_pay_due = fields.Date(
        "Final pay due", compute="_compute_final_pay", store=True, readonly=True
    )
    final_pay_rule = fields.Char(
        "By", compute="_compute_final_pay", store=True, readonly=True
    )
    final_pay_on = fields.Date("Final pay given on")
    has_cobra = fields.Boolean(
        "In a group health plan",
        compute="_compute_has_cobra",
        store=True,
        readonly=False,
        precompute=True,
        help="Proposed from the enrollments of the last day. Federal COBRA: 20 or more "
        "employees; below that the state's continuation.",
    )
    is_administrator = fields.Boolean("The practice administers the plan itself")
    cobra_due = fields.Date(
        "COBRA notice due", compute="_compute_cobra_due", store=True, readonly=True
    )
    cobra_sent_on = fields.Date("COBRA notice sent on")
    round_id = fields.Many2one("medical.core.round", "Leaving list", readonly=True)
    state = fields.Selection(
        [("open", "Open"), ("closed", "Closed"), ("cancelled", "Canceled")],
        required=True,
        default="open",
        readonly=True,
    )

    _one = models.UniqueIndex(
        "(employee_id) WHERE state = 'open'", "This person's departure is open already."
    )

    @api.depends("employee_id.name")
    def _compute_display_name(self):
        for one in self:
            one.display_name = self.env._("Departure of %s", one.employee_id.name or "")

    @api.depends("employee_id")
    def _compute_state_id(self):
        for one in self:
            # sudo: the state somebody works in, of the person HR has chosen
            person = one.employee_id.sudo()
            one.state_id = (
                one.state_id or person.address_id.state_id or person.company_id.state_id
            )

    @api.depends("employee_id", "last_day")
    def _compute_paydays(self):
        """Propose paydays from the person's pay schedule, where payroll knows it."""
        for one in self:
            paydays, period_end = (), False
            if one.employee_id and one.last_day:
                paydays, period_end = one.employee_id._medical_paydays_after(
                    one.last_day
                )
            one.payday, one.payday_after = (*paydays, False, False)[:2]
            one.period_end = period_end

    @api.depends("employee_id", "last_day")
    def _compute_has_cobra(self):
        """Propose it for who is enrolled in a group health plan on the last day."""
        days = [one.last_day for one in self if one.last_day]
        # sudo: whether somebody is enrolled is asked, not in what
        enrolled = self.env["medical.people.enrollment"].sudo()
        if days:
            enrolled = enrolled.search_fetch(
                [
                    ("employee_id", "in", self.employee_id.ids),
                    ("plan_id.benefit", "in", sorted(GROUP_HEALTH)),
                    ("date_from", "<=", max(days)),
                    "|",
                    ("date_to", "=", False),
                    ("date_to", ">=", min(days)),
                ],
                ["employee_id", "date_from", "date_to"],
            )
        terms = enrolled.grouped(lambda term: term.employee_id.id)
        for one in self:
            day = one.last_day
            one.has_cobra = bool(day) and any(
                term.date_from <= day and (not term.date_to or term.date_to >= day)
                for term in terms.get(one.employee_id._origin.id, ())
            )

    @api.depends(
        "last_day", "ended", "state_id", "payday", "payday_after", "period_end"
    )
    def _compute_final_pay(self):
        """The due day by the state's rule, and the rule in words with its citation."""
        for one in self:
            code = one.state_id.code
            if not one.last_day or (code, one.ended) not in final_pay_rules():
                one.final_pay_due = one.final_pay_rule = False
                continue
            found = final_pay(
                code,
                one.ended,
                one.last_day,
                tuple(filter(None, (one.payday, one.payday_after))),
                one.period_end or None,
                one.company_id._medical_closed_days(one.last_day),
            )
            rule = found.rule
            one.final_pay_due = found.due or one.payday
            one.final_pay_rule = " · ".join(
                filter(
                    None,
                    [
                        rule.rule,
                        rule.note,
                        rule.citation,
                        self.env._("read in %s", rule.read),
                        not rule.is_checked and self.env._("not checked"),
                    ],
                )
            )

    @api.depends("last_day", "has_cobra", "is_administrator")
    def _compute_cobra_due(self):
        for one in self:
            one.cobra_due = (
                one.has_cobra
                and one.last_day
                and cobra_notice_due(one.last_day, one.is_administrator)
            )

    @api.model_create_multi
    def create(self, vals_list):
        leavings = super().create(vals_list)
        for one in leavings:  # one list each; departures are few
            one._pen().round_id = one.employee_id._medical_list(
                "leaving", one.last_day, LIST_DAYS
            )
            # sudo: their duties end with them, whoever leads the duty
            open_ended = self.env["medical.people.assignment"].sudo()._pen()
            open_ended.search(
                [
                    ("employee_id", "=", one.employee_id.id),
                    ("date_from", "<=", one.last_day),
                    "|",
                    ("date_to", "=", False),
                    ("date_to", ">", one.last_day),
                ]
            ).write({"date_to": one.last_day})
        return leavings

    def action_close(self):
        """Everything is done.

        :raises UserError: final pay or the COBRA notice is not entered, or the leaving
            list is not signed
        """
        self._check_caller(*KEEPERS)
        for one in self:
            _ = self.env._
            # sudo: whether the list is signed, whoever walks it
            signed = not one.round_id or one.sudo().round_id.state == "done"
            missing = [
                not one.final_pay_on and _("when final pay was given"),
                one.has_cobra
                and not one.cobra_sent_on
                and _("when the notice was sent"),
                not signed and _("the signed leaving list"),
            ]
            if any(missing):
                raise UserError(
                    _(
                        "%(who)s: still missing: %(what)s.",
                        who=one.display_name,
                        what=", ".join(filter(None, missing)),
                    )
                )
        self._move_to("closed")

    def action_cancel(self, reason):
        """The person stays."""
        self._check_caller(*KEEPERS)
        self._move_to("cancelled", reason)

    def action_reopen(self, reason):
        """Something was left."""
        self._check_caller(*KEEPERS)
        self._move_to("open", reason)

    @api.model
    def _medical_check_clocks(self):
        """Final pay and COBRA notices that are due within days, or late."""
        today = fields.Date.context_today(self)
        leavings = self.search([("state", "=", "open")])
        keeper = self.env["medical.people.document"]._medical_keeper
        rows = []
        for one in leavings:
            for due, done, key, text in (
                (one.final_pay_due, one.final_pay_on, "pay", self.env._("final pay")),
                (one.cobra_due, one.cobra_sent_on, "cobra", self.env._("COBRA notice")),
            ):
                if due and not done and due - timedelta(days=3) <= today:
                    rows.append(
                        finding(
                            one,
                            self.env._(
                                "%(who)s: %(what)s", who=one.display_name, what=text
                            ),
                            severity="critical" if due < today else "high",
                            user_id=keeper(one.company_id).id,
                            date_due=due,
                            company_id=one.company_id.id,
                            key=key,
                        )
                    )
        return CheckResult(len(leavings), rows)
