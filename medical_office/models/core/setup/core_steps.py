"""The steps that every practice begins with: itself, its sites, its people's roles."""

from datetime import timedelta

from odoo import api, fields, models

from .step import ADMINISTRATOR, Step

AHEAD = timedelta(days=365)
# who has to be somebody, beside the administrator of the database
NEEDED = ("core_group_manager", "core_group_director", "core_group_accountant")
UNNAMED = ("My Company", "YourCompany")


class CoreSetup(models.AbstractModel):
    _inherit = "medical.core.setup"

    @api.model
    def _core_steps(self):
        return [
            self._role_step(),
            self._company_step(),
            self._hours_step(),
            *self._place_steps(),
            self._department_step(),
            self._round_step(),
        ]

    @api.model
    def _company_step(self):
        _, company = self.env._, self.env.company
        missing = [
            text
            for text, absent in (
                (_("The name of the practice."), company.name in UNNAMED),
                (
                    _("The address."),
                    not (company.street and company.city and company.zip),
                ),
                (_("The state."), not company.state_id),
                (_("The phone number."), not company.phone),
                (_("The employer identification number (EIN)."), not company.vat),
            )
            if absent
        ]
        return Step(
            "company", "practice", 10, _("Name, address, EIN"),
            _("They stand on every label, letter, payslip and tax form."),
            ("core_group_manager",), missing, "core_company_wizard_action",
        )  # fmt: skip

    @api.model
    def _hours_step(self):
        _, company = self.env._, self.env.company
        calendar = company.resource_calendar_id
        missing = []
        if (calendar.tz or "UTC") == "UTC":
            missing.append(_("The time zone."))
        if not calendar.attendance_ids:
            missing.append(_("The opening hours of the week."))
        today = fields.Date.context_today(self)
        closures = self.env["resource.calendar.leaves"].search_count(
            [
                ("resource_id", "=", False),
                ("company_id", "=", company.id),
                ("date_to", ">=", today),
                ("date_from", "<=", today + AHEAD),
            ],
            limit=1,
        )
        if not closures:
            missing.append(_("The days on which the practice is closed."))
        return Step(
            "hours", "practice", 20, _("Opening hours and closures"),
            _("Rounds fall due on the practice's own clock and skip closed days."),
            ("core_group_manager",), missing, "core_hours_wizard_action",
        )  # fmt: skip

    @api.model
    def _role_step(self):
        _, admin = self.env._, self.env.ref("base.user_admin")
        holders = {}
        for role in NEEDED:  # three
            people = self.env.ref(f"medical_office.{role}").all_user_ids
            holders[role] = people.filtered(
                lambda user: user != admin and self.env.company in user.company_ids
            )
        names = {
            role: self.env.ref(f"medical_office.{role}").name
            for role, people in holders.items()
            if not people
        }
        missing = [_("Nobody is %s yet.", name) for name in names.values()]
        manager, director = (holders[role] for role in NEEDED[:2])
        if manager and director and len(manager | director) < 2:
            missing.append(
                _(
                    "The office manager and the director are the same person: nobody "
                    "could approve what the other prepared."
                )
            )
        return Step(
            "roles", "practice", 5, _("Logins and roles"),
            _(
                "The steps below are the work of these roles. Who prepares does not "
                "approve: the office manager and the director are two people. An "
                "accountant keeps the books."
            ),
            (ADMINISTRATOR,), missing, "core_user_wizard_action",
        )  # fmt: skip

    @api.model
    def _place_steps(self):
        _ = self.env._
        sites = self.env["stock.warehouse"]._medical_sites(self.env.company)
        missing = [] if sites else [_("There is no site yet.")]
        missing += [
            _("%s has no manager.", site.name)
            for site in sites
            if not site.medical_manager_id
        ]
        site_step = Step(
            "site", "practice", 30, _("Sites"),
            _("A site is a place where people work, with a manager and opening hours."),
            ("core_group_manager",), missing, "stock_warehouse_site_action",
            context={"default_medical_manager_id": self.env.uid}, form=not sites,
        )  # fmt: skip
        rooms = dict(
            self.env["stock.location"]._read_group(
                [
                    ("medical_site_id", "in", sites.ids),
                    ("medical_room_type", "!=", False),
                ],
                ["medical_site_id"],
                ["__count"],
            )
        )
        bare = sites.filtered(lambda site: site not in rooms)
        missing = [_("%s has no rooms.", site.name) for site in bare]
        if not sites:
            missing = [_("No rooms yet.")]
        room_step = Step(
            "room", "practice", 40, _("Rooms"),
            _(
                "Rounds, shelves and assets belong to rooms. Type how many of each type, "
                "or bring a list."
            ),
            ("core_group_manager",), missing, "core_room_wizard_action",
            context={"default_site_id": (bare or sites)[:1].id}, after=("site",),
        )  # fmt: skip
        return [site_step, room_step]

    @api.model
    def _department_step(self):
        _ = self.env._
        departments = self.env["hr.department"].search(
            [("company_id", "=", self.env.company.id)]
        )
        # the host brings one for its administrator
        heads = departments.filtered("manager_id")
        missing = []
        if not heads:
            missing.append(_("No department has a head yet."))
        elif headless := len(departments - heads - self._host_department()):
            missing.append(_("Departments without a head: %s.", headless))
        return Step(
            "department", "people", 30, _("Departments and their heads"),
            _("A head sees and decides what concerns the own department."),
            ("core_group_hr",), missing, "core_department_action",
            after=("staff",),
        )  # fmt: skip

    @api.model
    def _host_department(self):
        """The department that the host makes for its administrator, if it is empty."""
        found = self.env.ref("hr.dep_administration", raise_if_not_found=False)
        empty = self.env["hr.department"]
        return found if found and found._name == empty._name else empty

    @api.model
    def _round_step(self):
        _ = self.env._
        planned = self.env["medical.core.schedule"].search_count(
            [("company_id", "=", self.env.company.id), ("room_ids", "!=", False)],
            limit=1,
        )
        return Step(
            "rounds", "rounds", 10, _("Opening, closing and weekly rounds"),
            _(
                "Checklists and schedules are proposed for your kind of practice; you "
                "choose who walks them and when."
            ),
            ("core_group_manager",),
            [] if planned else [_("No round is scheduled yet.")],
            "core_start_wizard_action", after=("room", "hours"),
        )  # fmt: skip
