"""Codes and licenses of the facility become credential types and credentials of core.

Runs once the new tables stand and before the old table and columns are dropped. The
old table goes at the end, so that a second run moves nothing twice.
"""

from odoo import SUPERUSER_ID, api
from odoo.tools import sql

OLD = "medical.facility.credential"
NEW = "medical.core.credential"
# tables whose column of free text code becomes a credential type
CODED = ("medical_core_checklist", "medical_facility_kind", "medical_facility_duty")
APPROVALS = "medical_facility_vendor_approval"
# what hangs on a record by its model and number: table, column of the model, of the id
HANGING = (
    ("mail_message", "model", "res_id"),
    ("mail_followers", "res_model", "res_id"),
    ("mail_activity", "res_model", "res_id"),
    ("ir_attachment", "res_model", "res_id"),
    ("ir_model_data", "model", "res_id"),
    ("medical_core_exception", "res_model", "res_id"),
)


def migrate(cr, version):
    """Move types, then what names them; then the licenses themselves."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    types = _types(env, _codes(cr))
    for table in CODED:
        if sql.column_exists(cr, table, "credential_code"):
            _name_types(cr, table)
    if sql.column_exists(cr, APPROVALS, "credential_codes"):
        _approve_types(cr, types)
    if sql.table_exists(cr, "medical_facility_credential"):
        _move_credentials(cr, types)
    env.invalidate_all()
    _open_decisions(env)


def _open_decisions(env):
    """What waited before there was a register gets its row."""
    env["medical.facility.tagout"].search([("state", "=", "out")])._decision_sync()
    env["maintenance.request"].search(
        [("stage_id.medical_step", "=", "check"), ("archive", "=", False)]
    )._decision_sync()


def _codes(cr):
    """All codes in use, as people wrote them, without the spaces around."""
    parts = [
        f"SELECT trim(credential_code) AS code FROM {table}"
        for table in CODED
        if sql.column_exists(cr, table, "credential_code")
    ]
    if sql.column_exists(cr, APPROVALS, "credential_codes"):
        parts.append(
            "SELECT trim(regexp_split_to_table(credential_codes, ',')) "
            f"FROM {APPROVALS}"
        )
    if sql.table_exists(cr, "medical_facility_credential"):
        parts.append("SELECT trim(code) FROM medical_facility_credential")
    if not parts:
        return []
    cr.execute(" UNION ".join(parts))
    return sorted(code for (code,) in cr.fetchall() if code)


def _types(env, codes):
    """{code: id of its type}; a code that the practice made up becomes a type."""
    kinds = env["medical.core.credential.type"].with_context(active_test=False)
    known = {kind.code: kind.id for kind in kinds.search([])}
    fresh = [code for code in codes if code not in known]
    made = kinds.create(
        [
            {"code": code, "name": code.replace("_", " ").capitalize(), "lead_days": 30}
            for code in fresh
        ]
    )
    env.flush_all()
    return known | dict(zip(fresh, made.ids, strict=True))


def _name_types(cr, table):
    cr.execute(
        f"""
        UPDATE {table} coded
           SET credential_type_id = kind.id
          FROM medical_core_credential_type kind
         WHERE kind.code = trim(coded.credential_code)
           AND coded.credential_type_id IS NULL
        """
    )


def _approve_types(cr, types):
    cr.execute(
        f"SELECT id, credential_codes FROM {APPROVALS} WHERE credential_codes <> ''"
    )
    for approval, codes in cr.fetchall():
        for code in {part.strip() for part in codes.split(",")} - {""}:
            cr.execute(
                """
                INSERT INTO medical_facility_vendor_credential_rel (approval_id, type_id)
                VALUES (%s, %s) ON CONFLICT DO NOTHING
                """,
                (approval, types[code]),
            )


def _move_credentials(cr, types):
    """Each license with its person, number, issuer and dates; then what hangs on it."""
    if not sql.column_exists(cr, "medical_facility_credential", "moved_to"):
        cr.execute(
            "ALTER TABLE medical_facility_credential ADD COLUMN moved_to integer"
        )
    cr.execute(
        """
        SELECT id, trim(code), user_id, company_id, number, issued_by, valid_from,
               valid_until, create_uid, create_date, write_uid, write_date
          FROM medical_facility_credential
         ORDER BY id
        """
    )
    for old, code, *values in cr.fetchall():
        cr.execute(
            """
            INSERT INTO medical_core_credential
                (type_id, state, user_id, company_id, number, issuer, date_from,
                 date_to, create_uid, create_date, write_uid, write_date)
            VALUES (%s, 'entered', %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
            RETURNING id
            """,
            (types[code], *values),
        )
        cr.execute(
            "UPDATE medical_facility_credential SET moved_to = %s WHERE id = %s",
            (cr.fetchone()[0], old),
        )
    for table, model, number in HANGING:
        cr.execute(
            f"""
            UPDATE {table} hanging
               SET {model} = %s, {number} = moved.moved_to
              FROM medical_facility_credential moved
             WHERE hanging.{model} = %s AND hanging.{number} = moved.id
            """,
            (NEW, OLD),
        )
    cr.execute(
        """
        UPDATE mail_activity SET res_model_id = kind.id
          FROM ir_model kind
         WHERE kind.model = mail_activity.res_model
           AND kind.id <> mail_activity.res_model_id
           AND mail_activity.res_model = %s
        """,
        (NEW,),
    )
    cr.execute("DROP TABLE medical_facility_credential")
    # the rule goes with its model; its name would stay, since the file is not updated
    cr.execute(
        """
        DELETE FROM ir_model_data
         WHERE module = 'medical_office' AND model = 'ir.rule'
           AND name = 'facility_credential_rule_company'
        """
    )
