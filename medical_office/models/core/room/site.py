"""Sites: warehouses with rooms, a manager and opening days."""

import re

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..mixins.open_action import form_action


class StockWarehouse(models.Model):
    _inherit = "stock.warehouse"

    medical_is_site = fields.Boolean(
        string="Site of the Practice",
        index="btree_not_null",
        help="People work here: it has rooms, rounds and opening hours.",
    )
    medical_manager_id = fields.Many2one(
        "res.users",
        string="Site Manager",
        index="btree_not_null",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    resource_calendar_id = fields.Many2one(
        "resource.calendar",
        string="Opening Hours",
        check_company=True,
        help="Days and hours when the site is open; rounds skip closed days. Empty: "
        "same as the company.",
    )
    medical_room_ids = fields.One2many(
        "stock.location",
        "medical_site_id",
        string="Rooms",
        domain=[("medical_room_type", "!=", False)],
    )
    medical_room_count = fields.Integer(
        string="Number of Rooms", compute="_compute_medical_room_count"
    )
    medical_problem_count = fields.Integer(
        string="Open Problems", compute="_compute_medical_problem_count"
    )

    @api.model
    def _medical_sites(self, companies=None):
        """The sites of these companies, or of all that one may see."""
        domain = Domain("medical_is_site", "=", True)
        if companies is not None:
            domain &= Domain("company_id", "in", companies.ids)
        return self.search(domain)

    def _compute_medical_room_count(self):
        counts = dict(
            self.env["stock.location"]._read_group(
                [
                    ("medical_site_id", "in", self.ids),
                    ("medical_room_type", "!=", False),
                ],
                ["medical_site_id"],
                ["__count"],
            )
        )
        for site in self:
            site.medical_room_count = counts.get(site, 0)

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_medical_problem_count(self):
        rooms = self.env["stock.location"].search_fetch(
            [("medical_site_id", "in", self.ids), ("medical_room_type", "!=", False)],
            ["medical_site_id"],
        )
        problems = rooms._medical_room_problems()
        by_site = rooms.grouped("medical_site_id")
        for site in self:
            here = by_site.get(site, rooms.browse())
            site.medical_problem_count = sum(len(problems[room.id]) for room in here)

    # ------------------------------------------------------------------------- CRUD

    @api.model_create_multi
    def create(self, vals_list):
        taken = None
        for vals in vals_list:
            if (
                vals.get("medical_is_site")
                and vals.get("name")
                and not vals.get("code")
            ):
                taken = self._medical_taken_codes() if taken is None else taken
                vals["code"] = self._medical_code(vals["name"], taken)
        sites = super().create(vals_list)
        sites.filtered("medical_is_site")._medical_set_up_site()
        return sites

    def write(self, vals):
        closing = vals.get("active") is False
        if closing or vals.get("medical_is_site", True) is False:
            self._medical_check_closing(closing)
        result = super().write(vals)
        if vals.get("medical_is_site"):
            self._medical_set_up_site()
        return result

    def _medical_set_up_site(self):
        """What a site needs and the host's warehouse does not have: opening days."""
        for site in self.filtered(lambda s: not s.resource_calendar_id):
            site.resource_calendar_id = site.company_id.resource_calendar_id

    def _medical_check_closing(self, closing):
        """A site with rooms stays a site; a site closes when its rooms can close."""
        rooms = self.env["stock.location"].search(
            [("medical_site_id", "in", self.ids), ("medical_room_type", "!=", False)]
        )
        if closing:
            rooms._medical_check_closing()
        elif rooms:
            raise UserError(
                self.env._(
                    "%(site)s still has rooms (%(count)s). Close them first; a "
                    "warehouse with rooms is a site.",
                    site=", ".join(rooms.medical_site_id.mapped("name")),
                    count=len(rooms),
                )
            )

    @api.model
    def _medical_taken_codes(self):
        return {
            code.upper()
            for (code,) in self.with_context(active_test=False)._read_group(
                [], ["code"]
            )
        }

    @api.model
    def _medical_code(self, name, taken):
        """A free short name of at most five characters: initials, then numbers."""
        words = re.findall(r"\w+", name)
        letters = "".join(word[0] for word in words) if len(words) > 1 else name[:3]
        stem = (re.sub(r"\W", "", letters)[:4] or "S").upper()
        code, number = stem, 1
        while code in taken:
            number += 1
            code = f"{stem[: 5 - len(str(number))]}{number}"
        taken.add(code)
        return code

    # ---------------------------------------------------------------------- buttons

    def _medical_check_caller(self, *groups):
        """Refuse who has none of these roles, or may not see the site."""
        self.env["medical.core.guard"]._check_caller(*groups)
        self.check_access("read")
        self.ensure_one()

    def _medical_open_action(self, finding=None):
        """A site opens as a site; the host's warehouse form is about routes."""
        return form_action(self, "stock_warehouse_site_view_form")

    def action_medical_open_rooms(self):
        """Open the rooms of this site."""
        self._medical_check_caller("core_group_staff", "core_group_auditor")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.stock_location_room_action"
        )
        return action | {
            "domain": [
                ("medical_site_id", "=", self.id),
                ("medical_room_type", "!=", False),
            ],
            "context": {
                "default_medical_site_id": self.id,
                "search_default_group_floor": 1,
            },
        }

    def action_medical_open_problems(self):
        """Open what is wrong in the rooms of this site."""
        self._medical_check_caller("core_group_staff", "core_group_auditor")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Open problems at %(site)s", site=self.name),
            "res_model": "medical.core.exception",
            "view_mode": "list,form",
            "domain": self.medical_room_ids._medical_room_problem_domain(),
            "context": {"create": False},
        }

    def action_medical_add_rooms(self):
        """Open the dialog that adds rooms to this site."""
        self._medical_check_caller("core_group_manager")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.core_room_wizard_action"
        )
        return action | {"context": {"default_site_id": self.id}}
