"""What the host offers beside ours is left out for who works in the practice."""

from odoo import api, models

from .open_action import works_here


class IrActionsActions(models.Model):
    _inherit = "ir.actions.actions"

    @api.model
    def get_bindings(self, model_name):
        """A host's model names in ``_medical_left_out`` the prints and actions of its
        menus for which ours stand elsewhere; whoever has no role here keeps them."""
        found = super().get_bindings(model_name)
        left_out = getattr(self.env.get(model_name), "_medical_left_out", ())
        if not left_out or not works_here(self.env.user):
            return found
        number = self.env["ir.model.data"]._xmlid_to_res_id
        numbers = {number(name, raise_if_not_found=False) for name in left_out}
        return {
            kind: kept
            for kind, actions in found.items()
            if (kept := [one for one in actions if one["id"] not in numbers])
        }
