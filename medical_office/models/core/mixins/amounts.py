"""Numbers are numbers and texts are texts: what a client sends as one is kept or refused
in words."""

from odoo import api, models, tools
from odoo.exceptions import ValidationError

from ....tools.core.bounds import bounds_of, is_beyond
from ....tools.plaintext import said

NUMBERS = frozenset({"float", "monetary", "integer"})
TEXTS = frozenset({"char", "text", "html"})


def is_silent(value):
    """Whether a text was sent of which nothing can be seen."""
    return isinstance(value, str) and bool(value) and not said(value)


class CoreAmounts(models.AbstractModel):
    """Mixin that looks at the numbers of a record before they are rounded: in every
    table and dialog of ours, and in those of the host whose pay we compute from.

    JSON as it is read here knows ``Infinity``, ``NaN`` and numbers of any length; the
    host rounds them and fails with an ``OverflowError``. It knows NUL in a text, too,
    which no database keeps. A text of ours of which nothing can be seen (blanks,
    characters without width) is none: no name, no reason, no explanation.
    """

    _name = "medical.core.amounts"
    _description = "Amounts"

    # {field: (least, most)}, where a field has narrower bounds than all numbers
    _number_bounds = {}

    @api.model
    def default_get(self, fields):
        """What the context brings (``default_amount``) is looked at, too."""
        values = super().default_get(fields)
        self._check_number_values([values])
        return self._said_values(values)

    @api.model_create_multi
    def create(self, vals_list):
        self._check_number_values(vals_list)
        return super().create([self._checked_texts(vals) for vals in vals_list])

    def write(self, vals):
        self._check_number_values([vals])
        return super().write(self._checked_texts(vals))

    def onchange(self, values, field_names, fields_spec):
        self._check_number_values([values])
        return super().onchange(values, field_names, fields_spec)

    @api.model
    @tools.ormcache()
    def _number_fields(self):
        """{name: (type, (least, most))} of the fields that hold numbers."""
        return {
            name: (
                field.type,
                self._number_bounds.get(name) or bounds_of(field.type, name),
            )
            for name, field in self._fields.items()
            if field.type in NUMBERS
        }

    @api.model
    def _check_number_values(self, vals_list):
        """Refuse what is no number, or too large to be one, in a field of a number.

        :raises AccessError: before all else, to who may not write the record at all
        :raises ValidationError: naming the field and its bounds
        """
        numbers = self._number_fields()
        for vals in vals_list:
            for name in numbers.keys() & vals.keys():
                kind, bounds = numbers[name]
                if is_beyond(kind, vals[name], bounds):
                    self.check_access("write" if self else "create")
                    raise ValidationError(
                        self.env._(
                            "“%(field)s”: enter a number between %(least)s and %(most)s.",
                            field=self._fields[name]._description_string(self.env),
                            least=f"{bounds[0]:,}",
                            most=f"{bounds[1]:,}",
                        )
                    )

    @api.model
    @tools.ormcache()
    def _text_fields(self):
        """{name of a field that holds text: whether blanks alone are nothing there}"""
        ours = self._name.startswith("medical.")
        return {
            name: (ours or name.startswith("medical_")) and field.type != "html"
            for name, field in self._fields.items()
            if field.type in TEXTS
        }

    @api.model
    def _said_values(self, vals):
        """The values without texts of which nothing can be seen."""
        texts = self._text_fields()
        silent = {
            name: False
            for name in texts.keys() & vals.keys()
            if texts[name] and is_silent(vals[name])
        }
        return {**vals, **silent} if silent else vals

    @api.model
    def _checked_texts(self, vals):
        """The values as ``_said_values``, once nothing in them has to be refused: a text
        that cannot be kept, or blanks where a name has to be.

        :raises AccessError: before all else, to who may not write the record at all
        :raises ValidationError: naming the field
        """
        checked = self._said_values(vals)
        for name in self._text_fields().keys() & vals.keys():
            value = vals[name]
            if not isinstance(value, str):
                continue
            is_blank = checked[name] is False and self._fields[name].required
            if "\0" not in value and not is_blank:
                continue
            self.check_access("write" if self else "create")
            field = self._fields[name]._description_string(self.env)
            if is_blank:
                raise ValidationError(
                    self.env._(
                        "“%(field)s” holds nothing but blanks: enter it.", field=field
                    )
                )
            raise ValidationError(
                self.env._(
                    "“%(field)s” holds a character that no database keeps (NUL): "
                    "type the text again.",
                    field=field,
                )
            )
        return checked
