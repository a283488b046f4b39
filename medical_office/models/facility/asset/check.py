"""Facility's own checks: agreements that end, what is out of service, wiring."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

from ...core.check.answerable import answerable, finding
from ...core.check.check import CheckResult
from ..request.request import OPEN

DAYS_OF_WARRANTY = 60  # before the end of a warranty written on the asset itself


class FacilityAgreement(models.Model):
    _inherit = "medical.facility.agreement"

    @api.model
    def _medical_check_ending(self):
        """Warranties and contracts whose day to decide has come, until they are renewed
        (their end is moved) or archived."""
        today = fields.Date.context_today(self)
        agreements = self.search([])
        ending = agreements.filtered(lambda a: a.date_notice <= today)
        rows = [
            finding(
                one,
                one._ending_text(today),
                severity="high"
                if one.kind == "service"
                and any(one.equipment_ids.mapped("medical_is_critical"))
                else "medium",
                money_at_risk=one.yearly_cost if one.auto_renews else 0.0,
                user_id=one.user_id.id,
                date_due=one.date_end,
            )
            for one in ending
        ]
        return CheckResult(len(agreements), rows)

    def _ending_text(self, today):
        self.ensure_one()
        day = format_date(self.env, self.date_end)
        names = {"name": self.name, "partner": self.partner_id.name, "day": day}
        if self.date_end < today:
            return self.env._(
                "“%(name)s” with %(partner)s ended on %(day)s: renew or archive it",
                **names,
            )
        if self.auto_renews:
            return self.env._(
                "“%(name)s” with %(partner)s renews automatically on %(day)s: give "
                "notice or change its end date",
                **names,
            )
        return self.env._(
            "“%(name)s” with %(partner)s ends on %(day)s: decide now", **names
        )


class FacilityTagout(models.Model):
    _inherit = "medical.facility.tagout"

    @api.model
    def _medical_check_out(self):
        """What is out of service and not critical; critical things have a check of their
        own, which knows their repairs."""
        # what was retired while it was out needs no return
        tags = self.search(
            [
                ("state", "=", "out"),
                ("equipment_id.active", "=", True),
                ("equipment_id.medical_is_critical", "=", False),
            ]
        )
        # a repair that is late has a row of its own: one fault, one row
        now = fields.Datetime.now()
        tags = tags.filtered(
            lambda tag: (
                not tag.request_id.filtered_domain([*OPEN, ("medical_due", "<", now)])
            )
        )
        looked_at = self.env["maintenance.equipment"].search_count(
            [("medical_is_critical", "=", False)]
        )
        rows = [
            finding(
                tag.equipment_id,
                tag._out_text(),
                user_id=tag.request_id.user_id.id
                or answerable(tag.equipment_id).user_id,
                key="out",
            )
            for tag in tags
        ]
        return CheckResult(looked_at, rows)

    def _out_text(self):
        self.ensure_one()
        asset = self.equipment_id
        return self.env._(
            "%(asset)s%(room)s is out of service: %(reason)s",
            asset=asset.name,
            room=f" ({asset.location_id.name})" if asset.location_id else "",
            reason=self.reason,
        )


class FacilityBreaker(models.Model):
    _inherit = "medical.facility.breaker"

    @api.model
    def _medical_check_load(self):
        """Breakers whose nameplate currents are more than they carry, or come near."""
        breakers = self.search([])
        rows = [
            finding(
                one,
                self.env._(
                    "%(breaker)s: nameplates of %(amps)s A on a breaker of %(rating)s A",
                    breaker=one.display_name,
                    amps=f"{one.load_amps:g}",
                    rating=f"{one.rating_amps:g}",
                ),
                severity="high" if one.load_state == "over" else "low",
            )
            for one in breakers
            if one.load_state != "ok"
        ]
        return CheckResult(len(breakers), rows)

    def _medical_answerable(self):
        return answerable(self.panel_id)


class MaintenanceEquipment(models.Model):
    _inherit = "maintenance.equipment"

    @api.model
    def _medical_check_power(self):
        """Assets plugged in where they should not be. What needs emergency power counts
        only where its outlet is known."""
        assets = self.search(
            [
                ("medical_outlet_id", "!=", False),
                "|",
                ("medical_vaccine_storage", "=", True),
                ("medical_needs_emergency_power", "=", True),
            ]
        )
        looked_at = self.search_count([("medical_outlet_id", "!=", False)])
        rows = [
            finding(
                asset,
                self.env._(
                    "%(asset)s at %(outlet)s: %(problem)s",
                    asset=asset.name,
                    outlet=asset.medical_outlet_id.display_name,
                    problem=self._medical_power_text(fault.code),
                ),
                severity=fault.severity,
                key=fault.code,
            )
            for asset, faults in assets._medical_power_findings().items()
            for fault in faults
        ]
        return CheckResult(looked_at, rows)

    @api.model
    def _medical_check_warranty(self):
        """Warranties that end soon, written on the asset and under no agreement."""
        today = fields.Date.context_today(self)
        under = [("warranty_date", "!=", False), ("warranty_date", ">=", today)]
        soon = self.search(
            [
                *under,
                ("warranty_date", "<=", today + timedelta(days=DAYS_OF_WARRANTY)),
                ("medical_agreement_ids", "=", False),
            ]
        )
        rows = [
            finding(
                asset,
                self.env._(
                    "The warranty of %(asset)s ends on %(day)s: report what is wrong "
                    "with it before",
                    asset=asset.display_name,
                    day=format_date(self.env, asset.warranty_date),
                ),
                severity="low",
                date_due=asset.warranty_date,
                key="warranty",
            )
            for asset in soon
        ]
        return CheckResult(self.search_count(under), rows)
