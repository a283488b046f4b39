"""Electrical panels: boxes of breakers, fed by the utility, a generator or a breaker."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....tools.facility import circuit


class FacilityPanel(models.Model):
    _name = "medical.facility.panel"
    _description = "Electrical Panel"
    _inherit = ["medical.core.used", "mail.thread", "medical.core.guard"]
    _order = "site_id, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, help="As on the label on its door: LP-1.")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    room_id = fields.Many2one(
        "stock.location",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
        domain="[('medical_room_type', '!=', False), ('company_id', '=', company_id)]",
        help="Where it is mounted.",
    )
    site_id = fields.Many2one(
        related="room_id.medical_site_id", store=True, index="btree_not_null"
    )
    fed_by_id = fields.Many2one(
        "medical.facility.breaker",
        "Fed by",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('panel_id', '!=', id)]",
        help="The breaker of another panel. Empty: the utility or a generator.",
    )
    emergency_power = fields.Boolean(
        help="A generator or transfer switch takes over when utility power fails."
    )
    rating_amps = fields.Float("Main (A)", digits=(6, 1), aggregator=None)
    voltage = fields.Char(default="120/208 V")
    breaker_ids = fields.One2many("medical.facility.breaker", "panel_id", "Breakers")
    breaker_count = fields.Integer(compute="_compute_counts")
    outlet_count = fields.Integer(compute="_compute_counts")
    note = fields.Text()

    _name_unique = models.UniqueIndex(
        "(room_id, name)", "The room already has a panel with this name."
    )
    _rating = models.Constraint(
        "CHECK (rating_amps >= 0)", "The rating of a panel cannot be negative."
    )

    def _compute_counts(self):
        breakers = dict(
            self.env["medical.facility.breaker"]._read_group(
                [("panel_id", "in", self.ids)], ["panel_id"], ["__count"]
            )
        )
        outlets = dict(
            self.env["medical.facility.outlet"]._read_group(
                [("panel_id", "in", self.ids)], ["panel_id"], ["__count"]
            )
        )
        for panel in self:
            panel.breaker_count = breakers.get(panel, 0)
            panel.outlet_count = outlets.get(panel, 0)

    @api.constrains("fed_by_id")
    def _check_no_circle(self):
        self._refuse_circle(self.company_id)

    @api.model
    def _refuse_circle(self, companies):
        """Refuse panels that feed each other in a circle, naming them in order.

        :raises ValidationError:
        """
        # sudo: the circle may run through a panel that the user does not see
        panels = self.sudo().with_context(active_test=False)
        fed = panels.search(
            [("company_id", "in", companies.ids), ("fed_by_id", "!=", False)]
        )
        feeding = fed.fed_by_id
        wiring = circuit.Wiring(
            [circuit.Panel(one.id, one.fed_by_id.id) for one in fed],
            [circuit.Breaker(one.id, one.panel_id.id) for one in feeding],
        )
        round_trip = wiring.cycle()
        if round_trip:
            names = panels.browse([*round_trip, round_trip[0]]).mapped("name")
            raise ValidationError(
                self.env._(
                    "These panels would feed each other in a loop: %(panels)s. Choose "
                    "another breaker, or none for a panel fed by the utility.",
                    panels=" ← ".join(names),
                )
            )

    def action_open_outlets(self):
        """Open the outlets of this panel."""
        self.ensure_one()
        self._check_caller("core_group_staff", "core_group_auditor")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.facility_outlet_action"
        )
        return {**action, "domain": [("panel_id", "=", self.id)], "context": {}}
