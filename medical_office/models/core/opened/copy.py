"""A sensitive file on its way to who has just opened it."""

from odoo import api, fields, models


class CoreOpenedCopy(models.TransientModel):
    """No role may read, make or change one: it is made by opening a file, which is
    logged, and taken once by the same person (``controllers.core_opened``)."""

    _name = "medical.core.opened.copy"
    _description = "Copy of a Sensitive File"
    _inherit = ["medical.core.wizard"]
    _transient_max_hours = 1.0

    name = fields.Char(required=True)
    content = fields.Binary(attachment=False, required=True)

    @api.model
    def _handed(self, name, content):
        """
        :param content: the file, in base64
        :return: action that downloads a copy for the user
        """
        # sudo: no role may make one but by opening a file; it stays its opener's
        copy = self.sudo().create({"name": name or "file", "content": content})
        return {
            "type": "ir.actions.act_url",
            "url": f"/medical_office/copy/{copy.id}",
            "target": "self",
        }
