"""The right people: who is proposed for a request, and who is refused and why."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ....tools.facility import route

# work on outlets, circuits and panels takes a license everywhere in the United States
# (state electrical licensing acts; NFPA 70E art. 110 "qualified person")
ELECTRICAL = "electrical"


class MaintenanceRequest(models.Model):
    _inherit = "maintenance.request"

    maintenance_team_id = fields.Many2one(
        default=lambda self: self._get_default_team_id()
    )
    medical_is_electrical = fields.Boolean(
        "Electrical connection",
        compute="_compute_medical_is_electrical",
        store=True,
        readonly=False,
        help="Work on an outlet, a circuit or a panel.",
    )
    medical_duty_id = fields.Many2one(
        "medical.facility.duty",
        "By rule",
        compute="_compute_medical_duty_id",
        compute_sudo=True,
        store=True,
    )
    medical_backup_id = fields.Many2one(
        "res.users",
        "Backup",
        compute="_compute_medical_duty_id",
        compute_sudo=True,
        store=True,
        readonly=False,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    medical_is_backup = fields.Boolean(
        "With backup", compute="_compute_medical_is_backup"
    )
    medical_vendor_id = fields.Many2one(
        "res.partner",
        "Vendor",
        compute="_compute_medical_vendor_id",
        compute_sudo=True,
        store=True,
        readonly=False,
        index="btree_not_null",
        tracking=True,
    )
    medical_credential_type_id = fields.Many2one(
        "medical.core.credential.type",
        "Required Credential",
        compute="_compute_medical_credential_type_id",
        compute_sudo=True,
    )
    medical_assignee_note = fields.Char(
        compute="_compute_medical_assignee_note",
        compute_sudo=True,
        string="Note on the Assignee",
    )

    @api.depends("medical_outlet_id", "medical_panel_id")
    def _compute_medical_is_electrical(self):
        for request in self:
            request.medical_is_electrical = bool(
                request.medical_outlet_id
                or request.medical_panel_id
                or request.medical_is_electrical
            )

    @api.depends(
        "equipment_id", "medical_room_id", "medical_is_electrical", "company_id"
    )
    def _compute_medical_duty_id(self):
        duties = {}
        for request in self:
            company = request.company_id
            if company not in duties:
                found = self.env["medical.facility.duty"]._for_company(company)
                duties[company] = (found, [r._as_route() for r in found.values()])
            by_id, routes = duties[company]
            kind = request.equipment_id.medical_kind_id
            work = route.Work(
                kind=kind.id or 0,
                family=kind.family or "",
                site=request.medical_room_id.warehouse_id.id or 0,
                electrical=request.medical_is_electrical,
            )
            best = route.best(routes, work)
            request.medical_duty_id = by_id[best.key] if best else False
            request.medical_backup_id = request.medical_duty_id.backup_id

    @api.depends("medical_duty_id", "equipment_id", "medical_is_electrical")
    def _compute_medical_credential_type_id(self):
        types = self.env["medical.core.credential.type"]
        electrical = types.search([("code", "=", ELECTRICAL)], limit=1)
        for request in self:
            request.medical_credential_type_id = (
                request.medical_duty_id.credential_type_id
                or request.equipment_id.medical_kind_id.credential_type_id
                or (electrical if request.medical_is_electrical else types)
            )

    @api.depends("medical_duty_id")
    def _compute_maintenance_team_id(self):
        """The asset's own team, else that of the rule, else one of the same company."""
        before = {request: request.maintenance_team_id for request in self}
        result = super()._compute_maintenance_team_id()
        for request in self:
            # sudo: the team is a required field, whoever reports and may read assets
            own = request.equipment_id.sudo().maintenance_team_id
            if request.medical_duty_id and not own:
                # sudo: as above
                request.maintenance_team_id = request.medical_duty_id.sudo().team_id
            elif not request.maintenance_team_id:
                team, company = before[request], request.company_id
                fits = team and team.company_id in (company, company.browse())
                request.maintenance_team_id = (
                    team if fits else self._medical_company_team(company)
                )
        return result

    def _get_default_team_id(self):
        """A team of the company; the host would take any company's."""
        return self._medical_company_team(self.env.company).id

    @api.model
    def _medical_company_team(self, company):
        """The team of the company's general rule, else its first one or a shared one.

        Made where there is none: a failed check must open its request also in a company
        that has just begun.
        """
        # sudo: the team is a required field, whoever reports; its members stay unread
        duties = self.env["medical.facility.duty"].sudo()
        general = duties.search(
            [
                ("company_id", "=", company.id),
                ("kind_id", "=", False),
                ("family", "=", False),
                ("site_id", "=", False),
                ("is_electrical", "=", False),
            ],
            limit=1,
        )
        teams = self.env["maintenance.team"].sudo()  # sudo: as above
        found = general.team_id or teams.search(
            [("company_id", "in", (company.id, False))], order="company_id, id", limit=1
        )
        if not found and company:
            found = teams.create(
                {"name": self.env._("Maintenance"), "company_id": company.id}
            )
        return found.sudo(False)

    @api.depends("medical_duty_id")
    def _compute_user_id(self):
        """The asset's technician, else the rule's, else the backup: who may and is there."""
        result = super()._compute_user_id()
        day = fields.Date.context_today(self)
        fit = {}
        for request in self.filtered("medical_duty_id"):
            rule = request.medical_duty_id
            wanted = (request.user_id or rule.user_id) | rule.backup_id
            key = (wanted, request.medical_credential_type_id)
            if key not in fit:  # requests of one rule ask once
                fit[key] = request._medical_fit(wanted, day)
            request.user_id = next((u for u in wanted if u in fit[key]), False)
        return result

    @api.depends("user_id", "medical_backup_id")
    def _compute_medical_is_backup(self):
        for request in self:
            request.medical_is_backup = bool(
                request.user_id and request.user_id == request.medical_backup_id
            )

    @api.depends("medical_duty_id")
    def _compute_medical_vendor_id(self):
        """The rule's vendor where nobody of the practice may do it or is there."""
        day = fields.Date.context_today(self)
        problems = {}
        for request in self:
            vendor = request.medical_vendor_id
            proposed = request.medical_duty_id.partner_id
            if not vendor and not request.user_id and proposed:
                key = (proposed, request.medical_kind_id, request.company_id)
                if key not in problems:
                    problems[key] = request._medical_vendor_problem(proposed, day)
                vendor = proposed if not problems[key] else vendor
            request.medical_vendor_id = vendor

    def _medical_fit(self, users, day):
        """Those of ``users`` who may do this work and are there on ``day``."""
        self.ensure_one()
        users = users.sudo().filtered("active")  # sudo: who works here is no secret
        users = self.env["medical.core.credential"]._those_holding(
            users, self.medical_credential_type_id, day
        )
        away = self.env["medical.core.schedule"]._medical_absent_users(users, day)
        return users - away

    @api.depends("user_id", "medical_vendor_id", "medical_credential_type_id")
    def _compute_medical_assignee_note(self):
        """What the manager should know about who does this, for the form's banner."""
        for request in self:
            note = False
            if not request.done and not request.user_id:
                note = request._medical_unassigned_note()
            request.medical_assignee_note = note

    def _medical_unassigned_note(self):
        if self.medical_vendor_id:
            return False
        who = self._medical_candidates_text()
        return self.env._("Nobody is assigned yet. %(who)s", who=who)

    # ---------------------------------------------------------------- refusals

    @api.model
    def _medical_fill_team(self, vals_list):
        """Give each new request without a team that of its company.

        :return: the places in ``vals_list`` that had none
        """
        open_team = [
            i for i, vals in enumerate(vals_list) if not vals.get("maintenance_team_id")
        ]
        teams = {}
        for index in open_team:
            company = vals_list[index].get("company_id") or self.env.company.id
            if company not in teams:
                company_record = self.env["res.company"].browse(company)
                teams[company] = self._medical_company_team(company_record).id
            vals_list[index]["maintenance_team_id"] = teams[company]
        return open_team

    def _medical_check_people(self):
        """Refuse, with the names of who could instead.

        The program itself is not asked: it has chosen by the same rule.
        """
        if self._is_program():
            return
        for request in self:
            if request.done or not (request.user_id or request.medical_vendor_id):
                continue
            problem = (
                request.user_id and request._medical_assignee_problem(request.user_id)
            ) or (
                request.medical_vendor_id
                # sudo: approvals are asked, not shown
                and request.sudo()._medical_vendor_problem(
                    request.medical_vendor_id, request._medical_work_day()
                )
            )
            if problem:
                raise UserError(problem)

    def _medical_work_day(self):
        """The day on which the work is planned, at the earliest today."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        planned = self.schedule_date and self.company_id._medical_day(
            self.schedule_date
        )
        return max(planned or today, today)

    def _medical_assignee_problem(self, user):
        """Why ``user`` may not do this work, and who could instead; False if they may."""
        self.ensure_one()
        _ = self.env._
        day = self._medical_work_day()
        bars = self.env["medical.core.bar"]._bars(user, day, "assign")
        if bars:
            return f"{bars[user]} {self._medical_candidates_text(user)}"
        credential_type = self.medical_credential_type_id
        credentials = self.env["medical.core.credential"]
        vendor = self.medical_vendor_id
        # sudo: approvals are asked, not shown
        covered = vendor and not self.sudo()._medical_vendor_problem(vendor, day)
        if not covered and not credentials._those_holding(user, credential_type, day):
            return _(
                "“%(request)s”: %(user)s does not have the credential "
                "“%(credential)s” that this work requires. %(who)s",
                request=self.name,
                user=user.name,
                credential=credential_type.name,
                who=self._medical_candidates_text(user),
            )
        if self.env["medical.core.schedule"]._medical_absent_users(user, day):
            return _(
                "“%(request)s”: %(user)s has approved time off on %(day)s. %(who)s",
                request=self.name,
                user=user.name,
                day=format_date(self.env, day),
                who=self._medical_candidates_text(user),
            )
        return False

    def _medical_vendor_problem(self, vendor, day):
        """Why ``vendor`` may not do this work on ``day``; False if they may."""
        self.ensure_one()
        bars = self.env["medical.core.bar"]._bars(vendor, day, "assign")
        if bars:
            return f"{bars[vendor]} {self._medical_candidates_text()}"
        approval = self.env["medical.facility.vendor.approval"].search(
            [
                ("partner_id", "=", vendor.commercial_partner_id.id),
                ("company_id", "=", self.company_id.id),
            ],
            limit=1,
        )
        if not approval:
            return self.env._(
                "%(vendor)s is not an approved vendor. Approve it first, with its "
                "certificate of insurance. %(who)s",
                vendor=vendor.display_name,
                who=self._medical_candidates_text(),
            )
        problem = approval._problem(
            self.equipment_id.medical_kind_id, self.medical_credential_type_id, day
        )
        return problem and f"{problem} {self._medical_candidates_text()}"

    def _medical_candidates(self, without=None):
        """(users, vendors) who may do this work and are there, best first."""
        request = self.sudo()  # sudo: names only, of colleagues and approved vendors
        rule = request.medical_duty_id
        users = rule.user_id | rule.backup_id | request.maintenance_team_id.member_ids
        day = request._medical_work_day()
        fit = request._medical_fit(users, day)
        users = users.filtered(lambda user: user in fit and user != without)
        # sudo: names only, as above
        approvals = self.env["medical.facility.vendor.approval"].sudo()
        vendors = approvals.search([("company_id", "=", request.company_id.id)])
        kind = request.equipment_id.medical_kind_id
        credential_type = request.medical_credential_type_id
        vendors = vendors.filtered(
            lambda approval: not approval._problem(kind, credential_type, day)
        )
        firms = vendors.partner_id
        barred = self.env["medical.core.bar"]._bars(firms, day, "assign")
        return users, firms.filtered(lambda firm: firm not in barred)

    def _medical_candidates_text(self, without=None):
        users, vendors = self._medical_candidates(without)
        names = [*users.mapped("name"), *vendors.mapped("name")]
        if not names:
            return self.env._(
                "Nobody on record can do it now: approve a vendor, or enter a "
                "credential."
            )
        return self.env._("Available: %(names)s.", names=", ".join(names[:6]))
