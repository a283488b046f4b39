"""Each site of a practice that is there already becomes a work location, as well."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Able to run twice."""
    if version:
        env = api.Environment(cr, SUPERUSER_ID, {})
        env["stock.warehouse"]._medical_sites()._medical_set_up_work_locations()
