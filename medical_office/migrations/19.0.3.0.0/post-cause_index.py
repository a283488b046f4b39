"""The cause of a move has one index, with its date; the one of the cause alone goes."""


def migrate(cr, version):
    """Able to run twice. The host drops no index that a field no longer asks for."""
    if not version:
        return
    cr.execute("DROP INDEX IF EXISTS stock_move__medical_cause_index")
