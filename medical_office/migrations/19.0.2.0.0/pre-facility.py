"""The check on ending licenses and the forms name what stands in core from now on."""


def migrate(cr, version):
    """Before the models and views load: neither names what is gone."""
    cr.execute(
        """
        UPDATE medical_core_check
           SET model_name = 'medical.core.credential',
               method = '_medical_check_ending'
         WHERE model_name = 'medical.facility.credential'
        """
    )
    # a form is read together with those that extend it before these are loaded anew
    cr.execute(
        """
        UPDATE ir_ui_view
           SET arch_db = replace(
                   arch_db::text, 'credential_code', 'credential_type_id'
               )::jsonb
          FROM ir_model_data kept
         WHERE kept.model = 'ir.ui.view' AND kept.module = 'medical_office'
           AND kept.res_id = ir_ui_view.id
           AND arch_db::text LIKE '%credential_code%'
        """
    )
