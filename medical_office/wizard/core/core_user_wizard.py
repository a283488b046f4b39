"""Logins for many people at once, each with a role."""

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

ROLES = ("staff", "head", "hr", "payroll", "accountant", "manager", "director")
MOST = 200


class CoreUserWizard(models.TransientModel):
    """For the administrator: the staff without a login are proposed as Staff."""

    _name = "medical.core.user.wizard"
    _description = "Add Logins"
    _inherit = ["medical.core.wizard"]

    line_ids = fields.One2many(
        "medical.core.user.wizard.line",
        "wizard_id",
        "People",
        default=lambda self: self._default_lines(),
    )
    invite = fields.Boolean(
        "Send Invitations",
        default=lambda self: self._can_send(),
        help="Each person gets an email with a link to choose a password. It needs an "
        "outgoing mail server. Without it you enter a first password for each person.",
    )

    @api.model
    def _can_send(self):
        # sudo: whether there is a mail server is asked, nothing of it is read
        return bool(self.env["ir.mail_server"].sudo().search_count([], limit=1))

    @api.model
    def _default_lines(self):
        people = self.env["hr.employee"].search(
            [
                ("company_id", "=", self.env.company.id),
                ("user_id", "=", False),
                ("work_email", "!=", False),
            ],
            limit=MOST,
        )
        return [
            Command.create(
                {
                    "name": person.name,
                    "login": person.work_email,
                    "employee_id": person.id,
                    "role": "staff",
                }
            )
            for person in people
        ]

    def action_create_users(self):
        """Make a user for each line, all or none, and name the people's logins.

        A person whose address is the login of a user who is nobody's yet gets that one,
        with the role it has.

        :return: the list of the logins; without invitations the host's dialog for their
            first passwords
        :raises UserError: a line without an address, twice, or known already
        """
        self.env["medical.core.guard"]._check_caller("base.group_erp_manager")
        self.ensure_one()
        lines = self.line_ids
        if not lines:
            raise UserError(self.env._("Add at least one person."))
        joined = lines._join_known()
        lines -= joined
        lines._check_logins()
        company = self.env.company
        users = self.env["res.users"].with_context(no_reset_password=not self.invite)
        made = users.create(
            [
                {
                    "name": line.name,
                    "login": email_normalize(line.login),
                    "email": email_normalize(line.login),
                    "tz": company._medical_zone().key,
                    "company_id": company.id,
                    "company_ids": [Command.set(company.ids)],
                    "group_ids": [
                        Command.set(
                            self.env.ref(f"medical_office.core_group_{line.role}").ids
                        )
                    ],
                }
                for line in lines
            ]
        )
        for line, user in zip(lines, made, strict=True):
            if line.employee_id:
                line.employee_id.user_id = user
        if made and not self.invite:
            return {
                "type": "ir.actions.act_window",
                "name": self.env._("First Passwords"),
                "res_model": "change.password.wizard",
                "views": [(False, "form")],
                "target": "new",
                "context": {"active_model": "res.users", "active_ids": made.ids},
            }
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Logins"),
            "res_model": "res.users",
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", (made | joined.employee_id.user_id).ids)],
        }


class CoreUserWizardLine(models.TransientModel):
    _name = "medical.core.user.wizard.line"
    _description = "New Login"
    _inherit = ["medical.core.wizard"]

    wizard_id = fields.Many2one(
        "medical.core.user.wizard", required=True, ondelete="cascade", index=True
    )
    name = fields.Char(required=True)
    login = fields.Char("Work Email", required=True)
    role = fields.Selection(
        selection=lambda self: self._selection_role(), required=True, default="staff"
    )
    employee_id = fields.Many2one("hr.employee", ondelete="cascade")

    @api.model
    def _selection_role(self):
        # sudo: names of roles are no secret, but reading res.groups is
        return [
            (role, self.env.ref(f"medical_office.core_group_{role}").sudo().name)
            for role in ROLES
        ]

    def _join_known(self):
        """Give people the user who has their address already; the lines of those."""
        users = {
            user.login.casefold(): user
            for user in self.env["res.users"].search(
                [
                    ("share", "=", False),
                    ("company_ids", "in", self.env.company.ids),
                    ("employee_ids", "=", False),
                ]
            )
        }
        joined = self.browse()
        for line in self.filtered("employee_id"):
            user = users.get((line.login or "").strip().casefold())
            if user and not line.employee_id.user_id:
                line.employee_id.user_id = user
                joined |= line
        return joined

    def _check_logins(self):
        logins = {line: email_normalize(line.login or "") for line in self}
        wrong = [line for line, login in logins.items() if not login]
        if wrong:
            raise UserError(
                self.env._(
                    "%(who)s: “%(login)s” is not an email address. Correct it.",
                    who=wrong[0].name,
                    login=wrong[0].login,
                )
            )
        seen = set()
        for line, login in logins.items():
            if login in seen:
                raise UserError(
                    self.env._(
                        "%(who)s: %(login)s stands in two lines. Keep one of them.",
                        who=line.name,
                        login=login,
                    )
                )
            seen.add(login)
        known = (
            self.env["res.users"]
            .with_context(active_test=False)
            .search([("login", "in", list(seen))], limit=1)
        )
        if known:
            raise UserError(
                self.env._(
                    "%s has a login already. Remove the line, or change the role in "
                    "Settings > Users.",
                    known.login,
                )
            )
