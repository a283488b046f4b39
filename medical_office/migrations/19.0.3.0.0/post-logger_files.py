"""Each file of a logger that was imported has a record; the readings name it.

What was read before has no contents to read anew: it can be withdrawn, not corrected.
Excursions of that time stay as they were worked out.
"""

from odoo.tools.sql import column_exists


def migrate(cr, version):
    """Able to run twice.

    :param version: the one installed before; without one nothing was imported
    """
    if not version or not column_exists(cr, "medical_supply_reading", "source"):
        return
    cr.execute(
        "ALTER TABLE medical_supply_reading DROP CONSTRAINT IF EXISTS "
        "medical_supply_reading_once"
    )
    cr.execute(
        """
        INSERT INTO medical_supply_logger_file
               (name, equipment_id, company_id, create_uid, create_date, write_uid,
                write_date, kind, state, clock, count, first_at, last_at)
        SELECT coalesce(source, '?'), equipment_id, company_id, min(create_uid),
               create_date, min(create_uid), create_date, 'readings', 'kept', 'kept',
               count(*), min(at), max(at)
          FROM medical_supply_reading
         WHERE file_id IS NULL AND seen_as IS NULL
         GROUP BY source, equipment_id, company_id, create_date
        """
    )
    cr.execute(
        """
        UPDATE medical_supply_reading reading SET file_id = file.id
          FROM medical_supply_logger_file file
         WHERE reading.file_id IS NULL AND reading.seen_as IS NULL
           AND file.digest IS NULL
           AND file.equipment_id = reading.equipment_id
           AND file.create_date = reading.create_date
           AND file.name = coalesce(reading.source, '?')
        """
    )
    cr.execute(
        "UPDATE medical_supply_excursion SET by_hand = true WHERE by_hand IS NOT TRUE"
    )
    cr.execute("ALTER TABLE medical_supply_reading DROP COLUMN source")
