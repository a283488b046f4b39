"""The morning digest: one mail per user with what needs doing, only if there is any."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from dateutil.tz import UTC

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_date, format_datetime
from odoo.tools.urls import urljoin

from ....engine.core.labels import labels_of
from ..check.check import DOMAINS, SEVERITY_RANK

SEND_FROM, SEND_UNTIL = time(6, 30), time(12, 0)  # a digest at noon is no digest
ROWS = 15
NEVER = fields.Datetime.to_datetime("9999-01-01")  # sorts what has no due date last
MONDAY = 0
FIELDS = (
    "summary", "domain", "severity", "severity_rank", "state", "user_id", "backup_id",
    "department_id", "company_id", "date_due", "date_opened", "waived_by_id",
)  # fmt: skip
# the first role a user has decides on the mail
ROLES = (
    ("manager", ("core_group_manager", "core_group_director")),
    ("head", ("core_group_head",)),
    ("staff", ("core_group_staff",)),
)


class ResUsers(models.Model):
    _inherit = "res.users"

    medical_digest = fields.Boolean(
        string="Morning Digest",
        default=True,
        help=(
            "An email each working morning listing what needs doing, if there is "
            "anything."
        ),
    )
    medical_digest_date = fields.Date(
        string="Last Morning Digest", groups="base.group_system", copy=False
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "medical_digest"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "medical_digest"]


class CoreDigest(models.TransientModel):
    """Collects and sends the digests; a record of it is a preview."""

    _name = "medical.core.digest"
    _description = "Morning Digest"
    _inherit = ["medical.core.wizard"]

    user_id = fields.Many2one(
        "res.users",
        required=True,
        default=lambda self: self.env.user,
        domain=lambda self: [
            (
                "all_group_ids",
                "in",
                self.env.ref("medical_office.core_group_staff").ids,
            )
        ],
    )
    subject = fields.Char(compute="_compute_preview")
    body = fields.Html(compute="_compute_preview", sanitize=False)
    has_content = fields.Boolean(compute="_compute_preview")

    @api.depends("user_id")
    def _compute_preview(self):
        self._check_preview()  # an onchange brings a user before anything is saved
        digests = self._digests(self.user_id, reader=self.env.user)
        for preview in self:
            digest = digests.get(preview.user_id)
            preview.has_content = bool(digest) and digest["has_content"]
            preview.subject, preview.body = (
                self._render(preview.user_id, digest) if digest else (False, False)
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Let everybody preview their own mail, the manager those of others."""
        previews = super().create(vals_list)
        previews._check_preview()
        return previews

    def write(self, vals):
        result = super().write(vals)
        self._check_preview()
        return result

    def _check_preview(self):
        others = self.user_id - self.env.user
        if others and not self._may_see_all(self.env.user):
            raise AccessError(
                self.env._("Only the office manager may preview other people's email.")
            )

    @api.model
    def _may_see_all(self, user):
        return self._role(user) == "manager"

    # ------------------------------------------------------------------- sending

    @api.model
    def _cron_send(self):
        """Send the digests that are due, after running the checks for them."""
        users = self._due_users(datetime.now(UTC))
        if users and self.env["medical.core.check"]._cron_run():
            self.env["medical.core.job.fault"]._each(
                self.env._("send digests"), users, self._send
            )

    @api.model
    def _due_users(self, now):
        """Users whose local morning has come and who had no digest today."""
        staff = self.env.ref("medical_office.core_group_staff")
        users = self.env["res.users"].search(
            [
                ("all_group_ids", "in", staff.ids),
                ("medical_digest", "=", True),
                ("email", "!=", False),
                ("share", "=", False),
            ]
        )
        works = {}

        def is_due(user):
            local = now.astimezone(self._user_zone(user))
            if not SEND_FROM <= local.time() < SEND_UNTIL:
                return False
            calendar, day = user.company_id.resource_calendar_id, local.date()
            if (calendar, day) not in works:
                works[calendar, day] = not calendar or calendar._works_on_date(day)
            return user.medical_digest_date != day and works[calendar, day]

        return users.filtered(is_due)

    @api.model
    def _user_zone(self, user):
        if user.tz:
            return ZoneInfo(user.tz)
        return user.company_id._medical_zone()

    @api.model
    def _send(self, users):
        """Queue one mail for each user who has something to do, on Mondays for all."""
        now = datetime.now(UTC)
        mails = []
        for user, digest in self._digests(users).items():
            day = now.astimezone(self._user_zone(user)).date()
            user._pen().medical_digest_date = day
            if not digest["has_content"] and day.weekday() != MONDAY:
                continue
            subject, body = self._render(user, digest)
            mails.append(
                {
                    "subject": subject,
                    "body_html": body,
                    "email_from": user.company_id.email_formatted
                    or self.env.user.email_formatted,
                    "recipient_ids": [fields.Command.link(user.partner_id.id)],
                    "auto_delete": True,
                }
            )
        return self.env["mail.mail"].create(mails)

    @api.model
    def _render(self, user, digest):
        """Subject and body in the user's language, by the role's template."""
        template = (
            self.env.ref(f"medical_office.core_digest_template_{digest['role']}")
            .sudo()  # sudo: a preview is for who does not read mail templates, too
            .with_context(
                lang=user.lang, tz=str(self._user_zone(user)), medical_digest=digest
            )
        )
        subject = template._render_field("subject", user.ids)[user.id]
        body = template._render_field("body_html", user.ids)[user.id]
        return subject, body

    # ------------------------------------------------------------------- content

    @api.model
    def _digests(self, users, reader=None):
        """user -> the content of the digest, from one read of the register.

        :param reader: who looks at it instead of these users: sees of their mail what
            may be seen with the reader's own rights
        """
        # sudo: the record rules of each user are applied below, to what is read here once
        register = self.env["medical.core.exception"].sudo()
        exceptions = register.search_fetch(
            [
                ("is_open", "=", True),
                ("company_id", "in", [False, *users.company_ids.ids]),
            ],
            FIELDS,
        )
        proof = self.env["medical.core.cockpit"]._proof()
        if reader:
            exceptions = self._visible(reader, exceptions)
        return {user: self._digest(user, exceptions, proof) for user in users}

    @api.model
    def _role(self, user):
        return next(
            role
            for role, groups in ROLES
            if any(user.has_group(f"medical_office.{group}") for group in groups)
        )

    @api.model
    def _visible(self, user, exceptions):
        """Those that the record rules show to ``user``, in all of the user's companies."""
        return (
            exceptions.with_user(user)
            .with_context(allowed_company_ids=user.company_ids.ids)
            ._filtered_access("read")
        )

    @api.model
    def _digest(self, user, exceptions, proof):
        role = self._role(user)
        # the practice's own clock, also for who reads it on a journey
        zone = str(user.company_id._medical_zone())
        visible = self._visible(user, exceptions).with_context(lang=user.lang, tz=zone)
        own = visible.filtered(lambda e: user in (e.user_id, e.backup_id))
        # the same two numbers as the cockpit shows, by the same rule
        todo = visible.filtered_domain(self._todo_domain(user))
        waivers = visible.filtered("can_approve")
        others = visible - own - waivers
        if role == "manager":  # who sees everything reads what is severe or late
            others = others.filtered(
                lambda e: e.severity_rank >= SEVERITY_RANK["high"] or e.is_overdue
            )
        elif role == "staff":
            others = others.filtered("is_overdue")
        env = visible.env
        return {
            "role": role,
            "first_name": user.name.split(" ")[0],
            "day": format_date(
                env,
                fields.Date.context_today(visible),
                date_format="EEEE, MMMM d, y",
            ),
            "todo": {"all": len(todo), "mine": len(todo & own)},
            "own": self._section(own),
            "waivers": self._section(waivers),
            "others": self._section(others),
            "domains": self._domains(visible) if role == "manager" else [],
            "proof": {
                **proof,
                "last": proof["last"]
                and format_datetime(
                    env,
                    fields.Datetime.to_datetime(proof["last"]),
                    zone,
                    dt_format="short",
                ),
            },
            "has_content": bool(
                own or waivers or others or (role == "manager" and proof["failed"])
            ),
            "url": urljoin(self.get_base_url(), "odoo/medical-office"),
        }

    @api.model
    def _todo_domain(self, user):
        cockpit = self.env["medical.core.cockpit"]
        return cockpit.with_company(user.company_id)._todo_domain()

    @api.model
    def _section(self, exceptions):
        """The first rows of a list, and how many there are in all."""
        env = exceptions.env
        labels = {name: labels_of(exceptions, name) for name in ("domain", "severity")}
        rows = exceptions.sorted(
            lambda e: (-e.severity_rank, e.date_due or NEVER, e.id)
        )[:ROWS]
        base = self.get_base_url()
        zones = {  # due on the clock of the place itself, not on the reader's
            company: str(company._medical_zone())
            for company in rows.grouped("company_id")
        }
        return {
            "count": len(exceptions),
            "more": len(exceptions) - len(rows),
            "url": urljoin(base, "odoo/medical-office-exceptions"),
            "rows": [
                {
                    "summary": e.summary,
                    "severity": e.severity,
                    "severity_label": labels["severity"][e.severity],
                    "domain_label": labels["domain"][e.domain],
                    # sudo: a colleague's name is no secret to who reads the exception
                    "owner": e.sudo().user_id.name or "",
                    "due": format_datetime(
                        env, e.date_due, zones[e.company_id], dt_format="short"
                    ),
                    "overdue": e.is_overdue,
                    "url": urljoin(base, f"mail/view?model={e._name}&res_id={e.id}"),
                }
                for e in rows
            ],
        }

    @api.model
    def _domains(self, exceptions):
        """A line per domain with something open: open, overdue, severe, new."""
        labels = labels_of(exceptions, "domain")
        yesterday = fields.Datetime.subtract(fields.Datetime.now(), days=1)
        by_domain = exceptions.grouped("domain")
        return [
            {
                "label": labels[domain],
                "open": len(found),
                "overdue": len(found.filtered("is_overdue")),
                "severe": len(
                    found.filtered(lambda e: e.severity_rank >= SEVERITY_RANK["high"])
                ),
                "new": len(found.filtered(lambda e: e.date_opened >= yesterday)),
            }
            for domain, _label in DOMAINS
            if (found := by_domain.get(domain))
        ]
