"""Numbers are numbers: what a client sends as one is kept or refused in words."""

import math

from odoo import api, models
from odoo.exceptions import ValidationError

# a trillion: rounding to the cent is exact below it, and no practice's money is above
MOST = 10**12
MOST_WHOLE = 2**31 - 1  # what the database keeps of a whole number


class CoreAmounts(models.AbstractModel):
    """Mixin that looks at the numbers of a record before they are rounded: in every
    table and dialog of ours, and in those of the host whose pay we compute from.

    JSON as it is read here knows ``Infinity``, ``NaN`` and numbers of any length; the
    host rounds them and fails with an ``OverflowError``.
    """

    _name = "medical.core.amounts"
    _description = "Amounts"

    @api.model_create_multi
    def create(self, vals_list):
        self._check_number_values(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._check_number_values([vals])
        return super().write(vals)

    def onchange(self, values, field_names, fields_spec):
        self._check_number_values([values])
        return super().onchange(values, field_names, fields_spec)

    @api.model
    def _check_number_values(self, vals_list):
        """Refuse what is no number, or too large to be one, in a field of a number.

        :raises ValidationError: naming the field and the largest number
        """
        for vals in vals_list:
            for name, value in vals.items():
                field = self._fields.get(name)
                if value and field and field.type in ("float", "monetary", "integer"):
                    most = MOST_WHOLE if field.type == "integer" else MOST
                    if not _is_within(value, most):
                        raise ValidationError(
                            self.env._(
                                "“%(field)s”: enter a number between -%(most)s and "
                                "%(most)s.",
                                field=field._description_string(self.env),
                                most=f"{most:,}",
                            )
                        )


def _is_within(value, most):
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return False
    return math.isfinite(number) and abs(number) <= most
