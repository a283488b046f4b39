"""Names for what the ORM hands over; Odoo ships no types, so they say what is meant."""

from typing import Any, TypeAlias

Env: TypeAlias = Any  # odoo.api.Environment
Record: TypeAlias = Any  # one record
Records: TypeAlias = Any  # any number of records of one model
Row: TypeAlias = tuple[Any, ...]  # cells in the order of a table's columns
