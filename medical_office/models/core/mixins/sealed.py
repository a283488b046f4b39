"""Records that are sealed when they are signed, so that a change by SQL is seen."""

from odoo import models


class CoreSealed(models.AbstractModel):
    """Mixin for what is proof: a keyed digest of it is kept from its signature on.

    A model says what a seal covers and in which states it is sealed; the workflow does
    the rest. Records without a workflow call ``_seal`` themselves.
    """

    _name = "medical.core.sealed"
    _description = "Sealed When Signed"

    # What seals cover, oldest scheme first. A shipped one is never changed, since older
    # seals are read with it: another field means another scheme at the end.
    _seal_schemes = ()
    # states in which a record is sealed; None: from its birth on
    _seal_states = frozenset()

    def _seal(self):
        """Seal these records as they stand."""
        self.env["medical.core.seal"]._make(self, "sealed")

    def _seal_step(self, before):
        """Seal what has entered a sealed state; note what has rightly left one.

        :param before: {record: its state before the step}
        """
        if not self._seal_schemes or self._seal_states is None:
            return
        entered = self.filtered(lambda record: record.state in self._seal_states)
        entered._seal()
        left = (self - entered).filtered(
            lambda record: before.get(record) in self._seal_states
        )
        self.env["medical.core.seal"]._make(left, "opened")

    def _seal_domain(self):
        """Which records of this model have to have a seal."""
        if self._seal_states is None:
            return []
        return [("state", "in", sorted(self._seal_states))]
