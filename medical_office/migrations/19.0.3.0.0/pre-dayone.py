"""What people wrote into our mail templates stays: an upgrade no longer writes them."""


def migrate(cr, version):
    """Able to run twice."""
    if not version:
        return
    cr.execute(
        """UPDATE ir_model_data SET noupdate = true
            WHERE module = 'medical_office' AND model = 'mail.template'"""
    )
