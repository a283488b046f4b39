"""Files kept in a field are guarded like the field, by whichever door they change."""

from odoo import api, models
from odoo.exceptions import UserError

PLACE = frozenset({"res_model", "res_id", "res_field"})
CONTENT = PLACE | {"datas", "raw", "db_datas", "store_fname", "type", "url", "checksum"}

# by what a file is opened without an account
OPEN = frozenset({"public", "access_token"})


class IrAttachment(models.Model):
    """A binary field is a row here, which a client can write without its record."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._medical_check_files()
        attachments._medical_check_closed()
        return attachments

    def write(self, vals):
        if CONTENT.isdisjoint(vals) and OPEN.isdisjoint(vals):
            return super().write(vals)
        if not CONTENT.isdisjoint(vals):
            self._medical_check_files()
        result = super().write(vals)
        if not PLACE.isdisjoint(vals):
            self._medical_check_files()
        self._medical_check_closed()
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

    def _medical_check_closed(self):
        """Keep the files of records to those who may read the record.

        A picture in a text or a message gets a token from the host's editor, so that who
        gets the message sees it; a file in a field goes out with no message.

        :raises UserError: one in a field gets a token or is made public, or one that lies
            by a guarded record is made public
        """
        if self.env.su:
            return
        guard = self.env.registry["medical.core.guard"]
        for file in self.sudo():  # sudo: where the files belong is read to refuse
            if file.res_field:
                opened = file.public or file.access_token
            else:
                model = self.env.get(file.res_model)
                opened = file.public and file.res_id and isinstance(model, guard)
            if opened:
                raise UserError(
                    self.env._(
                        "“%(file)s” cannot be opened to everybody: it is read by who may "
                        "read the record it belongs to.",
                        file=file.name,
                    )
                )
