"""Users: an auditor's access ends on a day; a head knows the departments below."""

from odoo import api, fields, models
from odoo.exceptions import AccessDenied, ValidationError
from odoo.tools import format_date


class ResUsers(models.Model):
    _name = "res.users"
    _inherit = ["res.users", "medical.core.guard"]
    _program_fields = frozenset({"medical_digest_date"})
    # everybody changes the company of their own user, whom they may not write
    _scope_fields = frozenset()

    medical_auditor_until = fields.Date(
        string="Auditor Until",
        help="Last day on which this auditor may log in and view records. The role is "
        "removed afterward.",
    )
    medical_headed_department_ids = fields.Many2many(
        "hr.department",
        compute="_compute_medical_headed_department_ids",
        compute_sudo=True,  # everybody may know which departments they head
        context={"active_test": False},  # the record of a closed one is still read
        string="Departments Headed",
        help="The departments this user manages, and all departments below them.",
    )

    def _compute_medical_headed_department_ids(self):
        department = self.env["hr.department"].with_context(active_test=False)
        headed = department._read_group(
            [("manager_id.user_id", "in", self.ids)],
            ["manager_id"],
            ["id:recordset"],
        )
        by_user = {}
        for manager, departments in headed:
            by_user[manager.user_id] = by_user.get(manager.user_id, department) | (
                departments
            )
        below = department.search(
            [("id", "child_of", [d.id for ds in by_user.values() for d in ds])]
        )
        for user in self:
            own = set(by_user.get(user, department).ids)
            user.medical_headed_department_ids = below.filtered(
                lambda d, own=own: own & {int(i) for i in d.parent_path.split("/") if i}
            )

    @api.constrains("group_ids", "medical_auditor_until")
    def _check_medical_auditor_until(self):
        for user in self:
            if user._is_medical_auditor() and not user.medical_auditor_until:
                raise ValidationError(
                    self.env._(
                        "%(user)s is an auditor: set the last day of access in "
                        "“Auditor Until”.",
                        user=user.name,
                    )
                )

    def _is_medical_auditor(self):
        """Whether the user reads as an auditor and has no other role here."""
        self.ensure_one()
        auditor = self.env.ref("medical_office.core_group_auditor")
        staff = self.env.ref("medical_office.core_group_staff")
        # not has_group(): while groups are being written its cache is of yesterday
        return auditor in self.all_group_ids and staff not in self.all_group_ids

    def _medical_has_ended(self):
        """Whether this is an auditor whose last day has passed."""
        user = self.sudo()  # sudo: who asks is this user, who may not read these fields
        if not user.has_group(
            "medical_office.core_group_auditor"
        ):  # cached: most users
            return False
        until = user.medical_auditor_until
        today = fields.Date.context_today(user)
        return user._is_medical_auditor() and bool(until) and until < today

    def _check_credentials(self, credential, env):
        """Refuse an auditor whose last day has passed, before the nightly job ran."""
        info = super()._check_credentials(credential, env)
        if self.env.user._medical_has_ended():
            raise AccessDenied(self.env.user._medical_end_message())
        return info

    def _medical_end_message(self):
        ended = self.sudo().medical_auditor_until  # sudo: as above
        return self.env._(
            "Your access as an auditor ended on %(day)s. Ask the office manager to "
            "extend it.",
            day=format_date(self.env, ended),
        )

    @api.model
    def _check_uid_passwd(self, uid, passwd):
        """Ask for the day on each call: the process remembers passwords it has seen."""
        result = super()._check_uid_passwd(uid, passwd)
        user = self.with_user(uid).env.user
        if user._medical_has_ended():
            raise AccessDenied(user._medical_end_message())
        return result

    def _compute_session_token(self, sid):
        """End the sessions of an auditor whose last day has passed."""
        return not self._medical_has_ended() and super()._compute_session_token(sid)

    @api.model
    def _cron_end_auditors(self):
        """Take the role from auditors whose last day has passed."""
        group = self.env.ref("medical_office.core_group_auditor")
        over = self.search(
            [
                ("group_ids", "in", group.ids),
                ("medical_auditor_until", "<", fields.Date.context_today(self)),
            ]
        )
        self.env["medical.core.job.fault"]._each(
            self.env._("end the access of auditors"),
            over,
            lambda some: some.write({"group_ids": [fields.Command.unlink(group.id)]}),
        )
