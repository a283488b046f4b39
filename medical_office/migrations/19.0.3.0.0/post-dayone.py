"""A practice that works already is not asked to set up: its guide is closed."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Able to run twice: a company whose guide is closed stays as it is."""
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["medical.core.setup"]._close_where_used(
        "This practice worked with an earlier version."
    )
