"""Acknowledgment campaigns: a policy in force, the roles it concerns, until when."""

from odoo import SUPERUSER_ID, Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...core.mixins.done import done

KEEPERS = ("core_group_hr", "core_group_manager")
BATCH = 20
AGAIN_DAYS = 7  # between two reminders
RENEWED_DAYS = 14  # at least, to read a version that came in the middle of a campaign


class ComplianceCampaign(models.Model):
    """Who has read the version that is in force at the start, and who is missing."""

    _name = "medical.compliance.campaign"
    _description = "Acknowledgment Campaign"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "date_due desc, id desc"

    _transitions = {
        ("draft", "running"): KEEPERS,
        ("running", "closed"): KEEPERS,
    }
    _editors = {"*": KEEPERS}
    _reason_required = frozenset({"closed"})
    _reason_methods = frozenset({"action_close"})
    _locked = {
        "running": frozenset({"text_id", "company_id", "survey_id"}),
        "closed": frozenset(
            {
                "text_id", "company_id", "survey_id", "group_ids", "date_due",
                "remind_days",
            }
        ),
    }  # fmt: skip
    _deletable_in = frozenset({"draft"})

    text_id = fields.Many2one(
        "medical.core.text",
        "Policy",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('current_id', '!=', False)]",
    )
    version_id = fields.Many2one("medical.core.text.version", readonly=True, copy=False)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    group_ids = fields.Many2many(
        "res.groups",
        "medical_compliance_campaign_group_rel",
        string="Roles",
        domain=lambda self: self.env["medical.core.text"]._role_domain(),
        help="Empty: those the policy applies to.",
    )
    date_due = fields.Date("Read by", required=True)
    remind_days = fields.Integer(
        "Remind days ahead",
        default=7,
        aggregator=None,
        help="The first reminder; the next ones come every week until it is read.",
    )
    survey_id = fields.Many2one(
        "survey.survey",
        "Quiz",
        domain="[('scoring_type', '!=', 'no_scoring')]",
        ondelete="restrict",
        help="A scored survey. Whoever has not passed it cannot acknowledge the policy.",
    )
    user_id = fields.Many2one(
        "res.users", "Responsible", default=lambda self: self.env.user, index=True
    )
    state = fields.Selection(
        [("draft", "Draft"), ("running", "Running"), ("closed", "Closed")],
        required=True,
        default="draft",
        readonly=True,
        index=True,
    )
    started_at = fields.Datetime(readonly=True, copy=False)
    closed_at = fields.Datetime(readonly=True, copy=False)
    reader_ids = fields.One2many(
        "medical.compliance.campaign.reader", "campaign_id", readonly=True
    )
    reader_count = fields.Integer("Readers", compute="_compute_counts")
    missing_count = fields.Integer("Missing", compute="_compute_counts")

    @api.depends("text_id.name", "version_id.number")
    def _compute_display_name(self):
        for campaign in self:
            campaign.display_name = (
                campaign.version_id.display_name or campaign.text_id.name or ""
            )

    @api.depends("reader_ids.acknowledged_at")
    def _compute_counts(self):
        rows = self.env["medical.compliance.campaign.reader"]._read_group(
            [("campaign_id", "in", self.ids)],
            ["campaign_id"],
            ["__count", "acknowledged_at:count"],
        )
        counts = {campaign.id: (every, done) for campaign, every, done in rows}
        for campaign in self:
            every, done = counts.get(campaign.id, (0, 0))
            campaign.reader_count = every
            campaign.missing_count = every - done

    # ---------------------------------------------------------------------- buttons

    def action_start(self):
        """Ask everybody it concerns to read the version in force."""
        self._check_caller(*KEEPERS)
        for campaign in self:  # each has a version of its own
            campaign._move_to("running")
        return True

    def action_close(self, reason):
        """End the campaign; who has not read it stays on record as missing."""
        self._check_caller(*KEEPERS)
        self._move_to("closed", reason)

    def action_remind(self):
        """Remind those who are missing now."""
        self._check_caller(*KEEPERS)
        self.check_access("read")
        reminded = self.filtered(lambda one: one.state == "running")._remind()
        return done(
            self.env,
            self.env._(
                "Reminded: %s.", reminded or self.env._("nobody; all have confirmed")
            ),
        )

    def action_missing(self):
        """Those who have not read it."""
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Missing"),
            "res_model": "medical.compliance.campaign.reader",
            "views": [(False, "list")],
            "domain": [
                ("campaign_id", "in", self.ids),
                ("acknowledged_at", "=", False),
            ],
        }

    # -------------------------------------------------------------------- the steps

    def _before_running(self):
        for campaign in self:
            if not campaign.text_id.current_id:
                raise UserError(
                    self.env._(
                        "“%s” has no version in force. Have one approved first.",
                        campaign.text_id.name,
                    )
                )
            if not campaign._medical_readers():
                raise UserError(
                    self.env._(
                        "“%s” concerns nobody: choose other roles.",
                        campaign.text_id.name,
                    )
                )

    def _state_values(self, state, reason):
        now = fields.Datetime.now()
        if state == "running":
            return {"started_at": now, "version_id": self.text_id.current_id.id}
        return {"closed_at": now}

    def _after_running(self):
        self._fill()
        self._remind()

    @api.model
    def _end_superseded(self, versions):
        """A version in force ends the campaign of the one before, which nobody can read
        and confirm any more, and leaves a draft of the next to who is responsible.
        """
        # the program ends them, and leaves the draft in their name
        running = self.with_user(SUPERUSER_ID).search(
            [("text_id", "in", versions.text_id.ids), ("state", "=", "running")]
        )
        if not running:
            return
        soonest = fields.Date.add(fields.Date.context_today(self), days=RENEWED_DAYS)
        drafts = running.create(
            [
                {
                    "text_id": one.text_id.id,
                    "company_id": one.company_id.id,
                    "group_ids": [Command.set(one.group_ids.ids)],
                    "date_due": max(one.date_due, soonest),
                    "remind_days": one.remind_days,
                    "survey_id": one.survey_id.id,
                    "user_id": one.user_id.id,
                }
                for one in running
            ]
        )
        running._move_to("closed", self.env._("A new version is in force."))
        for draft in drafts:
            draft.message_notify(
                partner_ids=draft.user_id.partner_id.ids,
                subject=self.env._("A new version: %s", draft.display_name),
                body=self.env._(
                    "A new version of “%(policy)s” is in force, so its campaign has "
                    "ended; who had not read it stays on record as missing. Start the "
                    "next one, which is prepared, to have the new version read by "
                    "%(day)s.",
                    policy=draft.text_id.name,
                    day=format_date(self.env, draft.date_due),
                ),
                email_layout_xmlid="mail.mail_notification_light",
            )

    def _medical_readers(self):
        """Active internal users of the company in one of the roles."""
        self.ensure_one()
        readers = self.text_id._readers().filtered(
            lambda user: self.company_id in user.company_ids
        )
        if not self.group_ids:
            return readers
        # sudo: who has which role is asked, whoever starts a campaign
        users = self.env["res.users"].sudo()
        found = users.search(
            [
                ("share", "=", False),
                ("all_group_ids", "in", self.group_ids.ids),
                ("company_ids", "in", self.company_id.ids),
            ]
        )
        return found.with_env(self.env)

    def _fill(self):
        """A row for whoever it concerns and has none; who has read it is noted."""
        # sudo: rows of readers are the program's
        rows = self.env["medical.compliance.campaign.reader"].sudo()
        values = []
        for campaign in self:
            # sudo: who has acknowledged is asked, whoever may see each
            done = {
                one.user_id.id: one.at
                for one in campaign.version_id.sudo().acknowledgment_ids
            }
            # sudo: who is asked already, as above
            asked = campaign.sudo().reader_ids.user_id
            new = campaign._medical_readers() - asked
            values += [
                {
                    "campaign_id": campaign.id,
                    "user_id": user.id,
                    "acknowledged_at": done.get(user.id),
                }
                for user in new
            ]
        rows._pen().create(values)

    def _remind(self):
        """Tell those who are missing, one message for each campaign.

        :return: the names of who was told
        """
        now = fields.Datetime.now()
        told = self.env["res.users"]
        for campaign in self:
            # sudo: rows of readers are the program's
            missing = campaign.sudo().reader_ids.filtered(
                lambda row: not row.acknowledged_at and row.user_id.active
            )
            if not missing:
                continue
            told |= missing.user_id
            campaign.message_notify(
                partner_ids=missing.user_id.partner_id.ids,
                subject=self.env._("Please read: %s", campaign.display_name),
                body=self.env._(
                    "Please read “%(policy)s” and confirm it by %(day)s, under "
                    "Compliance, Policies, To Read.",
                    policy=campaign.display_name,
                    day=format_date(self.env, campaign.date_due),
                ),
                email_layout_xmlid="mail.mail_notification_light",
            )
            for count, rows in missing.grouped("reminder_count").items():
                rows._pen().write({"reminded_at": now, "reminder_count": count + 1})
        return ", ".join(told.mapped("name"))

    @api.model
    def _cron_remind(self):
        """Daily: who came since is asked, too; who is missing is reminded in time."""
        running = self.search([("state", "=", "running")])
        self.env["medical.core.job.fault"]._each_batch(
            self.env._("remind readers of policies"),
            running,
            lambda some: some._daily(),
            BATCH,
        )

    def _daily(self):
        self._fill()
        today = fields.Date.context_today(self)
        again = fields.Datetime.subtract(fields.Datetime.now(), days=AGAIN_DAYS)
        self.filtered(
            lambda one: (
                today >= fields.Date.subtract(one.date_due, days=one.remind_days)
                and any(
                    not row.acknowledged_at
                    and (not row.reminded_at or row.reminded_at <= again)
                    for row in one.reader_ids
                )
            )
        )._remind()

    @api.model
    def _note_read(self, acknowledgments):
        """Note in the campaigns that somebody has read a version."""
        # sudo: rows of readers are the program's
        rows = self.env["medical.compliance.campaign.reader"].sudo()
        waiting = rows.search(
            [
                ("campaign_id.version_id", "in", acknowledgments.version_id.ids),
                ("user_id", "in", acknowledgments.user_id.ids),
                ("acknowledged_at", "=", False),
            ]
        )
        moments = {(one.version_id, one.user_id): one.at for one in acknowledgments}
        for row in waiting:
            moment = moments.get((row.campaign_id.version_id, row.user_id))
            if moment:
                row._pen().acknowledged_at = moment

    def _quiz_missing(self, user):
        """Those of these campaigns whose quiz the user has not passed.

        What was passed before the version was in force was about another text.
        """
        with_quiz = self.filtered("survey_id")
        # sudo: whether the user has passed is asked, not the answers
        answers = self.env["survey.user_input"].sudo()
        passed = answers._read_group(
            [
                ("survey_id", "in", with_quiz.survey_id.ids),
                ("partner_id", "=", user.partner_id.id),
                ("state", "=", "done"),
                ("scoring_success", "=", True),
            ],
            ["survey_id"],
            ["end_datetime:max"],
        )
        last = {survey: moment for survey, moment in passed if moment}

        def is_passed(one):
            approved = one.version_id.approved_at
            moment = last.get(one.survey_id)
            return moment and (not approved or moment >= approved)

        return with_quiz.filtered(lambda one: not is_passed(one))

    def action_quiz(self):
        """Take the quiz of this campaign."""
        self.check_access("read")
        self.ensure_one()
        # sudo: a reader takes the quiz without seeing surveys
        survey = self.sudo().survey_id
        if not survey:
            raise UserError(self.env._("This campaign has no quiz."))
        answer = survey._create_answer(user=self.env.user, check_attempts=False)
        return {
            "type": "ir.actions.act_url",
            "url": answer.get_start_url(),
            "target": "new",
        }
