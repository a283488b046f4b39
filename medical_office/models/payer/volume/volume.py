"""How often each code was billed in a month: what comparisons weigh prices with."""

from odoo import api, fields, models

from ....engine.payer.copying import copy_rows
from ..contract.contract import KEEPERS

COLUMNS = ("company_id", "month", "code", "modifier", "place", "units")


class PayerVolume(models.Model):
    """From the billing system's file. A month that is imported again replaces itself."""

    _name = "medical.payer.volume"
    _description = "Code Volume"
    _inherit = ["medical.core.guard"]
    _order = "month desc, units desc, code, id"
    _log_access = False
    _deletable_in = frozenset()

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    month = fields.Date(required=True, readonly=True)
    code = fields.Char(required=True, readonly=True)
    modifier = fields.Char(required=True, readonly=True, default="")
    place = fields.Char(required=True, readonly=True, default="")
    units = fields.Integer(required=True, readonly=True, aggregator="sum")

    _once = models.UniqueIndex(
        "(company_id, month, code, modifier, place)",
        "This code of this month is there already.",
    )

    @api.depends("code", "month")
    def _compute_display_name(self):
        for volume in self:
            volume.display_name = " ".join(filter(None, [volume.code, volume.modifier]))

    @api.model
    def _replace(self, company, rows):
        """Put the rows of a file in place of what the same months held.

        :param rows: ``tools.payer.price.volumefile.Volume``, checked
        :return: how many rows were written
        """
        self.env["medical.core.guard"]._check_caller(*KEEPERS)
        months = list({row.month for row in rows})
        self.env.cr.execute(
            "DELETE FROM medical_payer_volume WHERE company_id = %s AND month = ANY(%s)",
            [company.id, months],
        )
        written = copy_rows(
            self.env,
            self._table,
            COLUMNS,
            (
                (company.id, row.month, row.code, row.modifier, row.place, row.units)
                for row in rows
            ),
        )
        self.env.invalidate_all()
        return written
