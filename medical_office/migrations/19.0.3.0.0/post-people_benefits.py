"""A plan that only had a tax treatment gets its benefit by that."""

from odoo.addons.medical_office.models.payroll.person.plan import BENEFIT


def migrate(cr, version):
    """Fill what came empty; what people chose since stays, so it can run twice.

    :param version: the one installed before; nothing is asked of it
    """
    for kind, benefit in BENEFIT.items():
        cr.execute(
            "UPDATE medical_people_benefit_plan SET benefit = %s "
            "WHERE kind = %s AND benefit = 'other'",
            [benefit, kind],
        )
