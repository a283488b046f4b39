"""An asset type's code is unique within its company, no longer in the database."""


def migrate(cr, version):
    cr.execute(
        "ALTER TABLE IF EXISTS medical_facility_kind "
        "DROP CONSTRAINT IF EXISTS medical_facility_kind_code_unique"
    )
