"""Numbers are numbers and texts say something: what a client sends as one is kept or
refused in words."""

from odoo import api, models, tools
from odoo.exceptions import ValidationError

from ....tools.core.bounds import is_beyond, most_of
from ....tools.plaintext import said

NUMBERS = frozenset({"float", "monetary", "integer"})
TEXTS = frozenset({"char", "text"})


class CoreAmounts(models.AbstractModel):
    """Mixin that looks at the numbers of a record before they are rounded: in every
    table and dialog of ours, and in those of the host whose pay we compute from.

    JSON as it is read here knows ``Infinity``, ``NaN`` and numbers of any length; the
    host rounds them and fails with an ``OverflowError``.

    A text of which nothing can be seen (blanks, characters without width) is none, so
    that it is no reason, no name and no explanation either.
    """

    _name = "medical.core.amounts"
    _description = "Amounts"

    # {field: the largest number it takes}, where a count has a bound of its own
    _most_counts = {}

    @api.model
    def default_get(self, fields):
        """What the context brings (``default_amount``) is looked at, too."""
        values = super().default_get(fields)
        self._check_number_values([values])
        return self._said_values(values)

    @api.model_create_multi
    def create(self, vals_list):
        self._check_number_values(vals_list)
        return super().create([self._said_values(vals) for vals in vals_list])

    def write(self, vals):
        self._check_number_values([vals])
        return super().write(self._said_values(vals))

    def onchange(self, values, field_names, fields_spec):
        self._check_number_values([values])
        return super().onchange(values, field_names, fields_spec)

    @api.model
    @tools.ormcache()
    def _number_fields(self):
        """{name: (type, largest number)} of the fields that hold numbers."""
        return {
            name: (
                field.type,
                self._most_counts.get(name, most_of(field.type, name)),
            )
            for name, field in self._fields.items()
            if field.type in NUMBERS
        }

    @api.model
    @tools.ormcache()
    def _text_fields(self):
        """Names of our fields that hold a text."""
        ours = self._name.startswith("medical.")
        return frozenset(
            name
            for name, field in self._fields.items()
            if field.type in TEXTS and (ours or name.startswith("medical_"))
        )

    @api.model
    def _said_values(self, vals):
        """The values without texts of which nothing can be seen."""
        silent = {
            name: False
            for name in self._text_fields() & vals.keys()
            if isinstance(vals[name], str) and vals[name] and not said(vals[name])
        }
        return {**vals, **silent} if silent else vals

    @api.model
    def _check_number_values(self, vals_list):
        """Refuse what is no number, or too large to be one, in a field of a number.

        :raises AccessError: before all else, to who may not write the record at all
        :raises ValidationError: naming the field and the largest number
        """
        numbers = self._number_fields()
        for vals in vals_list:
            for name in numbers.keys() & vals.keys():
                kind, most = numbers[name]
                if is_beyond(kind, vals[name], most):
                    self.check_access("write" if self else "create")
                    raise ValidationError(
                        self.env._(
                            "“%(field)s”: enter a number between -%(most)s and %(most)s.",
                            field=self._fields[name]._description_string(self.env),
                            most=f"{most:,}",
                        )
                    )
