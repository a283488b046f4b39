"""Fingerprints of pay runs are keyed from this version on.

A run between submission and payment carries a plain one. It gets a keyed one if its
figures are still those that were submitted; otherwise it keeps what it has, which the
next step refuses, as before.
"""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """
    :param version: the one installed before; nothing is asked of it
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    waiting = env["hr.payslip.run"].search(
        [
            ("state", "in", ("submitted", "approved", "posted")),
            ("medical_hash", "!=", False),
        ]
    )
    for run in waiting:
        if run.medical_hash == run._digest():
            run._pen().medical_hash = run._fingerprint()
