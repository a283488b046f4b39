"""Rules of supervision of every company are read by the users of each of them."""

from odoo import SUPERUSER_ID, api

EARLIER = "[('company_id', 'in', company_ids)]"
TODAY = "[('company_id', 'in', company_ids + [False])]"


def migrate(cr, version):
    """Able to run twice; a rule that a practice changed itself stays as it is."""
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    rule = env.ref(
        "medical_office.people_supervision_rule_rule_company", raise_if_not_found=False
    )
    if rule and (rule.domain_force or "").strip() == EARLIER:
        rule.domain_force = TODAY
