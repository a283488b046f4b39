"""Evidence from supplies: controlled items, discrepancies, vaccine temperatures."""

from odoo import api, models
from odoo.exceptions import UserError

SETTLED = ("released", "discarded")


class ComplianceMeasure(models.Model):
    _inherit = "medical.compliance.measure"

    @api.model
    def _medical_measure_counts(self, measure, period):
        """Counts of controlled items that a witness has signed and that agreed."""
        low, high = period.moments()
        counts = self.env["medical.supply.controlled.log"].search(
            [
                ("company_id", "=", period.company.id),
                ("kind", "=", "counted"),
                ("at", ">=", low),
                ("at", "<", high),
                *period.at_site("location_id.medical_site_id"),
            ],
            order="at",
        )
        if not counts:
            raise UserError(
                self.env._(
                    "Nobody counted controlled items in this period. Count them under "
                    "Office, Controlled Items, or mark the item as not applicable."
                )
            )
        bad = counts.filtered(lambda one: one.state != "final" or one.difference)
        return self._gaps(
            len(counts),
            [
                self.env._(
                    "%(entry)s: %(why)s",
                    entry=one.display_name,
                    why=self.env._("not witnessed")
                    if one.state != "final"
                    else self.env._("differs by %g", one.difference),
                )
                for one in bad
            ],
        )

    @api.model
    def _medical_measure_discrepancies(self, measure, period):
        """Discrepancies of controlled items that are closed, of those of the period."""
        low, high = period.moments()
        found = self.env["medical.supply.discrepancy"].search(
            [
                ("company_id", "=", period.company.id),
                ("date", ">=", low),
                ("date", "<", high),
                *period.at_site("location_id.medical_site_id"),
            ]
        )
        still = found.filtered(lambda one: not one.closed_at)
        return self._gaps(
            len(found),
            still.mapped("display_name"),
            "" if found else self.env._("No discrepancy is on record."),
        )

    @api.model
    def _medical_measure_excursions(self, measure, period):
        """Vaccine units without a temperature excursion in the period."""
        units, excursions = self._units_and_excursions(period)
        return self._gaps(
            len(units),
            [
                self.env._(
                    "%(unit)s: %(which)s",
                    unit=unit.display_name,
                    which=", ".join(found.mapped("display_name")),
                )
                for unit, found in excursions.grouped("equipment_id").items()
            ],
        )

    @api.model
    def _medical_measure_excursions_closed(self, measure, period):
        """Excursions that ended with a decision and two signatures."""
        _units, excursions = self._units_and_excursions(period)
        still = excursions.filtered(lambda one: one.state not in SETTLED)
        return self._gaps(
            len(excursions),
            still.mapped("display_name"),
            "" if excursions else self.env._("No excursion is on record."),
        )

    @api.model
    def _units_and_excursions(self, period):
        """Vaccine units of the company, and their excursions in the period.

        :raises UserError: there is no vaccine unit
        """
        units = self.env["maintenance.equipment"].search(
            [
                ("company_id", "=", period.company.id),
                ("medical_vaccine_storage", "=", True),
                *period.at_site("medical_site_id"),
            ]
        )
        if not units:
            raise UserError(
                self.env._(
                    "No vaccine unit is on record. Enter it under Office, Assets, or "
                    "mark the item as not applicable."
                )
            )
        low, high = period.moments()
        excursions = self.env["medical.supply.excursion"].search(
            [
                ("equipment_id", "in", units.ids),
                ("started_at", "<", high),
                # one that began before and lasts is one of the period, too
                "|",
                "|",
                ("started_at", ">=", low),
                ("ended_at", ">=", low),
                ("state", "not in", SETTLED),
            ]
        )
        return units, excursions
