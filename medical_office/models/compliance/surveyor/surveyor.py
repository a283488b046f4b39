"""Surveyor access: a named person reads chosen papers until a minute, and nothing else."""

from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import email_normalize, escape_psql

from ...core.mixins.decidable import Waiting
from ...core.mixins.guard import ALL

MAKERS = ("compliance_group_officer", "core_group_manager")
LONGEST = timedelta(days=30)
AREAS = ("facility", "supply", "people", "compliance", "audits")


class ComplianceSurveyor(models.Model):
    """Asked for by the manager, granted by the director; ends by itself.

    The login is a portal user without any right on any model: what it sees is one page,
    which prints the papers of the areas that were chosen (``document.py``).
    """

    _name = "medical.compliance.surveyor"
    _description = "Surveyor Access"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "date_to desc, id desc"

    _transitions = {
        ("draft", "requested"): MAKERS,
        ("requested", "draft"): ("core_group_director", *MAKERS),
        ("requested", "granted"): "core_group_director",
        ("granted", "ended"): ("core_group_director", *MAKERS),
    }
    _segregated = {"granted": ("requested_by_id",)}
    _reason_required = frozenset({("requested", "draft")})
    _reason_methods = frozenset({"action_send_back"})
    _decisions = {
        "requested": Waiting("action_grant", "action_send_back", to="granted", days=1)
    }
    _decision_domain = "compliance"
    _locked = dict.fromkeys(("requested", "granted", "ended"), ALL)
    _deletable_in = frozenset({"draft"})

    name = fields.Char("Surveyor", required=True, help="The person, by name.")
    agency = fields.Char(required=True, help="Such as the state's health department.")
    purpose = fields.Char(help="Such as the yearly survey, or a complaint.")
    email = fields.Char(required=True, help="The login; the invitation goes there.")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    date_from = fields.Datetime(
        "Access from", required=True, default=fields.Datetime.now
    )
    date_to = fields.Datetime("Access until", required=True)
    period_from = fields.Date(
        "Papers from",
        required=True,
        default=lambda self: fields.Date.subtract(
            fields.Date.context_today(self), years=1
        ),
    )
    period_to = fields.Date(
        "Papers until", required=True, default=fields.Date.context_today
    )
    area_facility = fields.Boolean(
        "Building and equipment", help="Completion of required checks."
    )
    area_supply = fields.Boolean(
        "Vaccines and controlled items", help="Temperature and controlled item logs."
    )
    area_people = fields.Boolean(
        "Credentials and training", help="The credential and the training matrix."
    )
    area_compliance = fields.Boolean(
        "Compliance",
        help="Injury summaries, sharps logs, screening certificates, business "
        "associates, retention register.",
    )
    area_audits = fields.Boolean(
        "Audits and findings",
        help="The audit binder of each program: audits, evidence, findings, what was done.",
    )
    user_id = fields.Many2one("res.users", "Login", readonly=True, copy=False)
    requested_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    granted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    granted_at = fields.Datetime(readonly=True, copy=False)
    ended_at = fields.Datetime(readonly=True, copy=False)
    opened_ids = fields.One2many(
        "medical.core.opened", compute="_compute_opened_ids", string="Papers Opened"
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("requested", "To Grant"),
            ("granted", "Granted"),
            ("ended", "Ended"),
        ],
        required=True,
        default="draft",
        readonly=True,
        index=True,
    )

    @api.depends("name", "agency")
    def _compute_display_name(self):
        for one in self:
            one.display_name = ", ".join(filter(None, [one.name, one.agency]))

    def _compute_opened_ids(self):
        # sudo: the log of this access, for whoever may see the access
        opened = self.env["medical.core.opened"].sudo()
        found = opened.search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        ).grouped("res_id")
        for one in self:
            one.opened_ids = found.get(one._origin.id, opened).with_env(self.env)

    @api.constrains("date_from", "date_to", "period_from", "period_to")
    def _check_dates(self):
        for one in self:
            if not one.date_from < one.date_to <= one.date_from + LONGEST:
                raise ValidationError(
                    self.env._(
                        "%s: access ends after it begins, and at most 30 days later.",
                        one.display_name,
                    )
                )
            if one.period_from > one.period_to:
                raise ValidationError(self.env._("“Papers from” is after “until”."))

    @api.constrains("email")
    def _check_email(self):
        for one in self:
            if not email_normalize(one.email or ""):
                raise ValidationError(
                    self.env._("“%s” is not an email address.", one.email)
                )

    # ---------------------------------------------------------------------- buttons

    def action_request(self):
        """Ask the director.

        :raises UserError: no area is chosen, or the time is over
        """
        self._check_caller(*MAKERS)
        self._move_to("requested")

    def action_grant(self):
        """Open the access: the login is made and invited."""
        self._check_caller("core_group_director")
        self._move_to("granted")

    def action_send_back(self, reason):
        """Not like this."""
        self._check_caller("core_group_director", *MAKERS)
        self._move_to("draft", reason)

    def action_end(self):
        """End it now."""
        self._check_caller("core_group_director", *MAKERS)
        self._move_to("ended")

    # -------------------------------------------------------------------- the steps

    def _before_requested(self):
        for one in self:
            if not any(one[f"area_{area}"] for area in AREAS):
                raise UserError(
                    self.env._("%s: choose what may be read.", one.display_name)
                )
        self._check_time_left()

    def _before_granted(self):
        self._check_time_left()
        for one in self:
            one._check_login()

    def _check_time_left(self):
        now = fields.Datetime.now()
        for one in self:
            if one.date_to <= now:
                raise UserError(
                    self.env._(
                        "%s: the time of this access is over. Enter a later end.",
                        one.display_name,
                    )
                )

    def _logins(self):
        """The users, archived ones too, whose login this is."""
        # sudo: a login is looked for in all users
        users = self.env["res.users"].sudo().with_context(active_test=False)
        login = escape_psql(email_normalize(self.email))
        return users.search([("login", "=ilike", login)])

    def _check_login(self):
        """:raises UserError: the address is the login of somebody else here"""
        group = self.env.ref("medical_office.compliance_group_surveyor")
        others = self._logins().filtered(
            lambda user: not user.share or group not in user.group_ids
        )
        # an earlier surveyor whose role was taken is known by the earlier access
        # sudo: other companies' accesses count, too
        earlier = self.sudo().search([("user_id", "in", others.ids)]).user_id
        if others.filtered(lambda user: not user.share) or others - earlier:
            raise UserError(
                self.env._(
                    "%s is the login of somebody else here. Use another address of the "
                    "surveyor.",
                    self.email,
                )
            )

    def _state_values(self, state, reason):
        now = fields.Datetime.now()
        if state == "requested":
            return {"requested_by_id": self.env.uid}
        if state == "granted":
            return {"granted_by_id": self.env.uid, "granted_at": now}
        if state == "ended":
            return {"ended_at": now}
        return {}

    def _after_granted(self):
        groups = self.env.ref("base.group_portal") | self.env.ref(
            "medical_office.compliance_group_surveyor"
        )
        for one in self:
            user = one._logins()[:1]
            values = {
                "active": True,
                "name": one.name,
                "group_ids": [Command.set(groups.ids)],
                "company_id": one.company_id.id,
                "company_ids": [Command.set(one.company_id.ids)],
            }
            # sudo: the director grants, the program makes the login
            if user:
                user.sudo().write(values)  # sudo: as above
            else:
                address = email_normalize(one.email)
                users = self.env["res.users"].sudo()  # sudo: as above
                user = users.create(values | {"login": address, "email": address})
            one._pen().user_id = user.id

    def _after_ended(self):
        self._close_logins()

    def _close_logins(self):
        """Archive the logins that no other access needs."""
        group = self.env.ref("medical_office.compliance_group_surveyor")
        # sudo: accesses of all companies are asked
        granted = self.sudo().search(
            [("user_id", "in", self.user_id.ids), ("state", "=", "granted")]
        )
        over = self.user_id - granted.user_id
        # sudo: the program takes what it gave
        over.sudo().write({"active": False, "group_ids": [Command.unlink(group.id)]})

    # -------------------------------------------------------------------- the clock

    @api.model
    def _open_of(self, user):
        """The accesses of a user that are open this minute, as superuser."""
        now = fields.Datetime.now()
        # sudo: asked for the user, who may read none of them
        return self.sudo().search(
            [
                ("user_id", "=", user.id),
                ("state", "=", "granted"),
                ("date_from", "<=", now),
                ("date_to", ">", now),
            ]
        )

    @api.model
    def _cron_end(self):
        """End what is over, so that the logins go as well."""
        over = self.search(
            [("state", "=", "granted"), ("date_to", "<=", fields.Datetime.now())]
        )
        self.env["medical.core.job.fault"]._each(
            self.env._("end the access of surveyors"),
            over,
            lambda some: some._move_to("ended"),
        )

    def _until_text(self):
        """The last minute, on the practice's clock."""
        self.ensure_one()
        return self.company_id._medical_clock(self.date_to)
