"""Scorecards: one for each interviewer and round, hidden until one's own is in."""

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

from ....tools.people.recruit.matrix import card_score
from ...core.mixins.guard import ALL


class PeopleScorecard(models.Model):
    """What one interviewer found in one round.

    Without messages and activities: a score is told by this record alone. Who still owes
    a scorecard about a candidate sees none of the others, whatever the role.
    """

    _name = "medical.people.scorecard"
    _description = "Scorecard"
    _inherit = ["medical.core.workflow"]
    _order = "due_at desc, id desc"

    _transitions = {
        ("open", "submitted"): "core_group_staff",
        ("open", "void"): None,
    }
    _locked = {"submitted": ALL, "void": ALL}
    _deletable_in = frozenset()

    interview_id = fields.Many2one(
        "medical.people.interview",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    applicant_id = fields.Many2one(
        related="interview_id.applicant_id", store=True, index=True
    )
    candidate_name = fields.Char(related="interview_id.candidate_name", store=True)
    round_id = fields.Many2one(related="interview_id.round_id", store=True)
    plan_id = fields.Many2one(related="interview_id.plan_id", store=True, index=True)
    job_id = fields.Many2one(related="interview_id.job_id", store=True)
    company_id = fields.Many2one(
        related="interview_id.company_id", store=True, index=True
    )
    start = fields.Datetime(related="interview_id.start", string="Begins")
    brief = fields.Text(related="interview_id.brief")
    interview_state = fields.Selection(
        related="interview_id.state", string="Interview Status"
    )
    interviewer_id = fields.Many2one(
        "res.users", required=True, readonly=True, index=True, ondelete="restrict"
    )
    state = fields.Selection(
        [("open", "To fill in"), ("submitted", "Submitted"), ("void", "Void")],
        required=True,
        default="open",
        readonly=True,
        index=True,
    )
    due_at = fields.Datetime("Due", readonly=True)
    submitted_at = fields.Datetime("Submitted", readonly=True)
    reminded_at = fields.Datetime(readonly=True)
    score = fields.Float(
        readonly=True,
        digits=(4, 2),
        aggregator=None,
        help="Weighted mean of the ratings, 1 to 5, when it was submitted.",
    )
    recommendation = fields.Selection(
        [("no", "Do not hire"), ("unsure", "Unsure"), ("yes", "Hire")]
    )
    comment = fields.Text(help="About the work alone. It stays on record.")
    line_ids = fields.One2many("medical.people.scorecard.line", "scorecard_id")
    hidden_from_ids = fields.Many2many(
        "res.users",
        "medical_people_scorecard_hidden_rel",
        "scorecard_id",
        "user_id",
        readonly=True,
        help="Who still owes a scorecard about the same candidate.",
    )
    reader_ids = fields.Many2many(
        "res.users",
        "medical_people_scorecard_reader_rel",
        "scorecard_id",
        "user_id",
        readonly=True,
        help="Interviewers of the same candidate whose own scorecards are in.",
    )
    caution_text = fields.Text("What Not to Ask", compute="_compute_caution_text")

    _once = models.UniqueIndex(
        "(interview_id, interviewer_id) WHERE state != 'void'",
        "This interviewer already has a scorecard for the interview.",
    )

    @api.depends("candidate_name", "round_id")
    def _compute_display_name(self):
        # sudo: interviewers read the name of the round, not the plan it is of
        for card, own in zip(self, self.sudo(), strict=True):
            card.display_name = bool(own.round_id) and (
                f"{own.candidate_name or ''}: {own.round_id.name}"
            )

    def _compute_caution_text(self):
        cautions = self.env["medical.people.interview.caution"].search([])
        text = "\n".join(f"{one.name}: {one.avoid}" for one in cautions)
        self.caution_text = text

    # ------------------------------------------------------------------------- birth

    @api.model
    def _make(self, interviews):
        """An open scorecard for each interviewer of these interviews.

        Questions and anchors are copied: a card stays what was asked.
        """
        cards = self._pen().create(
            [
                {
                    "interview_id": one.id,
                    "interviewer_id": user.id,
                    "due_at": one.stop + timedelta(hours=one.plan_id.due_hours),
                    "line_ids": [
                        Command.create(
                            {
                                "question_id": question.id,
                                "sequence": question.sequence,
                                "question": question.text,
                                "anchors": question._anchors(),
                                "competency_id": question.competency_id.id,
                            }
                        )
                        for question in one.round_id.question_ids
                    ],
                }
                for one in interviews
                for user in one.interviewer_ids
            ]
        )
        cards._sync_readers()
        return cards

    def _sync_readers(self):
        """Say anew who may see which scorecards of these candidates."""
        # sudo: asked for all interviewers of a candidate, written by the program
        cards = self.sudo().search(
            [
                ("applicant_id", "in", self.applicant_id.ids),
                ("state", "!=", "void"),
            ]
        )
        open_users = defaultdict(lambda: self.env["res.users"])
        done_users = defaultdict(lambda: self.env["res.users"])
        for card in cards:
            users = open_users if card.state == "open" else done_users
            users[card.applicant_id] |= card.interviewer_id
        # sudo: as above; an interview that is to be scheduled again owes its cards still
        again = self.env["medical.people.interview"].sudo()
        for one in again.search(
            [
                ("applicant_id", "in", self.applicant_id.ids),
                ("state", "=", "draft"),
                ("scorecard_ids", "!=", False),
            ]
        ):
            open_users[one.applicant_id] |= one._owes_again()
        for card in cards:
            owing = open_users[card.applicant_id]
            own = card.interviewer_id
            hidden = owing - own
            readers = done_users[card.applicant_id] - owing - own
            if card.hidden_from_ids != hidden or card.reader_ids != readers:
                card._pen().write(
                    {
                        "hidden_from_ids": [Command.set(hidden.ids)],
                        "reader_ids": [Command.set(readers.ids)],
                    }
                )

    # ------------------------------------------------------------------------- steps

    def action_submit(self):
        """Submit it: the score is fixed, and the others' become visible."""
        self._move_to("submitted")

    def _before_submitted(self):
        """:raises UserError: not one's own, something is not rated, it is too early, or
        the decision is made"""
        self._check_undecided()
        for card in self:
            if card.interviewer_id != self.env.user:
                raise AccessError(
                    self.env._("%s is filled in by its interviewer.", card.display_name)
                )
            missing = card.line_ids.filtered(lambda line: not line.rating)
            if missing or not card.line_ids:
                raise UserError(
                    self.env._(
                        "%(card)s: rate each question first. Not rated: %(count)s.",
                        card=card.display_name,
                        count=len(missing),
                    )
                )
            if not card.recommendation:
                raise UserError(
                    self.env._("%s: choose a recommendation.", card.display_name)
                )
            if card.interview_id.state == "planned":
                card.interview_id.action_held()

    def _check_undecided(self):
        """:raises UserError: the candidate was refused, or chosen, so it counts no more"""
        # sudo: whether a decision is made is asked, whoever may read it
        decided = self.env["medical.people.hiring"].sudo()
        chosen = decided.search(
            [("chosen_id", "in", self.applicant_id.ids), ("state", "!=", "rejected")]
        ).chosen_id
        for card in self:
            # sudo: as above, of the candidate
            applicant = card.sudo().applicant_id
            if applicant in chosen or not applicant.active:
                raise UserError(
                    self.env._(
                        "%s: the decision about this candidate is made, so the scorecard "
                        "is no longer taken. Tell HR what you saw; HR can consider the "
                        "candidate again.",
                        card.display_name,
                    )
                )

    def _state_values(self, state, reason):
        if state != "submitted":
            return {}
        return {"submitted_at": fields.Datetime.now()}

    def _after_submitted(self):
        for card in self:
            ratings = [
                (int(line.rating), Decimal(str(line.weight))) for line in card.line_ids
            ]
            card._pen().score = float(card_score(ratings))
        self._sync_readers()

    def _void(self):
        """Nothing is left to rate: the interview was called off."""
        self._program_step("void")
        self._sync_readers()
