"""Sites: warehouses with rooms, a manager and opening days."""

import re

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..mixins.open_action import form_action


class StockWarehouse(models.Model):
    _name = "stock.warehouse"
    _inherit = ["medical.core.used", "stock.warehouse"]

    name = fields.Char(default=lambda self: self._medical_default_name())
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
    medical_from_id = fields.Many2one(
        "stock.warehouse",
        string="Use the Warehouse",
        store=False,
        default=lambda self: self._medical_first_warehouse(),
        help="The practice has a warehouse already: it becomes the first site under this "
        "name, with what is stored in it. Clear this to add another one beside it.",
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

    @api.model
    def _medical_first_warehouse(self):
        """The warehouse that a practice without a site has already, or none.

        The host makes one for each company: it becomes the first site, so that nobody
        keeps an empty warehouse beside it.
        """
        own = self.search([("company_id", "=", self.env.company.id)])
        return own if len(own) == 1 and not own.medical_is_site else self.browse()

    @api.model
    def _medical_default_name(self):
        """A new site has no name yet, but the first one may be called as the practice;
        the host numbers warehouses."""
        if not self.env.context.get("default_medical_is_site"):
            return self._default_name()
        return self._medical_first_warehouse().company_id.name or False

    @api.onchange("company_id")
    def _onchange_company_id(self):
        """The host warns that another warehouse turns a setting on; a site does not."""
        if self.env.context.get("default_medical_is_site"):
            return None
        return super()._onchange_company_id()

    # ------------------------------------------------------------------------- CRUD

    @api.model_create_multi
    def create(self, vals_list):
        """New sites; the one that names the practice's own warehouse is that one."""
        sources = [vals.pop("medical_from_id", False) for vals in vals_list]
        taken = self._medical_taken_codes() if any(sources) else None
        site = self.env.context.get("default_medical_is_site")
        for source, vals in zip(sources, vals_list, strict=True):
            is_site = vals.get("medical_is_site", site)
            if source and is_site:
                vals["medical_is_site"] = True  # the default of a new record holds here
            if is_site and vals.get("name") and not vals.get("code"):
                taken = self._medical_taken_codes() if taken is None else taken
                own = self.browse(source).exists().code if source else ""
                vals["code"] = self._medical_code(vals["name"], taken - {own})
                taken.add(vals["code"])
        sites = iter(
            super().create(
                [v for s, v in zip(sources, vals_list, strict=True) if not s]
            )
        )
        made = self.union(
            *(
                self._medical_take_over(source, vals) if source else next(sites)
                for source, vals in zip(sources, vals_list, strict=True)
            )
        )
        made.filtered("medical_is_site")._medical_set_up_site()
        return made

    def _medical_take_over(self, number, vals):
        """Make the practice's own warehouse its first site, with these values."""
        site = self.browse(number)
        if site != self._medical_first_warehouse():
            raise UserError(
                self.env._(
                    "The practice has a site already, or another warehouse: clear "
                    "“Use the Warehouse” and add the site beside it."
                )
            )
        company = vals.pop("company_id", site.company_id.id)
        if company != site.company_id.id:
            raise UserError(
                self.env._("%s belongs to another company.", site.display_name)
            )
        site.write({name: value for name, value in vals.items() if name != "active"})
        return site

    def _check_multiwarehouse_group(self):
        """The second site turns on that a practice has several, whoever adds it.

        The host writes it to its groups and settings as the user, who may add a
        warehouse and may not change settings.
        """
        # sudo: the switches follow from how many warehouses there are, nothing is chosen
        return super(StockWarehouse, self.sudo())._check_multiwarehouse_group()

    def write(self, vals):
        if not vals.get("medical_is_site", True):
            self.check_access("write")  # what hangs on it is not told to everybody
            self._medical_check_without_rooms()
        result = super().write(vals)
        if vals.get("medical_is_site"):
            self._medical_set_up_site()
        return result

    def _medical_set_up_site(self):
        """What a site needs and the host's warehouse does not have: opening days."""
        for site in self.filtered(lambda s: not s.resource_calendar_id):
            site.resource_calendar_id = site.company_id.resource_calendar_id

    def _medical_check_unused(self):
        """A site closes when its rooms can close."""
        self._medical_rooms()._medical_check_unused()

    def _medical_rooms(self):
        return self.env["stock.location"].search(
            [("medical_site_id", "in", self.ids), ("medical_room_type", "!=", False)]
        )

    def _medical_check_without_rooms(self):
        """A site with rooms stays a site."""
        rooms = self._medical_rooms()
        if rooms:
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
