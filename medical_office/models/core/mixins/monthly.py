"""Numbers that are reported month by month: of months that are over, corrected with a
reason."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....engine.core.months import month_name
from ....tools.plaintext import said


class CoreMonthly(models.AbstractModel):
    """Mixin, before ``mail.thread`` and ``medical.core.guard``.

    ``_month_numbers`` names the fields that a correction gives a reason for; the old
    numbers, who and when stay in the chatter.
    """

    _name = "medical.core.monthly"
    _description = "Numbers of a Month"

    _month_numbers = frozenset()

    month = fields.Date(required=True, help="Any day of the month; saved as the first.")

    @api.model_create_multi
    def create(self, vals_list):
        self._check_values(vals_list)
        today = fields.Date.context_today(self)
        for vals in vals_list:
            if vals.get("month"):
                vals["month"] = fields.Date.to_date(vals["month"]).replace(day=1)
                if vals["month"] >= today.replace(day=1):
                    raise UserError(
                        self.env._(
                            "%s is not over yet. Enter months that are over.",
                            month_name(self.env, vals["month"]),
                        )
                    )
        return super().create(vals_list)

    def write(self, vals):
        """Numbers are corrected with a reason."""
        corrected = self._month_numbers & vals.keys()
        if corrected and not said(vals.get("reason")):
            raise UserError(
                self.env._(
                    "%s: enter why the numbers change in “Reason for the Correction”.",
                    self[:1].display_name,
                )
            )
        result = super().write(vals)
        if corrected:
            self._message_log_batch(
                {each.id: self.env._("Corrected: %s", vals["reason"]) for each in self}
            )
        return result

    @api.model
    def _planned(self, rows):
        """What a file of numbers would do.

        :param rows: [(record that is there already or an empty one, values that say of
            what the numbers are, the numbers)]
        :return: (values to create, [(record, numbers that differ by a cent or more)])
        """
        new, changed = [], []
        for known, born, numbers in rows:
            if not known:
                new.append({**born, **numbers})
                continue
            other = {
                key: value
                for key, value in numbers.items()
                if round(known[key] - value, 2)
            }
            if other:
                changed.append((known, other))
        return new, changed
