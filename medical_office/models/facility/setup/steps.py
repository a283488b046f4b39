"""Setup of assets and of the checks that rules ask for."""

from odoo import api, models

from ...core.setup.step import Step


class CoreSetup(models.AbstractModel):
    _inherit = "medical.core.setup"

    @api.model
    def _steps(self):
        return [*super()._steps(), *self._facility_steps()]

    @api.model
    def _facility_steps(self):
        _, company = self.env._, self.env.company
        assets = self.env["maintenance.equipment"]
        own = [("company_id", "=", company.id)]
        count = assets.search_count(own)
        homeless = assets.search_count([*own, ("location_id", "=", False)])
        missing = [] if count else [_("No assets yet.")]
        if homeless:
            missing.append(_("Assets without a room: %s.", homeless))
        unplanned = sum(
            len(targets)
            for targets in self.env["medical.facility.rule"]._missing(company).values()
        )
        repairs = self.env["medical.facility.duty"].search_count(
            ["|", ("company_id", "=", False), ("company_id", "=", company.id)], limit=1
        )
        manager = ("core_group_manager",)
        return [
            Step(
                "asset", "rounds", 20, _("Assets"),
                _("What is labeled, checked, repaired and replaced. Bring a list (CSV)."),
                manager, missing, "facility_import_wizard_action", after=("room",),
            ),
            Step(
                "required", "rounds", 30, _("Checks that laws and standards ask for"),
                _(
                    "Schedules are proposed from your rooms and assets, each with its "
                    "citation."
                ),
                manager,
                [_("Rooms and assets without a required check: %s.", unplanned)]
                if unplanned
                else [],
                "facility_propose_wizard_action", after=("room", "asset"),
            ),
            Step(
                "repair", "rounds", 40, _("Who repairs"),
                _("A reported fault goes to the person or vendor named here."),
                manager,
                [] if repairs else [_("Nobody is assigned to repairs yet.")],
                "facility_duty_action", form=not repairs, after=("asset",),
            ),
        ]  # fmt: skip
