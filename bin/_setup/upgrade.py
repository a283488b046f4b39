"""The test of an upgrade: a practice under the names of 19.0.1.0.0, and what became of it.

The sample practice of today is given yesterday's names by the migrations' own tables,
backwards and the newest first; people give everything that the addon brought words of
their own; then the addon is upgraded, and every table and text must be what it was.
"""

import importlib.util
from pathlib import Path

from .common import ADDON, run

TEXTS = Path(__file__).with_name("texts_shell.py")

VERSION = "19.0.1.0.0"
# the newest first
MIGRATIONS = (
    ADDON / "migrations/19.0.3.0.0/pre-names.py",
    ADDON / "migrations/19.0.2.0.0/pre-names.py",
)
# rows that an upgrade writes for itself: seals of what had none, what is kept beside the
# books to be read faster, its log, views, mail
PASSING = (
    "medical_finance_accrual_kept",
    "medical_finance_cash_kept",
    "medical_finance_order_kept",
    "medical_core_seal",
    "ir_",
    "mail_",
    "orm_",
    "bus_",
    "rule_group_rel",
    "res_groups_report_rel",
)
# what must not move by a cent: {what: query}, with the names of today
SUMS = {
    "amounts of enrollments": "SELECT count(*), coalesce(sum(amount), 0), "
    "coalesce(sum(percent), 0), coalesce(sum(coverage), 0) FROM medical_people_enrollment",
    "plans by tax treatment": "SELECT kind, count(*), count(payee_id) "
    "FROM medical_people_benefit_plan GROUP BY kind ORDER BY kind",
    "matches": "SELECT count(*), coalesce(sum(rate), 0), coalesce(sum(pay_percent), 0) "
    "FROM medical_people_benefit_match",
    "pay": "SELECT code, count(*), sum(amount) FROM medical_payroll_item "
    "GROUP BY code ORDER BY code",
}


def load_migration(path):
    spec = importlib.util.spec_from_file_location("pre_names", path)
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
    """Give a database the names and the version of the first release.

    :return: the migrations that were taken back
    """
    back = "".join(
        f"spec = importlib.util.spec_from_file_location('m', {str(path)!r})\n"
        "m = importlib.util.module_from_spec(spec)\n"
        "spec.loader.exec_module(m)\n"
        "m.WORDS = {new: old for old, new in reversed(m.WORDS.items())}\n"
        "m.COLUMNS = {(t, new): old for (t, old), new in m.COLUMNS.items()}\n"
        "m.migrate(env.cr, None)\n"
        for path in MIGRATIONS
    )
    script = (
        f"import importlib.util\n{back}"
        'env.cr.execute("UPDATE ir_module_module SET latest_version = %s "\n'
        f"    \"WHERE name = 'medical_office'\", [{VERSION!r}])\n"
        "env.cr.commit()\n"
    )
    installation.shell(database, script, "upgrade-age")
    return [load_migration(path) for path in MIGRATIONS]


def sums(installation, database):
    """{what: figures} of everything that must not move."""
    return {what: installation.query(query, database) for what, query in SUMS.items()}


def problems(installation, database):
    """What an upgrade lost; an empty list where it lost nothing."""
    before, figures = counts(installation, database), sums(installation, database)
    texts = TEXTS.read_text(encoding="utf-8")
    installation.shell(database, f"{texts}\nwrite_own(env)", "upgrade-texts")
    migrations = age(installation, database)
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
    found += [
        f"{what}: {figures[what]} before, {figure} after"
        for what, figure in sums(installation, database).items()
        if figure != figures[what]
    ]
    told = installation.shell(database, f"{texts}\nlook(env)", "upgrade-texts-after")
    found += [
        line.removeprefix("problem: ")
        for line in told.splitlines()
        if line.startswith("problem: ")
    ]
    if len(old) < sum(len(migration.WORDS) for migration in migrations):
        found.append(f"only {sorted(old)} had an old name: nothing was tried")
    return found
