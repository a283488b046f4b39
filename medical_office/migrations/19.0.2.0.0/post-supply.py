"""Orders' approval limits as the practice had set them, in core's table."""

from odoo.tools.sql import table_exists

BEFORE = "medical_supply_limit_before"


def migrate(cr, version):
    """Nothing is won or lost: the rows that the data file brought go unless the
    practice had such a limit.

    :param version: the one installed before; nothing is asked of it
    """
    if not table_exists(cr, BEFORE):
        return
    cr.execute(
        """
        UPDATE medical_core_limit ours
           SET amount = old.amount, is_unlimited = old.is_unlimited
          FROM medical_supply_limit_before old
         WHERE ours.kind = 'purchase' AND ours.role = old.role
           AND ours.department_id IS NULL AND ours.date_from IS NULL
           AND ours.company_id IS NOT DISTINCT FROM old.company_id
        """
    )
    cr.execute(
        """
        INSERT INTO medical_core_limit (kind, role, amount, is_unlimited, company_id,
                                        create_uid, create_date, write_uid, write_date)
        SELECT 'purchase', role, amount, is_unlimited, company_id,
               create_uid, create_date, write_uid, write_date
          FROM medical_supply_limit_before old
         WHERE NOT EXISTS (
               SELECT 1
                 FROM medical_core_limit ours
                WHERE ours.kind = 'purchase' AND ours.role = old.role
                  AND ours.department_id IS NULL AND ours.date_from IS NULL
                  AND ours.company_id IS NOT DISTINCT FROM old.company_id)
        """
    )
    cr.execute(
        """
        DELETE FROM medical_core_limit ours
         USING ir_model_data named
         WHERE named.module = 'medical_office' AND named.model = 'medical.core.limit'
           AND named.res_id = ours.id AND ours.kind = 'purchase'
           AND NOT EXISTS (
               SELECT 1
                 FROM medical_supply_limit_before old
                WHERE old.role = ours.role
                  AND old.company_id IS NOT DISTINCT FROM ours.company_id)
        """
    )
    cr.execute("DROP TABLE medical_supply_limit_before")
