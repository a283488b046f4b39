"""Asking for an item by scanning its box."""

from odoo import api, models

from ....engine.supply.codes import why_not
from ....tools.core.answers import Limits, read_number


class SupplyProposal(models.Model):
    _inherit = "medical.supply.proposal"

    @api.model
    def scan_new(self, code, values, product_id=False):
        """Fill in a request from a scanned box. Nothing is written.

        A box that has expired or is recalled may be asked to be replaced: its item is
        taken, and what is wrong with the box is said.

        :param values: product_id and needed as the form has them
        :param product_id: which item it is, where a code belongs to several
        :raises AccessError: the role asks for nothing
        :return: {said, refused, kind, values: {product_id: {id, display_name}, needed}},
            and the choices where a code belongs to several items
        """
        self.check_access("create")
        scanned, answer = self.env["product.product"]._scan(code, product_id)
        if answer:
            return answer
        item = scanned.product
        if not item.medical_kind:
            said = self.env._("%s is not in the supply catalog.", item.display_name)
            return {"said": said, "refused": True}
        if scanned.units is None:
            return {"said": why_not(self.env, scanned.problem), "refused": True}
        warning = item._scan_refused(
            self.env.company, scanned.lot or "", scanned.carton.expiry
        )
        same = values.get("product_id") == item.id
        # a client may send anything: what is no number asks for nothing yet
        before = read_number(values.get("needed"), Limits()).value if same else None
        needed = scanned.units + (before or 0.0)
        asked = self.env._(
            "Filled in: %(item)s, %(needed)s (%(unit)s). Nothing is sent until you press "
            "“Send Request”.",
            item=item.display_name,
            needed=f"{needed:g}",
            unit=item.uom_id.name,
        )
        return {
            "said": " ".join(filter(None, (asked, warning))),
            # the low tone: this box is not to be used
            "refused": bool(warning),
            "kind": "danger" if warning else "info",
            "values": {
                "product_id": {"id": item.id, "display_name": item.display_name},
                "needed": needed,
            },
        }
