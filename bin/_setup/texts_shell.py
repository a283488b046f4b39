"""Run in a shell of Odoo by ``upgrade.py``: people give what the addon brought their own
words, and look after the upgrade whether those are still there. Takes ``env``."""

from odoo.tools import SQL

MINE = " (our own words)"
NAMES = ("name", "summary", "description", "subject", "body_html", "note", "citation")
# what the addon itself says: its rights, its screens, its reports
PROGRAM = ("ir.", "res.groups", "res.groups.privilege", "report.")
ALSO = ("ir.cron",)
# read by formulas, not by people
IDENTIFIERS = {("mis.report.kpi", "name")}


def texts(env):
    """(table, column, ids, whether it is translated) of the words that people may change
    on records that came with the addon."""
    env.cr.execute(
        "SELECT model, array_agg(res_id) FROM ir_model_data "
        "WHERE module = 'medical_office' GROUP BY model ORDER BY model"
    )
    for name, ids in env.cr.fetchall():
        if name not in env or (name.startswith(PROGRAM) and name not in ALSO):
            continue
        model = env[name]
        for column in NAMES:
            field = model._fields.get(column)
            if (name, column) in IDENTIFIERS:
                continue
            if field and field.store and field.column_type and not field.compute:
                if field.related or field.type not in ("char", "text", "html"):
                    continue
                yield name, model._table, column, ids, bool(field.translate)


def write_own(env):
    """Append a few words to each text."""
    env.flush_all()
    count = 0
    for _name, table, column, ids, translated in texts(env):
        here = SQL.identifier(column)
        new = SQL("%s || %s", here, MINE)
        if translated:
            new = SQL(
                "jsonb_set(%s, '{en_US}', to_jsonb((%s->>'en_US') || %s))",
                here,
                here,
                MINE,
            )
        env.cr.execute(
            SQL(
                "UPDATE %s SET %s = %s WHERE id = ANY(%s) AND %s IS NOT NULL",
                SQL.identifier(table),
                here,
                new,
                ids,
                here,
            )
        )
        count += env.cr.rowcount
    env.cr.commit()
    print("texts:", count)


def look(env):
    """Name the texts that the upgrade has written over."""
    for name, table, column, ids, _translated in texts(env):
        here = SQL.identifier(column)
        env.cr.execute(
            SQL(
                "SELECT count(*) FROM %s WHERE id = ANY(%s) AND %s IS NOT NULL "
                "AND strpos(%s::text, %s) = 0",
                SQL.identifier(table),
                ids,
                here,
                here,
                MINE,
            )
        )
        lost = env.cr.fetchone()[0]
        if lost:
            print(f"problem: {lost} of {len(ids)} texts lost: {name} {column}")
