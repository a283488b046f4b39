"""The small dialog that asks why, before a step that needs a reason."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.core.mixins.done import CLOSE, standing, stepped


class CoreReasonWizard(models.TransientModel):
    _name = "medical.core.reason.wizard"
    _description = "Reason"
    _inherit = ["medical.core.wizard"]

    res_model = fields.Char(required=True)
    res_ids = fields.Char(required=True)
    method = fields.Char(required=True)
    reason = fields.Text(required=True)
    about = fields.Text("What It Does", readonly=True)

    @api.model
    def _asking(self, records, method, title=None, about=None):
        """The dialog that asks why, then calls a method of the records.

        :param records: a recordset of a model that lists ``method`` in
            ``_reason_methods``
        :param title: the question, translated
        :param about: what the step will do, shown above the reason
        :return: window action
        """
        return {
            "type": "ir.actions.act_window",
            "name": title or self.env._("Reason"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_res_model": records._name,
                "default_res_ids": ",".join(map(str, records.ids)),
                "default_method": method,
                "default_about": about or False,
            },
        }

    def action_confirm(self):
        """Call the method with the reason, as the user, on the records asked for."""
        self.env["medical.core.guard"]._check_caller("core_group_staff")
        self.ensure_one()
        model = self.env.get(self.res_model)
        allowed = getattr(model, "_reason_methods", ())
        if model is None or self.method not in allowed:
            raise UserError(self.env._("This step does not take a reason."))
        reason = self.env["medical.core.guard"]._reason_given(self.reason)
        records = model.browse(int(i) for i in self.res_ids.split(",") if i)
        records.check_access("read")
        before = standing(records)
        said = getattr(records, self.method)(reason)
        if isinstance(said, dict):
            return said
        return stepped(self.env, before, then=CLOSE) or CLOSE
