"""Stages of a request: what each one means for the program, whatever it is called."""

from odoo import api, fields, models

# the host's own stages, by the end of their XML id
HOST_STEPS = {
    "stage_0": "new",
    "stage_1": "work",
    "stage_3": "done",
    "stage_4": "scrap",
}


class MaintenanceStage(models.Model):
    _name = "maintenance.stage"
    _inherit = ["medical.core.guard", "maintenance.stage"]

    # a stage that comes to mean "done" closes every request in it, unasked
    _editors = {"*": "core_group_manager"}

    medical_step = fields.Selection(
        [
            ("new", "Reported"),
            ("work", "In progress"),
            ("check", "To check"),
            ("done", "Repaired"),
            ("scrap", "Scrapped"),
        ],
        "Meaning",
        help="What the stage means: “Repaired” moves a request to the stage to be "
        "checked, “Close” to the repaired one.",
    )

    @api.model
    def _medical_name_steps(self):
        """Tell the host's stages what they mean, where nobody has said so."""
        for name, step in HOST_STEPS.items():
            stage = self.env.ref(f"maintenance.{name}", raise_if_not_found=False)
            if stage and not stage.medical_step:
                stage.medical_step = step

    @api.model
    def _medical_stage(self, step):
        """The first stage with this meaning, or an empty recordset."""
        return self.search([("medical_step", "=", step)], limit=1)
