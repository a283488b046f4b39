"""What a reader with a portal login sees: the packs sent to them, each view noted."""

from odoo import api, fields, models


class FinancePack(models.Model):
    _inherit = "medical.finance.pack"

    @api.model
    def _sent_to(self, user):
        """The packs that were sent to a user, of the user's companies, as the program.

        A portal user has no right on any model of ours: this is the only way to a pack,
        and who takes it is noted.
        """
        # sudo: the reader has no rights; what was sent to them is theirs to read
        return self.sudo().search(
            [
                ("state", "in", ("issued", "superseded")),
                ("company_id", "in", user.company_ids.ids),
                (
                    "recipient_ids",
                    "any",
                    [("partner_id", "=", user.partner_id.id), ("sent_at", "!=", False)],
                ),
            ]
        )

    def _note_view(self, user, detail):
        """Note that a reader opened the pack.

        :param detail: what was opened: the page, PDF or XLSX
        """
        self.ensure_one()
        self.env["medical.core.opened"].with_user(user)._log(
            self.sudo(),  # sudo: as in _sent_to
            self.env._("Monthly pack"),
            f"{self.sudo().display_name}: {detail}",  # sudo: as in _sent_to
        )
        # sudo: counted by the program
        reader = self.sudo().recipient_ids.filtered(
            lambda one: one.partner_id == user.partner_id
        )
        for one in reader._pen():
            one.write(
                {
                    "view_count": one.view_count + 1,
                    "viewed_at": fields.Datetime.now(),
                }
            )
