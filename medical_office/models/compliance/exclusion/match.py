"""A party that may stand on a list: a question, answered by two people, remembered."""

import re

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...core.mixins.decidable import Waiting
from ...core.mixins.guard import ALL
from .list import KEEPERS, SOURCES

DECIDERS = (*KEEPERS, "core_group_director")
ANSWERED = frozenset({"answer", "how", "explanation", "is_looked_up", "looked_up_on"})
# a Social Security or employer number in a text: it is never kept
NUMBER = re.compile(r"(?<!\d)(\d{3}[- ]?\d{2}[- ]?\d{4}|\d{2}-?\d{7})(?!\d)")


class ComplianceExclusionMatch(models.Model):
    """Made by the screening alone. One person answers, another confirms; the answer
    holds until the line of the list or what is compared of the party changes."""

    _name = "medical.compliance.exclusion.match"
    _description = "Exclusion Match"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "score desc, id desc"
    _past_fields = frozenset({"looked_up_on"})

    _transitions = {
        ("open", "answered"): KEEPERS,
        ("answered", "open"): DECIDERS,
        ("answered", "cleared"): DECIDERS,
        ("answered", "confirmed"): DECIDERS,
        ("cleared", "open"): ("core_group_manager", "core_group_director"),
        ("confirmed", "open"): ("core_group_manager", "core_group_director"),
    }
    # neither who answered nor whose name it is decides
    _segregated = {
        "answered": ("subject_id",),
        "cleared": ("answered_by_id", "subject_id"),
        "confirmed": ("answered_by_id", "subject_id"),
        "open": ("subject_id",),
    }
    _reason_required = frozenset({"open"})
    _reason_methods = frozenset({"action_return", "action_reopen"})
    _decisions = {
        "answered": Waiting("action_confirm", "action_return", to="cleared", days=3)
    }
    _decision_domain = "compliance"
    _editors = dict.fromkeys(ANSWERED, KEEPERS)
    _locked = dict.fromkeys(("answered", "cleared", "confirmed", "gone"), ALL)
    _deletable_in = frozenset()

    party_id = fields.Many2one(
        "medical.compliance.exclusion.party",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    kind = fields.Selection(related="party_id.kind")
    company_id = fields.Many2one(related="party_id.company_id", store=True, index=True)
    subject_id = fields.Many2one(related="party_id.subject_id", string="Whose it is")
    source = fields.Selection(SOURCES, required=True, readonly=True)
    line_digest = fields.Char(required=True, readonly=True)
    line_number = fields.Integer("Line", readonly=True, aggregator=None)
    listed_name = fields.Char("Name on the list", readonly=True)
    listed_facts = fields.Char("Also on the line", readonly=True)
    excluded_kind = fields.Char("Exclusion type", readonly=True)
    excluded_since = fields.Char(readonly=True)
    score = fields.Integer(
        readonly=True,
        aggregator="max",
        help="50 (a name that may agree by chance) to 100.",
    )
    reason = fields.Text("Why", readonly=True)
    fingerprint = fields.Char(
        readonly=True, help="Hash of what was compared of the party."
    )
    is_listed = fields.Boolean(
        "Still on the list", readonly=True, default=True, index=True
    )
    found_at = fields.Datetime(readonly=True, default=fields.Datetime.now)
    state = fields.Selection(
        [
            ("open", "To answer"),
            ("answered", "To confirm"),
            ("cleared", "Cleared"),
            ("confirmed", "Confirmed"),
            ("gone", "No longer a match"),
        ],
        required=True,
        default="open",
        readonly=True,
        index=True,
    )
    answer = fields.Selection(
        [("other", "Somebody else"), ("same", "The same")], tracking=True
    )
    how = fields.Selection(
        [
            ("lookup", "Look-up by SSN or EIN"),
            ("birth", "Birth date"),
            ("npi", "NPI or license"),
            ("place", "Address or occupation at that time"),
            ("name", "The full name is another"),
        ],
        "Told apart by",
    )
    explanation = fields.Char(help="In a few words. Never a Social Security number.")
    is_looked_up = fields.Boolean(
        "Looked up by SSN or EIN",
        help="The final look-up on the page of OIG or SAM was done. The number is not "
        "kept.",
    )
    looked_up_on = fields.Date()
    answered_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    answered_at = fields.Datetime(readonly=True, copy=False)
    confirmed_by_id = fields.Many2one(
        "res.users", "Second person", readonly=True, copy=False
    )
    confirmed_at = fields.Datetime(readonly=True, copy=False)

    _once = models.UniqueIndex(
        "(party_id, line_digest)", "This line is a match of this party already."
    )

    @api.depends("party_id.name", "listed_name")
    def _compute_display_name(self):
        for match in self:
            match.display_name = self.env._(
                "%(party)s and %(listed)s",
                party=match.party_id.name or "",
                listed=match.listed_name or "",
            )

    @api.constrains("explanation")
    def _check_no_number(self):
        for match in self:
            if NUMBER.search(match.explanation or ""):
                raise UserError(
                    self.env._(
                        "%s: the explanation seems to hold a Social Security or "
                        "employer number. Write that it was looked up, never the number.",
                        match.display_name,
                    )
                )

    def _program_message(self, name):
        return self.env._(
            "A match is made by the screening. You can enter the answer; everything "
            "else follows from the list and the party."
        )

    def _decision_amount(self):
        return 0.0

    # ---------------------------------------------------------------------- buttons

    def action_answer(self):
        """Say whether it is the same party, for a second person to confirm."""
        self._check_caller(*KEEPERS)
        self._move_to("answered")
        return True

    def action_confirm(self):
        """Confirm the answers, as somebody who did not give them."""
        self._check_caller(*DECIDERS)
        self.check_access("read")
        same = self.filtered(lambda match: match.answer == "same")
        same._move_to("confirmed")
        (self - same)._move_to("cleared")
        return True

    def action_return(self, reason):
        """Send the answer back, with the reason."""
        self._check_caller(*DECIDERS)
        self._move_to("open", reason)

    def action_reopen(self, reason):
        """Ask anew about what was decided, with the reason."""
        self._check_caller("core_group_manager", "core_group_director")
        self._move_to("open", reason)

    # -------------------------------------------------------------------- the steps

    def _before_answered(self):
        for match in self:
            if not match.answer or not match.how:
                raise UserError(
                    self.env._(
                        "%s: enter the answer and how the two were told apart.",
                        match.display_name,
                    )
                )
            needs_lookup = match.answer == "same" or match.how == "lookup"
            if needs_lookup and not (match.is_looked_up and match.looked_up_on):
                raise UserError(
                    self.env._(
                        "%s: look it up by SSN or EIN on the page of OIG or SAM first, "
                        "then mark it as looked up, with the day.",
                        match.display_name,
                    )
                )

    def _state_values(self, state, reason):
        now = fields.Datetime.now()
        if state == "answered":
            return {"answered_by_id": self.env.uid, "answered_at": now}
        if state in ("cleared", "confirmed"):
            return {"confirmed_by_id": self.env.uid, "confirmed_at": now}
        return {
            "answered_by_id": False,
            "answered_at": False,
            "confirmed_by_id": False,
            "confirmed_at": False,
        }

    def _after_confirmed(self):
        """Whoever is excluded walks no round: what is planned goes to the backup."""
        # sudo: who confirms need not plan rounds
        users = self.sudo().party_id.subject_id
        now = fields.Datetime.now()
        far = fields.Datetime.add(now, years=1)
        # sudo: as above
        self.env["medical.core.round"].sudo()._reassign(users, now, far)

    def _settle(self, state, reason):
        """The program's own steps: a match ends, or is asked anew.

        :param state: ``gone`` or ``open``
        """
        if not self:
            return
        before = {match: match.state for match in self}
        values = {"state": state, **self._state_values(state, reason)}
        if state == "open":
            values |= {"is_looked_up": False, "looked_up_on": False, "answer": False}
        self._pen().write(values)
        self._log_step(before, state, reason)
        self._decision_sync(reason)
