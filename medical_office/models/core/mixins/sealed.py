"""Records that are sealed when they are signed, so that a change by SQL is seen."""

from odoo import api, models


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


class CoreSealedAlways(models.AbstractModel):
    """Mixin for what is sealed from its entry on, and anew with each change that a person
    makes; what ``_seal_domain`` leaves out has no seal."""

    _name = "medical.core.sealed.always"
    _description = "Sealed from Its Entry On"
    _inherit = ["medical.core.sealed"]

    _seal_states = None

    def _seal_held(self):
        """Those of these records that have to have a seal."""
        # sudo: only whether a value is there is asked, whoever may read it
        return self & self.sudo().filtered_domain(self._seal_domain())

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._seal_held()._seal()
        return records

    def write(self, vals):
        covered = {name for cover in self._seal_schemes[-1] for name in cover.fields}
        if not vals.keys() & covered:
            return super().write(vals)
        had = self._seal_held()
        result = super().write(vals)
        held = self._seal_held()
        held._seal()
        self.env["medical.core.seal"]._make(had - held, "opened")
        return result

    def unlink(self):
        """What was rightly deleted is not missing."""
        self.env["medical.core.seal"]._make(self._seal_held(), "opened")
        return super().unlink()
