"""The test of an upgrade: a practice under the names of 19.0.1.0.0, and what became of it.

The sample practice of today is given yesterday's names by the migration's own table,
backwards; then the addon is upgraded, and every table must hold what it held.
"""

import importlib.util

from .common import ADDON, run

VERSION = "19.0.1.0.0"
MIGRATION = ADDON / "migrations/19.0.2.0.0/pre-names.py"
# rows that an upgrade writes for itself: its log, its views, its mail
PASSING = ("ir_", "mail_", "orm_", "bus_", "rule_group_rel", "res_groups_report_rel")


def load_migration():
    spec = importlib.util.spec_from_file_location("pre_names", MIGRATION)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def counts(installation, database):
    """{table: rows} of everything that an upgrade does not write for itself."""
    tables = [
        name
        for name in installation.query(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
            database,
        )
        if not name.startswith(PASSING)
    ]
    union = " UNION ALL ".join(
        f"SELECT '{name}', count(*) FROM \"{name}\"" for name in tables
    )
    rows = (line.split("|") for line in installation.query(union, database))
    return {name: int(number) for name, number in rows}


def age(installation, database):
    """Give a database the names and the version of the release before."""
    migration = load_migration()
    script = (
        "import importlib.util\n"
        f"spec = importlib.util.spec_from_file_location('m', {str(MIGRATION)!r})\n"
        "m = importlib.util.module_from_spec(spec)\n"
        "spec.loader.exec_module(m)\n"
        "m.WORDS = {new: old for old, new in reversed(m.WORDS.items())}\n"
        "m.migrate(env.cr, None)\n"
        'env.cr.execute("UPDATE ir_module_module SET latest_version = %s "\n'
        f"    \"WHERE name = 'medical_office'\", [{VERSION!r}])\n"
        "env.cr.commit()\n"
    )
    installation.shell(database, script, "upgrade-age")
    return migration


def problems(installation, database):
    """What an upgrade lost; an empty list where it lost nothing."""
    before = counts(installation, database)
    migration = age(installation, database)
    old = {table for table in counts(installation, database) if table not in before}
    run(
        *installation.odoo(
            "-d", database, "-u", "medical_office", "--stop-after-init", "--no-http"
        ),
        log="upgrade-test",
        env=installation.env,
    )
    after = counts(installation, database)
    found = [
        f"{table}: {number} rows before, {after.get(table, 'no table')} after"
        for table, number in before.items()
        if after.get(table) != number
    ]
    if len(old) < len(migration.WORDS):
        found.append(f"only {sorted(old)} had an old name: nothing was tried")
    return found
