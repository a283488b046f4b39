"""Models and external ids take the field's terms (docs/glossary.md); nothing is lost.

A table, its columns and all references by name follow. It can run twice: what has its new
name already is left alone.
"""

# old word in names -> new word; a longer name that holds the new word is left alone
WORDS = {
    "payroll.return": "payroll.deposit.return",
    "payroll.filing": "payroll.tax.return",
    "payroll.local.enrolment": "payroll.local.enrollment",
    "payroll.opening": "payroll.opening.balance",
    "payroll.plan": "payroll.benefit.plan",
    "facility.plan": "facility.maintenance.plan",
    "supply.catalogue": "supply.catalog",
}
# spelled the American way: (table, old column) -> new column, and the values that change
COLUMNS = {
    ("medical_facility_vendor_approval", "licence"): "license",
    ("medical_facility_vendor_approval", "licence_until"): "license_until",
    ("medical_facility_agreement", "covers_labour"): "covers_labor",
}
VALUES = (
    ("medical_facility_cost", "kind", "labour", "labor"),
    ("medical_core_check", "code", "facility_licence", "facility_license"),
)
# (table, column) that hold the name of a model as text
MODEL_COLUMNS = (
    ("ir_model", "model"),
    ("ir_model_fields", "model"),
    ("ir_model_fields", "relation"),
    ("ir_model_data", "model"),
    ("ir_attachment", "res_model"),
    ("ir_act_window", "res_model"),
    ("ir_act_report_xml", "model"),
    ("ir_ui_view", "model"),
    ("ir_filters", "model_id"),
    ("ir_exports", "resource"),
    ("mail_message", "model"),
    ("mail_followers", "res_model"),
    ("mail_activity", "res_model"),
    ("mail_template", "model"),
    ("mail_message_subtype", "res_model"),
    ("medical_core_exception", "res_model"),
    ("medical_core_check", "model_name"),
)


def renamed(name, mark):
    """A name with its old words replaced; ``mark`` parts the words (``.`` or ``_``)."""
    for old, new in WORDS.items():
        before, after = old.replace(".", mark), new.replace(".", mark)
        if after.startswith(before) and after in name:
            continue
        name = name.replace(before, after)
    return name


def rows(cr, table, column, where="TRUE"):
    """The different texts of a column; None where table or column is not there."""
    cr.execute(
        "SELECT 1 FROM information_schema.columns "
        "WHERE table_name = %s AND column_name = %s",
        [table, column],
    )
    if not cr.fetchone():
        return None
    cr.execute(
        f'SELECT DISTINCT "{column}" FROM "{table}" '
        f'WHERE "{column}" IS NOT NULL AND {where}'
    )
    return [row[0] for row in cr.fetchall() if isinstance(row[0], str)]


def rename_tables(cr):
    cr.execute(
        "SELECT relname, relkind FROM pg_class c JOIN pg_namespace n "
        "ON n.oid = c.relnamespace WHERE n.nspname = current_schema() "
        "AND relkind IN ('r', 'S', 'i', 'v')"
    )
    kinds = {"r": "TABLE", "S": "SEQUENCE", "i": "INDEX", "v": "VIEW"}
    for name, kind in cr.fetchall():
        new = renamed(name, "_")
        if new != name and len(new) <= 63:
            cr.execute(f'ALTER {kinds[kind]} IF EXISTS "{name}" RENAME TO "{new}"')


def rename_columns(cr):
    """Columns of many2many tables are named after the models."""
    cr.execute(
        "SELECT table_name, column_name FROM information_schema.columns "
        "WHERE table_schema = current_schema() AND table_name LIKE '%\\_rel'"
    )
    for table, column in cr.fetchall():
        new = renamed(column, "_")
        if new != column:
            cr.execute(f'ALTER TABLE "{table}" RENAME COLUMN "{column}" TO "{new}"')


def rename_texts(cr):
    for table, column in MODEL_COLUMNS:
        for name in rows(cr, table, column) or ():
            new = renamed(name, ".")
            if new != name:
                cr.execute(
                    f'UPDATE "{table}" SET "{column}" = %s WHERE "{column}" = %s',
                    [new, name],
                )
    for name in rows(cr, "medical_core_check", "code") or ():
        cr.execute(
            "UPDATE medical_core_check SET code = %s WHERE code = %s",
            [renamed(name, "_"), name],
        )
    ours = rows(cr, "ir_model_data", "name", "module LIKE 'medical_office%'")
    for name in ours or ():
        new = renamed(name, "_").replace("licence", "license")
        if new != name:
            cr.execute(
                "UPDATE ir_model_data SET name = %s "
                "WHERE name = %s AND module LIKE 'medical_office%%'",
                [new, name],
            )


def rename_spellings(cr):
    for (table, old), new in COLUMNS.items():
        if rows(cr, table, old, "FALSE") is None:
            continue
        cr.execute(f'ALTER TABLE "{table}" RENAME COLUMN "{old}" TO "{new}"')
    for table, column, old, new in VALUES:
        cr.execute(
            f'UPDATE "{table}" SET "{column}" = %s WHERE "{column}" = %s', [new, old]
        )


def migrate(cr, version):
    rename_spellings(cr)
    rename_tables(cr)
    rename_columns(cr)
    rename_texts(cr)
