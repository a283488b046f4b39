"""Assets, and what they hang on, that go: not while somebody still counts on them."""

from odoo import models

from ..request.request import OPEN


class MaintenanceEquipment(models.Model):
    _name = "maintenance.equipment"
    _inherit = ["medical.core.used", "maintenance.equipment"]

    def _medical_used_by(self):
        return [
            *super()._medical_used_by(),
            (
                "maintenance.request",
                "equipment_id",
                OPEN,
                self.env._("it has open work (%(names)s); close or cancel that first."),
            ),
            (
                "medical.facility.maintenance.plan",
                "equipment_id",
                [],
                self.env._("it has maintenance plans (%(names)s); archive them first."),
            ),
        ]


class FacilityKind(models.Model):
    _inherit = "medical.facility.kind"

    def _medical_used_by(self):
        _ = self.env._
        return [
            *super()._medical_used_by(),
            (
                "maintenance.equipment",
                "medical_kind_id",
                [],
                _("assets of this type: %(count)s; give them another type first."),
            ),
        ]


class FacilityOutlet(models.Model):
    _inherit = "medical.facility.outlet"

    def _medical_used_by(self):
        _ = self.env._
        return [
            *super()._medical_used_by(),
            (
                "maintenance.equipment",
                "medical_outlet_id",
                [],
                _("assets plugged in there: %(names)s; plug them in elsewhere first."),
            ),
            (
                "maintenance.request",
                "medical_outlet_id",
                OPEN,
                _("it has open work (%(names)s); close or cancel that first."),
            ),
        ]


class FacilityPanel(models.Model):
    _inherit = "medical.facility.panel"

    def _medical_used_by(self):
        _ = self.env._
        return [
            *super()._medical_used_by(),
            (
                "medical.facility.outlet",
                "panel_id",
                [],
                _("outlets that it feeds: %(count)s; archive or rewire them first."),
            ),
            (
                "maintenance.request",
                "medical_panel_id",
                OPEN,
                _("it has open work (%(names)s); close or cancel that first."),
            ),
        ]


class CoreSchedule(models.Model):
    _inherit = "medical.core.schedule"

    def _medical_used_by(self):
        return [
            *super()._medical_used_by(),
            (
                "medical.facility.maintenance.plan",
                "schedule_id",
                [],
                self.env._("a maintenance plan runs on it (%(names)s); archive that."),
            ),
        ]


class CoreCredentialType(models.Model):
    _inherit = "medical.core.credential.type"

    def _medical_used_by(self):
        _ = self.env._
        return [
            *super()._medical_used_by(),
            (
                "medical.facility.kind",
                "credential_type_id",
                [],
                _("types of assets that ask for it: %(names)s; change them first."),
            ),
            (
                "medical.facility.duty",
                "credential_type_id",
                [],
                _("duties that ask for it: %(names)s; change them first."),
            ),
        ]


class MaintenanceTeam(models.Model):
    _name = "maintenance.team"
    _inherit = ["medical.core.used", "maintenance.team"]

    def _medical_used_by(self):
        return [
            *super()._medical_used_by(),
            (
                "medical.facility.duty",
                "team_id",
                [],
                self.env._("duties of the team: %(names)s; archive or move them."),
            ),
            (
                "maintenance.request",
                "maintenance_team_id",
                OPEN,
                self.env._("it has open work (%(names)s); close or cancel that first."),
            ),
        ]
