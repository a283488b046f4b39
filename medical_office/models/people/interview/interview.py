"""An interview: one applicant, one round, the same questions as for everybody."""

import secrets
from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

from ...core.mixins.guard import ALL, AllBut

OVER = ("held", "no_show", "canceled")


class PeopleInterview(models.Model):
    """Interviewers read it and say whether it took place; HR plans it."""

    _name = "medical.people.interview"
    _description = "Interview"
    _inherit = ["medical.core.workflow"]
    _order = "start desc, id desc"

    _transitions = {
        ("draft", "planned"): "core_group_hr",
        ("planned", "draft"): "core_group_hr",
        ("planned", "held"): "core_group_staff",
        ("planned", "no_show"): "core_group_staff",
        ("draft", "canceled"): "core_group_hr",
        ("planned", "canceled"): "core_group_hr",
    }
    _editors = {"*": "core_group_hr"}
    _born_fields = frozenset({"applicant_id", "round_id"})
    _locked = {
        "planned": AllBut({"brief", "resume_id"}),
        **dict.fromkeys(OVER, ALL),
    }
    _deletable_in = frozenset({"draft"})

    applicant_id = fields.Many2one(
        "hr.applicant", required=True, index=True, ondelete="cascade"
    )
    candidate_name = fields.Char("Candidate", readonly=True)
    round_id = fields.Many2one(
        "medical.people.interview.round", required=True, index=True, ondelete="restrict"
    )
    plan_id = fields.Many2one(related="round_id.plan_id", store=True, index=True)
    job_id = fields.Many2one(related="round_id.plan_id.job_id", store=True, index=True)
    company_id = fields.Many2one(related="round_id.company_id", store=True, index=True)
    mode = fields.Selection(related="round_id.mode")
    state = fields.Selection(
        [
            ("draft", "To schedule"),
            ("planned", "Scheduled"),
            ("held", "Took place"),
            ("no_show", "Did not appear"),
            ("canceled", "Canceled"),
        ],
        required=True,
        default="draft",
        readonly=True,
        index=True,
        copy=False,
    )
    start = fields.Datetime("Begins", index=True)
    stop = fields.Datetime("Ends", compute="_compute_stop", store=True)
    interviewer_ids = fields.Many2many(
        "res.users",
        "medical_people_interview_user_rel",
        "interview_id",
        "user_id",
        string="Interviewers",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    brief = fields.Text(
        "For the Interviewers",
        help="What they need to know beside the résumé: about the work alone.",
    )
    resume_id = fields.Many2one(
        "ir.attachment",
        "Résumé",
        domain="[('res_model', '=', 'hr.applicant'), ('res_id', '=', applicant_id)]",
        ondelete="set null",
    )
    event_id = fields.Many2one(
        "calendar.event", readonly=True, copy=False, ondelete="set null"
    )
    scorecard_ids = fields.One2many("medical.people.scorecard", "interview_id")
    owing_ids = fields.Many2many(
        "res.users",
        compute="_compute_owing_ids",
        compute_sudo=True,  # who still owes a scorecard is no secret, a score is
        string="Scorecards Missing",
    )
    user_input_id = fields.Many2one(
        "survey.user_input",
        "Skills Test",
        readonly=True,
        copy=False,
        groups="medical_office.core_group_hr",
    )
    test_score = fields.Float(
        "Skills Test (%)",
        compute="_compute_test_score",
        compute_sudo=True,  # the director reads the result, not each answer
        groups="medical_office.core_group_hr,medical_office.core_group_director",
        help="Of a finished test alone.",
    )
    is_test_done = fields.Boolean(
        "Test Finished",
        compute="_compute_test_score",
        compute_sudo=True,  # as above
        groups="medical_office.core_group_hr,medical_office.core_group_director",
    )
    access_token = fields.Char(
        readonly=True, copy=False, groups="medical_office.core_group_hr"
    )

    _once = models.UniqueIndex(
        "(applicant_id, round_id) WHERE state != 'canceled' AND state != 'no_show'",
        "This candidate already has an interview of that round.",
    )
    _token = models.UniqueIndex("(access_token) WHERE access_token IS NOT NULL")

    @api.depends("candidate_name", "round_id")
    def _compute_display_name(self):
        # sudo: interviewers read the name of the round, not the plan it is of
        for one, own in zip(self, self.sudo(), strict=True):
            one.display_name = bool(own.round_id) and (
                f"{own.candidate_name or ''}: {own.round_id.name}"
            )

    @api.depends("start", "round_id")
    def _compute_stop(self):
        for one in self:
            one.stop = one.start and one.start + timedelta(minutes=one.round_id.minutes)

    @api.depends("scorecard_ids.state")
    def _compute_owing_ids(self):
        for one in self:
            cards = one.scorecard_ids.filtered(lambda card: card.state == "open")
            one.owing_ids = cards.interviewer_id

    @api.depends("user_input_id.state", "user_input_id.scoring_percentage")
    def _compute_test_score(self):
        for one in self:
            answer = one.user_input_id
            one.is_test_done = answer.state == "done"
            one.test_score = answer.scoring_percentage if one.is_test_done else 0.0

    # ------------------------------------------------------------------------- birth

    @api.model_create_multi
    def create(self, vals_list):
        interviews = super().create(vals_list)
        interviews._check_job()
        for plan, own in interviews.grouped("plan_id").items():
            own.applicant_id._medical_open_knockouts(plan)
        return interviews

    def _birth_values(self, vals):
        # sudo: interviewers see the name of the candidate, not the applicant
        applicant = self.env["hr.applicant"].sudo().browse(vals.get("applicant_id"))
        values = {
            "candidate_name": applicant.partner_name or applicant.email_from,
            "access_token": secrets.token_urlsafe(32),
        }
        if not vals.get("interviewer_ids") and vals.get("round_id"):
            one = self.env["medical.people.interview.round"].browse(vals["round_id"])
            values["interviewer_ids"] = [Command.set(one.interviewer_ids.ids)]
        return values

    def _check_job(self):
        """:raises UserError: the round is of another job, or the matter is decided"""
        for one in self:
            if one.plan_id.state != "in_use":
                raise UserError(
                    self.env._("%s is not in use.", one.plan_id.display_name)
                )
            if one.applicant_id.job_id != one.job_id:
                raise UserError(
                    self.env._(
                        "%(name)s has not applied for %(job)s. Choose a round of the "
                        "job applied for.",
                        name=one.candidate_name,
                        job=one.job_id.name,
                    )
                )
        # sudo: a decision is asked for, whoever may read decisions
        decided = self.env["medical.people.hiring"].sudo()
        decided = decided.search(
            [("chosen_id", "in", self.applicant_id.ids), ("state", "!=", "rejected")],
            limit=1,
        )
        if decided:
            raise UserError(
                self.env._(
                    "%s: the hiring decision is made, so there is nothing left to rate.",
                    decided.candidate_name,
                )
            )

    # ------------------------------------------------------------------------- steps

    def action_schedule(self):
        """Put it into the interviewers' calendars, or send the skills test."""
        self._move_to("planned")

    def action_reschedule(self):
        """Back to be scheduled; the event and open scorecards are taken back."""
        self._move_to("draft")

    def action_held(self):
        """It took place: scorecards are due from now on."""
        self._move_to("held")

    def action_no_show(self):
        """The candidate did not appear."""
        self._move_to("no_show")

    def action_cancel(self):
        """It will not take place."""
        self._move_to("canceled")

    def action_resume(self):
        """Open the résumé; who took it, and when, is logged."""
        self.ensure_one()
        self.check_access("read")
        if not self.sudo().resume_id:  # sudo: whether there is one
            raise UserError(
                self.env._("HR has not released a résumé for this interview.")
            )
        return {
            "type": "ir.actions.act_url",
            "url": f"/medical_office/interview/{self.id}/resume",
            "target": "new",
        }

    def _before_planned(self):
        """:raises UserError: no time, nobody to ask, or somebody is asked elsewhere"""
        for one in self:
            if one.mode == "test":
                continue
            if not one.start:
                raise UserError(
                    self.env._("%s: enter when it begins.", one.display_name)
                )
            if not one.interviewer_ids:
                raise UserError(
                    self.env._("%s: name an interviewer.", one.display_name)
                )
            one._check_free()

    def _check_free(self):
        """:raises UserError: an interviewer has another interview at that time"""
        # sudo: other interviews are looked at to refuse, not shown
        clash = self.sudo().search(
            [
                ("id", "!=", self.id),
                ("state", "=", "planned"),
                ("start", "<", self.stop),
                ("stop", ">", self.start),
                ("interviewer_ids", "in", self.interviewer_ids.ids),
            ],
            limit=1,
        )
        if clash:
            busy = (clash.interviewer_ids & self.interviewer_ids)[:1]
            raise UserError(
                self.env._(
                    "%(user)s has another interview at that time. Choose another time.",
                    user=busy.name,
                )
            )

    def _check_said_by(self):
        """:raises AccessError: neither HR nor one of the interviewers says so"""
        for one in self:
            if not self._guard_user_in("core_group_hr") and (
                self.env.user not in one.interviewer_ids
            ):
                raise AccessError(
                    self.env._(
                        "%s: its interviewers and HR say whether it took place.",
                        one.display_name,
                    )
                )

    def _before_held(self):
        self._check_said_by()
        for one in self:
            if one.mode != "test" and one.start > fields.Datetime.now():
                raise UserError(self.env._("%s has not begun yet.", one.display_name))
            if one.mode == "test" and not one.sudo().is_test_done:  # sudo: a yes or no
                raise UserError(
                    self.env._("%s: the test is not finished.", one.display_name)
                )

    def _before_no_show(self):
        self._check_said_by()
        for one in self:
            one._check_own_card_in(one.interviewer_ids)

    def _after_planned(self):
        tests = self.filtered(lambda one: one.mode == "test")
        tests._send_test()
        interviews = self - tests
        interviews._make_events()
        interviews._make_scorecards()

    def _after_draft(self):
        self._take_back()

    def _after_no_show(self):
        self._take_back()

    def _after_canceled(self):
        self._take_back()

    def _take_back(self):
        """Remove events; scorecards nobody has submitted are void."""
        # sudo: made by the program, taken back by it
        ours = self.sudo()
        events = ours.event_id
        ours._pen().write({"event_id": False})
        events.unlink()
        ours.scorecard_ids.filtered(lambda card: card.state == "open")._void()
        ours.scorecard_ids._sync_readers()

    def _make_scorecards(self):
        # sudo: the program makes a scorecard for each interviewer
        cards = self.env["medical.people.scorecard"].sudo()
        cards._make(self)
