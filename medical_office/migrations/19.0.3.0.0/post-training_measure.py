"""The measure of training asks the training matrix where nobody chose credentials."""


def migrate(cr, version):
    """Able to run twice."""
    if not version:
        return
    cr.execute("""
        UPDATE medical_compliance_measure m
           SET method = '_medical_measure_training'
         WHERE m.code = 'training' AND m.method = '_medical_measure_credentials'
           AND NOT EXISTS (
                SELECT FROM medical_compliance_measure_type_rel r
                 WHERE r.measure_id = m.id)
    """)
