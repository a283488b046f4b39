"""Tables, triggers and functions that the views of the ledger read."""

from odoo.sql_db import BaseCursor

from .budget_query import define_functions, drop_functions
from .kept_ledger import KEPT
from .split_query import PIECES


def set_up(cr: BaseCursor) -> None:
    """Make them and fill the tables: at each installation and upgrade."""
    cr.execute(PIECES)
    for each in KEPT:
        each.set_up(cr)
    define_functions(cr)


def take_out(cr: BaseCursor) -> None:
    """Leave nothing of them in the database."""
    drop_functions(cr)
    for each in KEPT:
        each.drop(cr)
    cr.execute("DROP FUNCTION IF EXISTS medical_finance_pieces(jsonb)")
