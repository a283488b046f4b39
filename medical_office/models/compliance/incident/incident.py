"""Incidents: what happened, who looks into it, its cause and what was done."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ....engine.core.labels import labels_of
from ...core.check.answerable import Answerable
from ...core.mixins.guard import ALL

OFFICERS = ("compliance_group_officer", "core_group_manager", "core_group_director")
# what one does not tell everybody who may read incidents
CONFIDENTIAL = frozenset({"privacy", "complaint"})


class ComplianceIncident(models.Model):
    """Reported by staff or without a name; closed with a cause by somebody else."""

    _name = "medical.compliance.incident"
    _description = "Incident"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "reported_on desc, id desc"
    _mail_post_access = "read"

    _transitions = {
        ("reported", "looking"): OFFICERS,
        ("looking", "closed"): OFFICERS,
        ("closed", "looking"): ("compliance_group_officer", "core_group_director"),
    }
    # what somebody reported is not closed by the same person
    _segregated = {"closed": ("reporter_id",)}
    _reason_required = frozenset({("closed", "looking")})
    _reason_methods = frozenset({"action_reopen"})
    _born_fields = frozenset({"what", "immediate", "is_about_manager", "company_id"})
    _locked = {"closed": ALL}
    _deletable_in = frozenset()
    _scope_fields = frozenset({"company_id", "department_id", "reporter_id"})

    kind = fields.Selection(
        [
            ("needle", "Needle-stick or sharps injury"),
            ("injury", "Injury or illness of staff"),
            ("privacy", "Privacy"),
            ("safety", "Safety or near miss"),
            ("complaint", "Complaint or concern"),
        ],
        "Type",
        required=True,
        default="safety",
        index=True,
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    room_id = fields.Many2one(
        "stock.location",
        index="btree_not_null",
        domain="[('medical_room_type', '!=', False)]",
    )
    site_id = fields.Many2one(
        "stock.warehouse",
        compute="_compute_site_id",
        store=True,
        readonly=False,
        domain="[('medical_is_site', '=', True)]",
    )
    place = fields.Char("Where", help="Where it happened, if not in one of the rooms.")
    department_id = fields.Many2one("hr.department", index="btree_not_null")
    happened_on = fields.Date("Happened on")
    what = fields.Text(
        "What happened",
        required=True,
        help="What you saw or know. No names of patients, no birth dates, no numbers.",
    )
    immediate = fields.Text("Done at once", help="What was done right away.")
    is_about_manager = fields.Boolean(
        "Keep from the office manager",
        help="Only the compliance officer and the director read it.",
    )
    is_anonymous = fields.Boolean("Without a name", readonly=True)
    is_confidential = fields.Boolean(
        "Confidential",
        help="Read by the compliance officer, the office manager and the director, "
        "and by whoever reported it.",
    )
    reporter_id = fields.Many2one(
        "res.users", "Reported by", readonly=True, index="btree_not_null"
    )
    reported_on = fields.Date(required=True, readonly=True, index=True)
    owner_id = fields.Many2one(
        "res.users", "Looked into by", index="btree_not_null", tracking=True
    )
    cause = fields.Text(help="Why it could happen, not who was at fault.")
    done = fields.Text("What was done", help="What keeps it from happening again.")
    closed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    closed_on = fields.Date("Closed", readonly=True, copy=False)
    state = fields.Selection(
        [("reported", "Reported"), ("looking", "Looked into"), ("closed", "Closed")],
        required=True,
        default="reported",
        readonly=True,
        index=True,
    )
    involved_ids = fields.One2many(
        "medical.compliance.incident.person", "incident_id", "People Involved"
    )
    message_line_ids = fields.One2many(
        "medical.compliance.incident.message", "incident_id", "Conversation"
    )
    waits_for_answer = fields.Boolean(
        "Reporter Waits", compute="_compute_waits_for_answer", compute_sudo=True
    )
    key_digest = fields.Char(
        readonly=True, copy=False, index="btree_not_null", groups="base.group_system"
    )
    # ------------------------------- of a sharps injury: 29 CFR 1910.1030(h)(5)(i)
    sharps_device = fields.Char("Type of device", help="Such as suture needle.")
    sharps_brand = fields.Char("Brand of the device")
    sharps_safety = fields.Selection(
        [("yes", "Yes"), ("no", "No"), ("unknown", "Not known")],
        "Safety device",
        help="Whether the device has a built-in protection from sharps injuries.",
    )
    sharps_how = fields.Text("How it happened", help="In the log, without any name.")

    @api.depends("kind")
    def _compute_display_name(self):
        labels = labels_of(self, "kind")
        for incident in self:
            incident.display_name = self.env._(
                "Incident %(number)s: %(type)s",
                number=incident._origin.id or self.env._("new"),
                type=labels.get(incident.kind, ""),
            )

    @api.depends("room_id")
    def _compute_site_id(self):
        for incident in self:
            incident.site_id = incident.room_id.medical_site_id or incident.site_id

    @api.depends("message_line_ids")
    def _compute_waits_for_answer(self):
        for incident in self:
            last = incident.message_line_ids.sorted("id")[-1:]
            incident.waits_for_answer = last.is_from_reporter

    @api.constrains("happened_on")
    def _check_happened_on(self):
        for incident in self:
            today = incident.reported_on or fields.Date.context_today(self)
            if incident.happened_on and incident.happened_on > today:
                raise UserError(
                    self.env._(
                        "An incident cannot happen after it was reported (%(day)s): "
                        "correct “Happened on”.",
                        day=format_date(self.env, today),
                    )
                )

    def _birth_values(self, vals):
        """Who reports is the caller, today; what is delicate starts confidential."""
        kind = vals.get("kind") or self.default_get(["kind"]).get("kind")
        values = {
            "reporter_id": self.env.uid,
            "reported_on": fields.Date.context_today(self),
        }
        if kind in CONFIDENTIAL or vals.get("is_about_manager"):
            values["is_confidential"] = True
        if not vals.get("department_id"):
            # sudo: the reporter's own department
            employee = self.env.user.sudo().employee_id
            values["department_id"] = employee.department_id.id
        return values

    # ---------------------------------------------------------------------- buttons

    def action_look(self):
        """Begin to look into it; who presses the button owns it, if nobody does yet."""
        self._check_caller(*OFFICERS)
        self._move_to("looking")

    def action_close(self):
        """Close it with its cause and what was done.

        :raises UserError: one of them is missing
        :raises AccessError: the caller reported it or is involved
        """
        self._check_caller(*OFFICERS)
        self._move_to("closed")

    def action_reopen(self, reason):
        """Look into it again."""
        self._check_caller("compliance_group_officer", "core_group_director")
        self._move_to("looking", reason)

    def _state_values(self, state, reason):
        if state == "closed":
            return {
                "closed_by_id": self.env.uid,
                "closed_on": fields.Date.context_today(self),
            }
        return {"closed_by_id": False, "closed_on": False}

    def _after_looking(self):
        self.filtered(lambda one: not one.owner_id)._pen().owner_id = self.env.user

    def _before_closed(self):
        for incident in self:
            missing = [
                self._guard_label(name)
                for name in ("cause", "done")
                if not (incident[name] or "").strip()
            ]
            if missing:
                raise UserError(
                    self.env._(
                        "%(incident)s: enter %(fields)s before you close it.",
                        incident=incident.display_name,
                        fields=", ".join(f"“{name}”" for name in missing),
                    )
                )
            # sudo: who is involved is asked to refuse, whoever may see it
            if self.env.user in incident.sudo().involved_ids.employee_id.user_id:
                raise AccessError(
                    self.env._(
                        "%s: you are involved in it, so somebody else closes it.",
                        incident.display_name,
                    )
                )

    # ------------------------------------------------------------------------- who

    def _medical_answerable(self):
        """Who looks into it, else the first compliance officer, else the director."""
        self.ensure_one()
        officers = self._officers(self.company_id)
        owner = self.owner_id or officers[:1]
        return Answerable(
            user_id=owner.id,
            backup_id=(officers - owner)[:1].id,
            # the heads are not told by the register what they may not read
            department_id=False,
            company_id=self.company_id.id,
        )

    @api.model
    def _officers(self, company):
        """Those who read everything: compliance officers first, then directors."""
        users = self.env["res.users"]
        for name in ("compliance_group_officer", "core_group_director"):
            group = self.env.ref(f"medical_office.{name}")
            # sudo: who has a role is no secret for the program
            found = self.env["res.users"].sudo()
            users |= found.search(
                [
                    ("all_group_ids", "in", group.ids),
                    ("company_ids", "in", company.ids),
                    ("share", "=", False),
                ],
                order="id",
            )
        return users.with_env(self.env)
