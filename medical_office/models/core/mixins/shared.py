"""What several companies share is changed by who works for all of them."""

from odoo import api, models
from odoo.exceptions import AccessError


class CoreShared(models.AbstractModel):
    """Mixin for what belongs to one company, or to all where it names none.

    With one company nothing is asked. With several, a shared record is changed, deleted
    and moved on by people who work for every one of them, or by the administrator, and
    nobody else gives a record of one company to all. Others make one for their company,
    where the model has a company. ``_shared_by`` names the parent whose company decides.
    ``_shared_birth``: a new shared record is asked about as well, because it counts for
    every company as soon as it is there; off for words to choose from.

    Every model whose records may belong to no company and that people write inherits
    this: ``tests/core/test_core_shared_walk.py`` finds those that do not.
    """

    _name = "medical.core.shared"
    _description = "Shared by Companies"

    _shared_by = None
    _shared_birth = False

    @api.model
    def default_get(self, fields):
        """Who works for one of several companies makes what is new for that one."""
        values = super().default_get(fields)
        company = self._fields.get("company_id")
        if (
            "company_id" in fields
            and company
            and not company.related
            and not values.get("company_id")
            and not self._shared_is_free()
        ):
            values["company_id"] = self.env.company.id
        return values

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if self._shared_birth or self._shared_by:
            records._check_shared()
        return records

    def write(self, vals):
        self._check_shared()
        result = super().write(vals)
        if vals.keys() & {"company_id", self._shared_by}:
            self._check_shared()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_not_shared(self):
        self._check_shared()

    @api.model
    def _shared_is_free(self):
        """Whether nobody is asked: the program, or a user whom all of it concerns."""
        program = self.env.su or self.env["medical.core.guard"]._is_program()
        return program or self._works_for_all()

    def _check_shared(self):
        """Refuse a change of what other companies rely on.

        :raises AccessError: naming the record and what to do instead
        """
        if self and not self._shared_is_free():
            self._check_shared_now()

    def _check_shared_step(self):
        """The same for a step of a workflow, whatever the program lends its button."""
        if self and not self._works_for_all():
            self._check_shared_now()

    def _check_shared_now(self):
        for record in self:
            # sudo: whose it is, whoever may not see the parent
            top = record.sudo()
            while top._shared_by:
                top = top[top._shared_by]
            if "company_id" not in top._fields:
                raise AccessError(
                    self.env._(
                        "“%(what)s” is shared by all companies. Ask somebody who works "
                        "for all companies.",
                        what=top.display_name,
                    )
                )
            if not top.company_id:
                raise AccessError(
                    self.env._(
                        "“%(what)s” is shared by all companies. Make one for "
                        "%(company)s and change that, or ask somebody who works for all "
                        "companies.",
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
