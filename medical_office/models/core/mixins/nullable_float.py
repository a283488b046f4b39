"""A number that may be absent, where zero is a value like any other."""

from odoo import fields


class NullableFloat(fields.Float):
    """A float that keeps "not set" apart from zero: reads as False when empty.

    A checklist item without an upper limit is not one with an upper limit of 0.
    """

    falsy_value = None
    aggregator = "avg"

    def convert_to_column(self, value, record, values=None, validate=True):
        if value is None or value is False:
            return None
        return super().convert_to_column(value, record, values, validate)

    def convert_to_cache(self, value, record, validate=True):
        if value is None or value is False:
            return None
        return super().convert_to_cache(value, record, validate)

    def convert_to_record(self, value, record):
        return False if value is None else value
