"""Setup of exclusion screening: the first list."""

from odoo import api, models

from ...core.setup.step import Step


class CoreSetup(models.AbstractModel):
    _inherit = "medical.core.setup"

    @api.model
    def _steps(self):
        return [*super()._steps(), *self._compliance_steps()]

    @api.model
    def _compliance_steps(self):
        _ = self.env._
        lists = self.env["medical.compliance.exclusion.list"].search_count(
            [("state", "=", "in_force")], limit=1
        )
        return [
            Step(
                "exclusion", "people", 50, _("Exclusion list"),
                _(
                    "Nobody who is excluded from federal programs may work here: import "
                    "the list of the OIG, everybody is screened."
                ),
                ("core_group_hr",),
                [] if lists else [_("No exclusion list is imported yet.")],
                "compliance_exclusion_wizard_action", after=("staff",),
            ),
        ]  # fmt: skip
