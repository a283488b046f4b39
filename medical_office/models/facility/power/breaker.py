"""Breakers of a panel: what each carries, and what goes dark when it trips."""

from odoo import api, fields, models

from ....tools.facility import power


class FacilityBreaker(models.Model):
    _name = "medical.facility.breaker"
    _description = "Breaker"
    _inherit = ["medical.core.guard"]
    _order = "panel_id, position, id"
    _check_company_auto = True

    panel_id = fields.Many2one(
        "medical.facility.panel", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="panel_id.company_id", store=True, index=True)
    position = fields.Integer(
        "Number",
        required=True,
        aggregator=None,
        help="Its number in the panel.",
    )
    name = fields.Char("Feeds", help="As in the directory on the door.")
    rating_amps = fields.Float("Rating (A)", digits=(6, 1), required=True, default=20.0)
    poles = fields.Selection(
        [("1", "1"), ("2", "2"), ("3", "3")], required=True, default="1"
    )
    is_gfci = fields.Boolean(
        "GFCI breaker", help="It protects, and can shut off, every outlet on it."
    )
    is_locked = fields.Boolean(
        "Locked on", help="A clip keeps it from being turned off by mistake."
    )
    circuit_ids = fields.One2many("medical.facility.circuit", "breaker_id", "Circuits")
    panel_ids = fields.One2many("medical.facility.panel", "fed_by_id", "Subpanels")
    load_amps = fields.Float(
        "Nameplates (A)",
        digits=(6, 1),
        compute="_compute_load",
        help="Everything plugged in, including subpanels, if it all ran at once.",
    )
    load_share = fields.Float("Load", compute="_compute_load")
    load_state = fields.Selection(
        [("ok", "Fits"), ("near", "Over 80%"), ("over", "Over its rating")],
        compute="_compute_load",
    )
    power_tree = fields.Json(compute="_compute_power_tree", string="What goes dark")

    _position = models.Constraint(
        "CHECK (position > 0)", "Breaker numbers must be 1 or more."
    )
    _position_unique = models.Constraint(
        "UNIQUE (panel_id, position)",
        ("The panel already has a breaker with this number."),
    )
    _rated = models.Constraint(
        "CHECK (rating_amps > 0)", "A breaker's rating must be more than 0 A."
    )

    @api.depends("panel_id.name", "position", "name")
    def _compute_display_name(self):
        for breaker in self:
            panel = breaker.panel_id.name
            where = panel and f"{panel} #{breaker.position}"
            parts = filter(None, [where, breaker.name])
            breaker.display_name = " · ".join(parts)

    def _compute_load(self):
        for breaker, amps in self._loads().items():
            rating = breaker._rating()
            breaker.load_amps = float(amps)
            breaker.load_share = float(amps / rating) if rating else 0.0
            found = power.load_warning(amps, rating)
            breaker.load_state = found.code if found else "ok"

    def _compute_power_tree(self):
        for breaker in self:
            breaker.power_tree = breaker._tree() if breaker._origin.id else False

    def _rating(self):
        """The rating as Decimal."""
        self.ensure_one()
        return self.env["medical.facility.panel"]._decimal(self.rating_amps)

    @api.constrains("panel_id")
    def _check_no_circle(self):
        self.env["medical.facility.panel"]._refuse_circle(self.company_id)
