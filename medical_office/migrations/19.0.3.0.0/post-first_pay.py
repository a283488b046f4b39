"""Pay of people who were not paid here yet is first pay: the run that pays it names it."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Able to run twice."""
    if version:
        env = api.Environment(cr, SUPERUSER_ID, {})
        env["hr.employee"]._mark_earlier_first_pay()
