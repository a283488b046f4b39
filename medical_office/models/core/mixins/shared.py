"""What several companies share is changed by who works for all of them."""

from odoo import api, models
from odoo.exceptions import AccessError


class CoreShared(models.AbstractModel):
    """Mixin for what belongs to one company, or to all where it names none.

    With one company nothing is asked. With several, a shared record is changed and
    deleted only by people who work for every one of them, or by the administrator;
    others copy it for their company. ``_shared_by`` names the parent whose company
    decides, ``_shared_birth`` that a new shared record is asked about as well.
    """

    _name = "medical.core.shared"
    _description = "Shared by Companies"

    _shared_by = None
    _shared_birth = False

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if self._shared_birth or self._shared_by:
            records._check_shared()
        return records

    def write(self, vals):
        self._check_shared()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_not_shared(self):
        self._check_shared()

    def _check_shared(self):
        """Refuse a change of what other companies rely on.

        :raises AccessError: naming the record and what to do instead
        """
        guard = self.env["medical.core.guard"]
        if not self or self.env.su or guard._is_program() or self._works_for_all():
            return
        for record in self:
            top = record
            while top._shared_by:
                top = top[top._shared_by]
            if "company_id" in top._fields and top.company_id:
                continue
            raise AccessError(
                self.env._(
                    "“%(what)s” is shared by all companies. Copy it for %(company)s and "
                    "change the copy, or ask somebody who works for all companies.",
                    what=top.display_name,
                    company=self.env.company.name,
                )
            )

    @api.model
    def _works_for_all(self):
        """Whether nobody else's company is concerned."""
        user = self.env.user
        # sudo: how many companies there are is counted
        count = self.env["res.company"].sudo().search_count([])
        return (
            count == 1
            or len(user.company_ids) >= count
            or user.has_group("base.group_erp_manager")
        )
