"""The wiring as a graph, read in a constant number of queries."""

from decimal import Decimal

from odoo import api, models
from odoo.tools import float_repr

from ....tools.facility import circuit

# read at once, since whoever asks for the wiring draws it
OUTLET_FIELDS = [
    "circuit_id", "breaker_id", "panel_id", "name", "room_id", "place", "outlet_type",
    "gfci_upstream", "emergency_power", "ups",
]  # fmt: skip
LOAD_FIELDS = [
    "name", "medical_outlet_id", "medical_amps", "medical_is_critical",
    "medical_life_safety", "medical_vaccine_storage", "medical_own_battery",
    "medical_needs_emergency_power",
]  # fmt: skip


class FacilityPanel(models.Model):
    _inherit = "medical.facility.panel"

    @api.model
    def _decimal(self, value):
        """A current as the form shows it, exact."""
        return Decimal(float_repr(value or 0.0, 2))

    @api.model
    def _wiring(self, companies, breakers):
        """The graph of these companies; five queries, however large it is.

        :param breakers: only circuits, outlets and loads below these are read
        """
        frame = self._wiring_frame(companies)
        trunk = circuit.Wiring(*frame)
        below = {b for breaker in breakers for b in trunk.breakers_below(breaker.id)}
        leaves = self._wiring_leaves([("breaker_id", "in", list(below))])
        return circuit.Wiring(*frame, *leaves)

    @api.model
    def _wiring_frame(self, companies):
        """Panels and breakers of the graph, in two queries."""
        own = [("company_id", "in", companies.ids)]
        panels = self.search_fetch(own, ["fed_by_id"])
        boxes = self.env["medical.facility.breaker"].search_fetch(own, ["panel_id"])
        return (
            [circuit.Panel(p.id, p.fed_by_id.id or None) for p in panels],
            [circuit.Breaker(b.id, b.panel_id.id) for b in boxes],
        )

    @api.model
    def _wiring_leaves(self, domain):
        """Circuits, outlets and loads of the circuits in ``domain``."""
        circuits = self.env["medical.facility.circuit"].search_fetch(
            domain, ["breaker_id", "name", "purpose"]
        )
        outlets = self.env["medical.facility.outlet"].search_fetch(
            [("circuit_id", "in", circuits.ids)], OUTLET_FIELDS
        )
        loads = self.env["maintenance.equipment"].search_fetch(
            [("medical_outlet_id", "in", outlets.ids)],
            LOAD_FIELDS,
        )
        return (
            [circuit.Circuit(c.id, c.breaker_id.id) for c in circuits],
            [circuit.Outlet(o.id, o.circuit_id.id) for o in outlets],
            [
                circuit.Load(
                    one.id, one.medical_outlet_id.id, self._decimal(one.medical_amps)
                )
                for one in loads
            ],
        )


class FacilityBreaker(models.Model):
    _inherit = "medical.facility.breaker"

    @api.model
    def _own_amps(self, companies):
        """{breaker id: nameplate currents on its own circuits}, in one query."""
        decimal = self.env["medical.facility.panel"]._decimal
        return {
            breaker.id: decimal(amps)
            for breaker, amps in self.env["maintenance.equipment"]._read_group(
                [
                    ("medical_breaker_id", "!=", False),
                    ("medical_breaker_id.company_id", "in", companies.ids),
                ],
                ["medical_breaker_id"],
                ["medical_amps:sum"],
            )
        }

    def _loads(self):
        """{breaker of self: nameplate currents of all below it, as Decimal}."""
        panels = self.env["medical.facility.panel"]
        wiring = circuit.Wiring(*panels._wiring_frame(self.company_id))
        own = self._own_amps(self.company_id)
        return {breaker: wiring.total(own, breaker._origin.id) for breaker in self}
