"""What supplies need of a site: its store room and its quarantine."""

from datetime import timedelta, timezone
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....tools.supply.workdays import Workdays
from ...core.check.answerable import answerable
from ...core.mixins.open_action import list_action
from .location import SUMMED


class StockWarehouse(models.Model):
    _name = "stock.warehouse"
    _inherit = ["medical.core.guard", "stock.warehouse"]

    medical_store_id = fields.Many2one(
        "stock.location",
        string="Store Room",
        compute="_compute_medical_store_id",
        store=True,
        readonly=False,
        domain="[('medical_room_type', '=', 'store'), ('warehouse_id', '=', id)]",
        check_company=True,
        help="Rooms are filled from here first, and deliveries arrive here.",
    )
    medical_quarantine_id = fields.Many2one(
        "stock.location",
        string="Quarantine",
        copy=False,
        readonly=True,
        check_company=True,
        help="Stock that must not be used: expired, recalled, out of temperature.",
    )

    @api.depends("medical_is_site", "medical_room_ids.medical_room_type")
    def _compute_medical_store_id(self):
        """The first store room in walking order, until somebody chooses another; what is
        no room any more is no store room either."""
        for site in self:
            if not site.medical_store_id.medical_room_type:
                site.medical_store_id = site.medical_room_ids.filtered(
                    lambda room: room.medical_room_type == "store"
                )[:1]

    @api.constrains("medical_store_id")
    def _check_medical_store(self):
        for site in self.filtered("medical_store_id"):
            if site.medical_store_id.warehouse_id != site:
                raise ValidationError(
                    self.env._(
                        "The store room of %(site)s must be at %(site)s.",
                        site=site.name,
                    )
                )
            if not site.medical_store_id.medical_room_type:
                raise ValidationError(
                    self.env._(
                        "The store room of %(site)s must be a room: %(place)s is none.",
                        site=site.name,
                        place=site.medical_store_id.display_name,
                    )
                )

    def _medical_store(self):
        """Where the stock of the site's rooms comes from (the site's stock at large
        where it has no store room)."""
        self.ensure_one()
        return self.medical_store_id or self.lot_stock_id

    def _medical_quarantine(self):
        """The quarantine of the site; made when it is first needed.

        It lies beside the site's stock, not in it: nothing there is available.
        """
        self.ensure_one()
        if not self.medical_quarantine_id:
            # sudo: whoever finds expired stock may put it away, not lay out locations
            site = self.sudo()._pen()
            site.medical_quarantine_id = site.env["stock.location"].create(
                {
                    "name": self.env._("Quarantine"),
                    "usage": "internal",
                    "location_id": site.view_location_id.id,
                    "company_id": site.company_id.id,
                }
            )
        return self.medical_quarantine_id

    def _medical_open_action(self, finding=None):
        """Visits that nobody entered open where they are entered."""
        if finding and finding.check_id.code in SUMMED:
            rooms = self._medical_rooms_summed(finding)
            if rooms:
                return rooms._medical_open_action(finding)
        if not finding or finding.check_id.code != "supply_visits_missing":
            return super()._medical_open_action(finding)
        domain = [("site_id", "=", self.id)]
        if department := finding.department_id:
            domain.append(("department_id", "=", department.id))
        return list_action(
            self.env,
            "supply_visits_action",
            self.env._("Monthly Visits: %s", self.name),
            domain,
            default_site_id=self.id,
            default_department_id=department.id,
        )

    def _medical_rooms_summed(self, finding):
        """The rooms with supplies that one line about this site speaks for."""
        keeper, department = (int(one) for one in finding.key.split("/")[1:])
        rooms = self.medical_room_ids.filtered("medical_par_ids")
        return rooms.filtered(
            lambda room: (
                (
                    (answers := answerable(room)).user_id or 0,
                    answers.department_id or 0,
                )
                == (keeper, department)
            )
        )

    def action_medical_par_grid(self):
        """All par levels of the site, items down, rooms across."""
        self.check_access("read")
        self.env["stock.warehouse.orderpoint"].check_access("read")
        action = self.env["ir.actions.client"]._for_xml_id(
            "medical_office.stock_orderpoint_grid_action"
        )
        return action | {"context": {"site_id": self.id}}

    def _medical_internal_type(self):
        """The operation type of transfers within the site, switched on if it was off."""
        self.ensure_one()
        # sudo: who may make a transfer need not lay out the site's operations
        operation = self.int_type_id.sudo()
        if not operation.active:
            # the host hides it until somebody turns on storage locations
            operation.active = True
        return operation.sudo(False)

    def _medical_workdays(self, since, until):
        """The open days of the site between two dates, from its calendar.

        :return: ``tools.supply.workdays.Workdays``
        """
        self.ensure_one()
        calendar = self.resource_calendar_id or self.company_id.resource_calendar_id
        weekdays = {int(day) for day in calendar.attendance_ids.mapped("dayofweek")}
        # sudo: closed days are no secret; a plain user need not read the company's
        # leaves
        leaves = calendar.sudo().leave_ids.filtered(lambda leave: not leave.resource_id)
        zone = ZoneInfo(calendar.tz or "UTC")
        closed = []
        for leave in leaves:
            day, last = (
                moment.replace(tzinfo=timezone.utc).astimezone(zone).date()
                for moment in (leave.date_from, leave.date_to)
            )
            day, last = max(day, since), min(last, until)
            closed += [
                day + timedelta(days=more) for more in range((last - day).days + 1)
            ]
        return Workdays(weekdays or range(5), closed)
