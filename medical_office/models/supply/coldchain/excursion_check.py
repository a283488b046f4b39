"""The checks of the cold chain: open excursions, cold lots outside a unit."""

from odoo import api, models

from ...core.check.answerable import finding
from ...core.check.check import CheckResult
from .equipment import RANGES


class SupplyExcursion(models.Model):
    _inherit = "medical.supply.excursion"

    @api.model
    def _medical_check_excursion(self):
        """Excursions whose lots are not yet released or thrown away."""
        waiting = self.search([("state", "not in", ("released", "discarded"))])
        texts = {
            "open": self.env._("%(unit)s: %(worst)s, its lots are not in quarantine"),
            "quarantined": self.env._(
                "%(unit)s: %(worst)s, lots waiting for their manufacturers' "
                "answers: %(count)s"
            ),
            "signed": self.env._(
                "%(unit)s: %(worst)s, the second signature is missing"
            ),
        }
        rows = [
            finding(
                one,
                texts[one.state]
                % {
                    "unit": one.equipment_id.name,
                    "worst": one.worst_text,
                    "count": one.unanswered,
                },
                severity="high" if one.state == "signed" else "critical",
                money_at_risk=one.value_at_risk,
            )
            for one in waiting
        ]
        asked = self.env["medical.core.round.line"].search(
            [
                ("doubt", "!=", False),
                ("equipment_id.medical_vaccine_storage", "=", True),
            ]
        )
        rows += [
            finding(
                line,
                self.env._(
                    "%(unit)s: nobody has confirmed or corrected a temperature: %(doubt)s",
                    unit=line.target_name,
                    doubt=line.doubt,
                ),
                severity="critical",
            )
            for line in asked
        ]
        return CheckResult(self.search_count([]) + len(asked), rows)


class StockLocation(models.Model):
    _inherit = "stock.location"

    @api.model
    def _medical_check_outside_unit(self):
        """Vaccines that lie, by the books, outside a unit of their temperature."""
        quants = self.env["stock.quant"].search(
            [
                ("quantity", ">", 0),
                ("location_id.usage", "=", "internal"),
                ("location_id.warehouse_id.medical_is_site", "=", True),
                ("medical_is_quarantined", "=", False),
                ("product_id.medical_kind", "=", "vaccine"),
                ("product_id.medical_storage", "in", [code for code, _name in RANGES]),
            ]
        )
        units = self.env["maintenance.equipment"].search(
            [("medical_shelf_id", "!=", False)]
        )
        by_shelf = {unit.medical_shelf_id: unit.medical_range for unit in units}
        wrong = quants.filtered(
            lambda quant: (
                by_shelf.get(quant.location_id) != quant.product_id.medical_storage
            )
        )
        rows = [
            finding(
                room,
                self.env._(
                    "%(room)s: cold-storage lots outside a unit of the right "
                    "temperature: %(count)s (%(names)s)",
                    room=room.name,
                    count=len(here),
                    names=self._medical_named(here.product_id),
                ),
                money_at_risk=sum(here.mapped("medical_cost_value")),
            )
            for room, here in wrong.grouped("location_id").items()
        ]
        return CheckResult(len(quants), rows)
