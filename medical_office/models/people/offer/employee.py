"""Terms of a person from a day on: the host's versions, without losing what is given."""

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _medical_write_version(self, day, values):
        """Put ``values`` into the person's version of ``day``.

        The host's ``create_version`` hands back the version of a taken date and drops
        what it was given: here that version gets the values.

        :param values: of hr.version, without its date
        :return: the version
        :raises UserError: nothing was in force on that day that could be carried on
        """
        self.ensure_one()
        versions = self.version_ids
        own = versions.filtered(lambda version: version.date_version == day)
        if own:
            own.write(values)
            return own
        if not versions or min(versions.mapped("date_version")) > day:
            raise UserError(
                self.env._(
                    "%(who)s was not employed on %(day)s: choose the first day of "
                    "employment or later.",
                    who=self.name,
                    day=format_date(self.env, day),
                )
            )
        return self.create_version({**values, "date_version": day})
