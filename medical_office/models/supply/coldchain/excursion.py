"""Temperature excursions: put everything away, ask the makers, two persons release."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ....engine.core.labels import labels_of
from ....engine.core.sealreader import covers
from ....tools.core.answers import Limits, meant_in_other_unit
from ....tools.supply.coldchain.cells import HIGHEST, LOWEST
from ...core.check.answerable import answerable
from ...core.mixins.decidable import Waiting

SIGNERS = ("core_group_head", "core_group_manager", "core_group_director")
CLOSED = ("released", "discarded")
CHOICE = frozenset({"release_shelf_id"})
OLDEST = timedelta(days=365)  # seen by a person


class SupplyExcursion(models.Model):
    """A unit was too warm or too cold: what lay in it, and what became of it."""

    _name = "medical.supply.excursion"
    _description = "Temperature Excursion"
    _inherit = ["mail.thread", "mail.activity.mixin", "medical.core.workflow"]
    _order = "started_at desc, id desc"

    _transitions = {
        ("open", "quarantined"): "core_group_staff",
        ("quarantined", "signed"): SIGNERS,
        # back to asking: anybody may stop a release, the reason stays on record
        ("signed", "quarantined"): "core_group_staff",
        ("signed", "released"): SIGNERS,
        ("signed", "discarded"): SIGNERS,
    }
    # who saw it, who decides and who lets it out are three persons
    _segregated = {
        "signed": ("reported_by_id",),
        "released": ("reported_by_id", "first_signed_by_id"),
        "discarded": ("reported_by_id", "first_signed_by_id"),
    }
    _reason_required = frozenset({("signed", "quarantined")})
    _reason_methods = frozenset({"action_send_back", "action_mistaken"})
    _decisions = {
        "signed": Waiting("action_release", "action_send_back", to="released", days=1)
    }
    _decision_domain = "supply"
    # what was seen stays on record; where the unit is, is the program's to say
    _program_fields = frozenset({"company_id"})
    _born_fields = frozenset({"equipment_id", "started_at", "kind", "worst", "is_sure"})
    _locked = {"released": CHOICE, "discarded": CHOICE}
    _deletable_in = frozenset()
    _seal_states = frozenset({"signed", "released", "discarded"})
    _seal_schemes = (
        covers(
            "equipment_id kind state reported_by_id quarantined_at first_signed_by_id "
            "first_signed_at second_signed_by_id second_signed_at",
            line_ids="product_id lot_id quantity manufacturer answer contact reference note",
        ),
    )

    equipment_id = fields.Many2one(
        "maintenance.equipment",
        "Unit",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('medical_vaccine_storage', '=', True)]",
    )
    shelf_id = fields.Many2one(
        "stock.location", "Shelf inside", readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    state = fields.Selection(
        [
            ("open", "Seen"),
            ("quarantined", "In quarantine"),
            ("signed", "First signature"),
            ("released", "Released"),
            ("discarded", "Discarded"),
        ],
        default="open",
        required=True,
        readonly=True,
        index=True,
        copy=False,
    )
    kind = fields.Selection(
        [("warm", "Too warm"), ("cold", "Too cold")], "What", required=True
    )
    worst = fields.Float("Worst (°C)", digits=(6, 2), required=True, aggregator=None)
    worst_text = fields.Char("Worst", compute="_compute_worst_text")
    is_sure = fields.Boolean(
        "The Display Shows This",
        copy=False,
        help="A figure that would be in range in the other unit is asked about.",
    )
    started_at = fields.Datetime(
        "From", required=True, default=lambda self: fields.Datetime.now()
    )
    ended_at = fields.Datetime("Back in range", readonly=True)
    round_line_id = fields.Many2one(
        "medical.core.round.line", "Seen on", readonly=True, ondelete="restrict"
    )
    reported_by_id = fields.Many2one(
        "res.users",
        "Seen by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
    )
    note = fields.Text("What happened")
    quarantined_at = fields.Datetime(readonly=True, copy=False)
    first_signed_by_id = fields.Many2one(
        "res.users", "First signature", readonly=True, copy=False
    )
    first_signed_at = fields.Datetime(readonly=True, copy=False)
    second_signed_by_id = fields.Many2one(
        "res.users", "Second signature", readonly=True, copy=False
    )
    second_signed_at = fields.Datetime(readonly=True, copy=False)
    release_shelf_id = fields.Many2one(
        "stock.location",
        "Usable lots go to",
        domain="[('usage', '=', 'internal'), ('company_id', '=', company_id)]",
        help=(
            "The unit's own shelf, or another unit's while this one is being repaired."
        ),
    )
    line_ids = fields.One2many("medical.supply.excursion.line", "excursion_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    value_at_risk = fields.Monetary(compute="_compute_values", store=True)
    value_lost = fields.Monetary("Lost", compute="_compute_values", store=True)
    unanswered = fields.Integer(
        "To call", compute="_compute_values", store=True, aggregator="sum"
    )

    @api.depends("line_ids.value", "line_ids.answer")
    def _compute_values(self):
        for one in self:
            lost = one.line_ids.filtered(lambda line: line.answer == "discard")
            one.value_at_risk = sum(one.line_ids.mapped("value"))
            one.value_lost = sum(lost.mapped("value"))
            one.unanswered = len(one.line_ids.filtered(lambda line: not line.answer))

    @api.depends("worst")
    def _compute_worst_text(self):
        for one in self:
            one.worst_text = self.env._(
                "%(f).1f °F (%(c).1f °C)", f=one.worst * 9 / 5 + 32, c=one.worst
            )

    @api.depends("equipment_id.name", "started_at")
    def _compute_display_name(self):
        for one in self:
            # sudo: the unit's name belongs to what is told about it
            name = one.sudo().equipment_id.name or ""
            day = format_date(self.env, one.started_at)
            one.display_name = f"{name}, {day}" if day else name

    # ------------------------------------------------------------------------ guards

    @api.model_create_multi
    def create(self, vals_list):
        units = {vals["equipment_id"] for vals in vals_list if vals.get("equipment_id")}
        # sudo: read together what _birth_values asks of each
        units = self.env["maintenance.equipment"].sudo().browse(units)
        units.fetch(["company_id", "location_id", "medical_shelf_id"])
        made = super().create(vals_list)
        reported = made.filtered("by_hand")
        reported._check_reported()
        # sudo: what was reported counts beside what loggers wrote
        readings = self.env["medical.supply.reading"].sudo()._pen()
        readings.create([one._reported_values() for one in reported])
        return made

    def _check_reported(self):
        """Refuse what was not seen: a time to come, or a temperature that is in range or
        that no unit has (nor a logger's file, see ``cells``).
        Ask about degrees Fahrenheit that were typed as Celsius: 41 in place of 5."""
        now = fields.Datetime.now()
        for one in self:
            if one.started_at > now:
                raise UserError(
                    self.env._(
                        "“From” is still to come: enter when it was first seen out of "
                        "range."
                    )
                )
            if one.started_at < now - OLDEST:
                raise UserError(
                    self.env._(
                        "“From” is more than a year ago: enter when it was first seen "
                        "out of range."
                    )
                )
            if not LOWEST <= one.worst <= HIGHEST:
                raise UserError(
                    self.env._(
                        "%(worst)g °C cannot be: no unit is colder than %(lowest)s or "
                        "warmer than %(highest)s °C. Enter what the display shows, in °C.",
                        worst=one.worst,
                        lowest=LOWEST,
                        highest=HIGHEST,
                    )
                )
            # sudo: the limits of the unit are no secret
            unit = one.sudo().equipment_id
            limits = unit._medical_limits()
            if not limits:
                continue
            low, high = map(float, limits)
            bounds = Limits(low, high)
            if not one.is_sure and (
                meant_in_other_unit(one.worst, "°C", bounds) is not None
            ):
                raise UserError(
                    self.env._(
                        "%(worst)g °C would be in range as %(worst)g °F. If the display "
                        "does show °C, check “The Display Shows This”.",
                        worst=one.worst,
                    )
                )
            if one.worst <= high if one.kind == "warm" else one.worst >= low:
                raise UserError(
                    self.env._(
                        "%(worst)g °C is not “%(kind)s”: %(unit)s may be between "
                        "%(low)g and %(high)g °C. Enter the worst temperature seen.",
                        worst=one.worst,
                        kind=labels_of(self, "kind")[one.kind],
                        unit=unit.display_name,
                        low=low,
                        high=high,
                    )
                )

    def _reported_values(self):
        self.ensure_one()
        return {
            "equipment_id": self.equipment_id.id,
            "company_id": self.company_id.id,
            "at": self.started_at,
            "celsius": self.worst,
            "is_outside": True,
            "seen_as": self.kind,
        }

    def _birth_values(self, vals):
        """A unit out of range can be reported by hand; who reports it is on record."""
        unit = self.env["maintenance.equipment"].browse(vals.get("equipment_id") or [])
        if not self._is_program():
            unit.check_access("read")
        unit = unit.sudo()  # sudo: its shelf is not for whoever reads its display
        shelf = unit.medical_shelf_id
        return {
            "reported_by_id": self.env.uid,
            "by_hand": not self._holds_pen(),
            "shelf_id": shelf.id,
            "company_id": unit._medical_own_company().id,
            "release_shelf_id": vals.get("release_shelf_id") or shelf.id,
        }

    def _program_message(self, name):
        return self.env._(
            "The excursion data stays on record. Add to “What happened”, or answer "
            "its lots."
        )

    def _locked_message(self, name):
        if name in CHOICE:
            return self.env._(
                "The excursion is closed: its lots have been released or discarded."
            )
        return self._program_message(name)

    def _kept_message(self):
        return self.env._("An excursion stays on record.")

    # ------------------------------------------------------------------------ people

    def _medical_answerable(self):
        """Whoever has to make the calls: who answers for the unit's room."""
        self.ensure_one()
        return answerable(self.equipment_id.location_id)._replace(
            company_id=self.company_id.id
        )

    def _decision_amount(self):
        return self.value_at_risk

    def _decision_department(self):
        return self.equipment_id.location_id.medical_department_id
