"""Files kept in a field are guarded like the field, by whichever door they change."""

from odoo import api, models

PLACE = frozenset({"res_model", "res_id", "res_field"})
CONTENT = PLACE | {"datas", "raw", "db_datas", "store_fname", "type", "url", "checksum"}


class IrAttachment(models.Model):
    """A binary field is a row here, which a client can write without its record."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._medical_check_files()
        return attachments

    def write(self, vals):
        if CONTENT.isdisjoint(vals):
            return super().write(vals)
        self._medical_check_files()
        result = super().write(vals)
        if not PLACE.isdisjoint(vals):
            self._medical_check_files()
        return result

    @api.ondelete(at_uninstall=False)
    def _medical_unlink_files(self):
        self._medical_check_files()

    def _medical_check_files(self):
        """Ask the guard of the records in whose fields these files are.

        :raises UserError: the field is locked there, or the program alone writes it
        """
        if self.env.su:
            return  # the field itself was written, and asked
        guard = self.env.registry["medical.core.guard"]
        # sudo: where the files belong is read to refuse
        for (model, name), files in (
            self.sudo()
            .filtered("res_field")
            .grouped(lambda file: (file.res_model, file.res_field))
            .items()
        ):
            if model in self.env and isinstance(self.env[model], guard):
                records = self.env[model].browse(files.mapped("res_id")).exists()
                records._check_file(name)
