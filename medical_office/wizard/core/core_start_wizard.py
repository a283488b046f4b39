"""The first rounds of a practice, proposed by what kind of practice it is."""

from typing import NamedTuple

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...models.core.schedule.schedule import WEEKDAYS

KINDS = [
    ("primary", "Primary care"),
    ("pediatric", "Pediatrics"),
    ("specialty", "Specialty clinic"),
    ("procedure", "Office-based surgery or procedures"),
    ("urgent", "Urgent care"),
    ("behavioral", "Behavioral health"),
]


class Pattern(NamedTuple):
    """A checklist that practices of some kinds walk, and how often at first.

    :ivar checklist: XML id, without the module
    :ivar room_types: rooms of these types are walked
    :ivar frequency: daily or weekly
    :ivar times: hours of the day, as a schedule writes them
    :ivar window_hours: within which it is done
    :ivar kinds: of practice; empty: all
    """

    checklist: str
    room_types: tuple[str, ...]
    frequency: str
    times: str
    window_hours: float
    kinds: tuple[str, ...] = ()


CLINICAL = ("primary", "pediatric", "specialty")
# starting points of ours, to be changed by each practice; no law sets these intervals
PATTERNS = (
    Pattern("core_checklist_opening", ("reception",), "daily", "07:30", 2),
    Pattern("core_checklist_closing", ("reception",), "daily", "17:00", 3),
    Pattern("core_checklist_exam", ("exam",), "weekly", "12:00", 30, CLINICAL),
    Pattern(
        "core_checklist_exam", ("exam", "procedure"), "daily", "07:30", 4,
        ("urgent", "procedure"),
    ),
    Pattern("core_checklist_waiting", ("waiting",), "weekly", "12:00", 30),
)  # fmt: skip


class CoreStartWizard(models.TransientModel):
    """One line for each site and checklist that fits its rooms."""

    _name = "medical.core.start.wizard"
    _description = "Propose Rounds"
    _inherit = ["medical.core.wizard"]

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    kind = fields.Selection(KINDS, "Kind of Practice", required=True, default="primary")
    owner_id = fields.Many2one(
        "res.users",
        "Owner for All",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Walks the rounds. Empty: the manager of each site.",
    )
    backup_id = fields.Many2one(
        "res.users",
        "Backup for All",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    line_ids = fields.One2many(
        "medical.core.start.wizard.line",
        "wizard_id",
        "Rounds",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )

    @api.depends("kind", "owner_id", "backup_id")
    def _compute_line_ids(self):
        for wizard in self:
            wizard.line_ids = [
                Command.clear(),
                *(Command.create(values) for values in wizard._proposals()),
            ]

    @api.model
    def _patterns(self):
        """Hook: what is proposed. A domain adds its own checklists."""
        return PATTERNS

    def _proposals(self):
        """Values of a line for each pattern and site with rooms of its types that no
        schedule of this checklist plans yet."""
        company = self.env.company
        rooms = self.env["stock.location"].search(
            [
                ("medical_room_type", "!=", False),
                ("medical_site_id.company_id", "=", company.id),
            ]
        )
        schedules = self.env["medical.core.schedule"].search(
            [("company_id", "=", company.id)]
        )
        planned = {(s.checklist_id, room) for s in schedules for room in s.room_ids}
        found = []
        for pattern in self._patterns():
            if pattern.kinds and self.kind not in pattern.kinds:
                continue
            checklist = self.env.ref(
                f"medical_office.{pattern.checklist}", raise_if_not_found=False
            )
            if not checklist or not checklist.active:
                continue
            fitting = rooms.filtered(
                lambda room, p=pattern, c=checklist: (
                    room.medical_room_type in p.room_types and (c, room) not in planned
                )
            )
            for site, some in fitting.grouped("medical_site_id").items():
                if checklist.kind in ("opening", "closing"):
                    some = some[:1]
                found.append(
                    {
                        "checklist_id": checklist.id,
                        "site_id": site.id,
                        "room_ids": [Command.set(some.ids)],
                        "frequency": pattern.frequency,
                        "times": pattern.times,
                        "window_hours": pattern.window_hours,
                        "owner_id": (self.owner_id or site.medical_manager_id).id,
                        "backup_id": self.backup_id.id,
                    }
                )
        return found

    def action_create_schedules(self):
        """Make a schedule of each line.

        :raises UserError: no line, or one without an owner
        """
        self.env["medical.core.guard"]._check_caller("core_group_manager")
        self.ensure_one()
        if not self.line_ids:
            raise UserError(
                self.env._(
                    "Nothing is proposed: add rooms first, or all of this is planned."
                )
            )
        nobody = self.line_ids.filtered(lambda line: not line.owner_id)
        if nobody:
            raise UserError(
                self.env._(
                    "%(check)s at %(site)s has no owner: choose who walks it, or remove "
                    "the line.",
                    check=nobody[0].checklist_id.name,
                    site=nobody[0].site_id.name,
                )
            )
        schedules = self.env["medical.core.schedule"].create(
            [line._schedule_values() for line in self.line_ids]
        )
        # planned now, so that the guide shows what comes; the program plans all the same
        # sudo: rounds are made by the program, whoever made the schedule
        schedules.sudo()._generate()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "medical_office.core_schedule_action"
            ),
            "domain": [("id", "in", schedules.ids)],
            "context": {},
        }


class CoreStartWizardLine(models.TransientModel):
    _name = "medical.core.start.wizard.line"
    _description = "Proposed Round"
    _inherit = ["medical.core.wizard"]

    wizard_id = fields.Many2one(
        "medical.core.start.wizard", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="wizard_id.company_id")
    checklist_id = fields.Many2one(
        "medical.core.checklist", required=True, ondelete="cascade"
    )
    site_id = fields.Many2one("stock.warehouse", required=True, ondelete="cascade")
    room_ids = fields.Many2many("stock.location", string="Rooms")
    frequency = fields.Selection(
        [("daily", "Daily"), ("weekly", "Weekly")], required=True, default="daily"
    )
    times = fields.Char("At", required=True)
    window_hours = fields.Float("Done Within (Hours)", required=True, aggregator=None)
    owner_id = fields.Many2one(
        "res.users",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    backup_id = fields.Many2one(
        "res.users",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )

    def _schedule_values(self):
        self.ensure_one()
        values = {
            "checklist_id": self.checklist_id.id,
            "company_id": self.company_id.id,
            "site_id": self.site_id.id,
            "department_id": self.room_ids.medical_department_id[:1].id,
            "room_ids": [Command.set(self.room_ids.ids)],
            "owner_id": self.owner_id.id,
            "backup_id": self.backup_id != self.owner_id and self.backup_id.id,
            "frequency": self.frequency,
            "times": self.times,
            "window_hours": self.window_hours,
            "date_start": fields.Date.context_today(self),
            "skip_closed": "skip" if self.frequency == "daily" else "next",
        }
        if self.frequency == "weekly":
            values |= {day: number == 0 for number, day in enumerate(WEEKDAYS)}
        return values
