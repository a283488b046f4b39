"""Set the approval limits of orders aside: they move to core's table.

The external ids stay and name rows of another model from now on, so the old ones are
given up before the data files are read.
"""

from odoo.tools.sql import table_exists


def migrate(cr, version):
    """
    :param version: the one installed before; nothing is asked of it
    """
    if not table_exists(cr, "medical_supply_limit"):
        return
    cr.execute("ALTER TABLE medical_supply_limit RENAME TO medical_supply_limit_before")
    cr.execute("DELETE FROM ir_model_data WHERE model = 'medical.supply.limit'")
