"""The trace of shown numbers moves to core's log; what waits gets its decision's row."""

from odoo import SUPERUSER_ID, api
from odoo.tools import sql

OLD = "medical_payroll_unmask"


def migrate(cr, version):
    """Move the rows, then open the register for what was submitted before there was one.

    Runs while the old table still stands, and drops it, which the host does not do for
    a model that is gone: a second run moves nothing twice.

    :param version: the one installed before; nothing is asked of it
    """
    if sql.table_exists(cr, OLD):
        _move_shown(cr)
    env = api.Environment(cr, SUPERUSER_ID, {})
    env.invalidate_all()
    for model, state in (
        ("hr.payslip.run", "submitted"),
        ("medical.payroll.opening.balance", "submitted"),
        ("medical.payroll.deposit.return", "proposed"),
    ):
        env[model].search([("state", "=", state)])._decision_sync()


def _move_shown(cr):
    """Every row keeps who, whose, what, when and by which detail.

    :raises RuntimeError: a row did not arrive; the upgrade ends and changes nothing
    """
    cr.execute("SELECT count(*) FROM medical_payroll_unmask")
    (count,) = cr.fetchone()
    cr.execute(
        """INSERT INTO medical_core_opened
                  (user_id, at, res_model, res_id, employee_id, company_id, what, detail,
                   create_uid, create_date, write_uid, write_date)
           SELECT user_id, coalesce(create_date, now() AT TIME ZONE 'UTC'),
                  'hr.employee', employee_id, employee_id, company_id,
                  CASE what WHEN 'ssn' THEN 'Social Security number'
                            ELSE 'Account number' END,
                  detail, create_uid, create_date, write_uid, write_date
             FROM medical_payroll_unmask ORDER BY id"""
    )
    if cr.rowcount != count:
        raise RuntimeError(
            f"{count} rows of the former log, {cr.rowcount} arrived in the access log."
        )
    cr.execute("DROP TABLE medical_payroll_unmask CASCADE")
