"""What was signed before seals came is sealed as it stands at the upgrade."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """
    :param version: the one installed before; nothing is asked of it
    """
    api.Environment(cr, SUPERUSER_ID, {})["medical.core.seal"]._seal_existing()
