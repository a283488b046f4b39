"""Who may not be given work, paid or ordered from, and why: asked below, known above."""

from odoo import api, models
from odoo.exceptions import UserError

ACTS = ("assign", "pay", "order", "bill")
SHOWN = 10  # sentences of a refusal


class CoreBar(models.AbstractModel):
    """One question for all domains. Nobody is barred until a domain above says so."""

    _name = "medical.core.bar"
    _description = "Bar"

    @api.model
    def _bars(self, parties, day, act):
        """Hook. Those of some parties with whom something may not be done.

        :param parties: users, employees or partners (of one model)
        :param day: date on which it would be done
        :param act: ``assign`` (a duty, a round, a repair), ``pay`` (wages or a vendor),
            ``order`` or ``bill``
        :return: {record of ``parties``: one sentence with the reason and the remedy}
        """
        return {}

    @api.model
    def _check(self, parties, day, act):
        """Refuse what may not be done with one of these parties.

        :raises UserError: the sentences of those that are barred
        """
        found = self._bars(parties, day, act) if parties else {}
        if found:
            said = list(dict.fromkeys(found.values()))
            raise UserError("\n".join(said[:SHOWN]))
