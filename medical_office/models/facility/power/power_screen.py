"""What the power screen and the trees on the forms show."""

from decimal import Decimal

from odoo import api, models
from odoo.exceptions import UserError

from ....engine.facility.power_tree import PowerTree
from ....tools.facility import circuit

FOUND_AT_MOST = 20
# what must not lose power
PRECIOUS = [
    "|",
    "|",
    ("medical_is_critical", "=", True),
    ("medical_vaccine_storage", "=", True),
    ("medical_life_safety", "=", True),
]


class FacilityPanel(models.Model):
    _inherit = "medical.facility.panel"

    @api.model
    def power_screen(self):
        """All panels with their breakers, each with its load and what hangs on it.

        :return: [{"id", "name", "room", "site", "fed_by", "emergency", "rating",
            "breakers": [...]}]; the number of queries is constant
        """
        self._check_caller("core_group_staff", "core_group_auditor")
        panels = self.search(
            [("company_id", "in", self.env.companies.ids)]
        )._source_first()
        breakers = panels.breaker_ids
        counts = breakers._power_counts()
        by_panel = breakers.grouped("panel_id")
        return [
            {
                "id": panel.id,
                "name": panel.name,
                "room": panel.room_id.name,
                "site": panel.site_id.name or "",
                "fed_by": panel.fed_by_id.id,
                "fed_by_name": panel.fed_by_id.display_name or "",
                "emergency": panel.emergency_power,
                "rating": panel.rating_amps,
                "breakers": [
                    {**breaker._power_values(), **counts[breaker]}
                    for breaker in by_panel.get(panel, breakers.browse())
                ],
            }
            for panel in panels
        ]

    def _source_first(self):
        """Site by site, each panel before those it feeds."""
        wiring = circuit.Wiring(*self._wiring_frame(self.company_id))
        depth = {
            panel: len(wiring.feed(panel.fed_by_id.id)) if panel.fed_by_id else 0
            for panel in self
        }
        return self.sorted(
            lambda p: (p.site_id.name or "", p.site_id.id, depth[p], p.name)
        )

    @api.model
    def power_breaker(self, breaker_id):
        """What goes dark when a breaker trips.

        :return: {"id", "title", "counts": {...}, "tree": node}
        :raises UserError: no such breaker
        """
        self._check_caller("core_group_staff", "core_group_auditor")
        breaker = self.env["medical.facility.breaker"].browse(int(breaker_id)).exists()
        if not breaker:
            raise UserError(
                self.env._("This breaker no longer exists. Reload the page.")
            )
        breaker.check_access("read")
        return {
            **breaker._power_values(),
            **breaker._power_counts()[breaker],
            "title": breaker.display_name,
            "tree": breaker._tree(),
        }

    @api.model
    def power_asset(self, equipment_id):
        """Where an asset gets its current, and what shares its circuit.

        :return: {"id", "title", "breaker_id", "shares": [names], "tree": node}; without
            a connection "breaker_id" is False and "tree" None
        :raises UserError: no such asset
        """
        self._check_caller("core_group_staff", "core_group_auditor")
        asset = self.env["maintenance.equipment"].browse(int(equipment_id)).exists()
        if not asset:
            raise UserError(self.env._("This asset no longer exists. Reload the page."))
        asset.check_access("read")
        breaker = asset.medical_breaker_id
        answer = {
            "id": asset.id,
            "title": asset.display_name,
            "room": asset.location_id.name or "",
            "breaker_id": breaker.id,
            "shares": [],
            "tree": None,
        }
        if breaker:
            wiring = self._wiring(breaker.company_id, breaker)
            others = asset.browse(wiring.shares_circuit(asset.id))
            answer["shares"] = others.mapped("name")
            answer["tree"] = self._tree(wiring, asset.id).way_to(asset.id)
        return answer

    @api.model
    def power_find(self, text):
        """Connected assets whose name, or whose room's name, holds ``text``.

        :return: [{"id", "name", "room"}], at most 20
        """
        self._check_caller("core_group_staff", "core_group_auditor")
        found = self.env["maintenance.equipment"].search(
            [
                ("medical_outlet_id", "!=", False),
                "|",
                "|",
                ("name", "ilike", text or ""),
                ("serial_no", "ilike", text or ""),
                ("location_id.name", "ilike", text or ""),
            ],
            limit=FOUND_AT_MOST,
            order="medical_vaccine_storage desc, medical_is_critical desc, name, id",
        )
        return [
            {"id": one.id, "name": one.name, "room": one.location_id.name or ""}
            for one in found
        ]

    @api.model
    def _tree(self, wiring, focus=None):
        """What draws this wiring.

        :param focus: id of the asset that is looked for
        """
        return PowerTree(self.env, wiring, focus)


class FacilityBreaker(models.Model):
    _inherit = "medical.facility.breaker"

    def _power_values(self):
        """What the screen shows of one breaker."""
        self.ensure_one()
        return {
            "id": self.id,
            "position": self.position,
            "name": self.name or "",
            "poles": int(self.poles),
            "rating": self.rating_amps,
            "amps": self.load_amps,
            "share": self.load_share,
            "state": self.load_state,
            "gfci": self.is_gfci,
            "locked": self.is_locked,
            "panels": self.panel_ids.mapped("name"),
        }

    def _power_counts(self):
        """How much goes dark with each breaker, sub-panels too: {breaker: {"outlets",
        "assets", "critical"}}; five queries."""
        panels = self.env["medical.facility.panel"]
        wiring = circuit.Wiring(*panels._wiring_frame(self.company_id))
        company = ("company_id", "in", self.company_id.ids)
        on_breaker = ("medical_breaker_id.company_id", "in", self.company_id.ids)
        own = {
            "outlets": self._counted("medical.facility.outlet", [company]),
            "assets": self._counted("maintenance.equipment", [on_breaker]),
            "critical": self._counted("maintenance.equipment", [on_breaker, *PRECIOUS]),
        }
        return {
            breaker: {
                name: int(wiring.total(count, breaker.id))
                for name, count in own.items()
            }
            for breaker in self
        }

    @api.model
    def _counted(self, model, domain):
        """{breaker id: number of records of ``model`` on its own circuits}."""
        field = "breaker_id" if "facility" in model else "medical_breaker_id"
        return {
            breaker.id: Decimal(count)
            for breaker, count in self.env[model]._read_group(
                [(field, "!=", False), *domain], [field], ["__count"]
            )
        }

    def _tree(self):
        """The tree of what hangs on this breaker."""
        self.ensure_one()
        panels = self.env["medical.facility.panel"]
        wiring = panels._wiring(self.company_id, self)
        return panels._tree(wiring).below(self.id)
