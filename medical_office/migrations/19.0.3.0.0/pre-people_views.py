"""Payroll's page on the employee's form names a field that became people's.

Views of people extend the same form and are loaded before payroll's is written anew: the
old one would stop the upgrade. It is made again from its file.
"""

OLD = "hr_employee_view_form_payroll"


def migrate(cr, version):
    """Take the old view away; runs any number of times."""
    cr.execute(
        """
        WITH gone AS (
            DELETE FROM ir_model_data
            WHERE module = 'medical_office' AND model = 'ir.ui.view' AND name = %s
            RETURNING res_id
        )
        DELETE FROM ir_ui_view WHERE id IN (SELECT res_id FROM gone)
        """,
        [OLD],
    )
