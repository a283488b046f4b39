"""Run in a shell of Odoo by ``proof.py``: something sealed of each kind, then changes by
SQL beneath all of it, and what a reading of the seals says.

Takes ``env``; changes nothing for good but the records that ``something_of_each`` makes.
"""

import itertools
import random
from collections import Counter, defaultdict

import psycopg2

from odoo.tools import SQL, mute_logger

from odoo.addons.medical_office.engine.core.sealreader import _is_file, _Source

SEED = 20261129
CHANGES = 200
# another value of a column, by its type
OTHER = {
    "varchar": "coalesce(%(column)s, '') || 'x'",
    "text": "coalesce(%(column)s, '') || 'x'",
    "int4": "coalesce(%(column)s, 0) + 1",
    "float8": "coalesce(%(column)s, 0) + 0.5",
    "numeric": "coalesce(%(column)s, 0) + 1",
    "bool": "NOT coalesce(%(column)s, false)",
    "timestamp": "coalesce(%(column)s, now()) + interval '1 second'",
    "date": "coalesce(%(column)s, now()::date) + 1",
    "jsonb": "coalesce(%(column)s, '{}'::jsonb) || '{\"x\": 1}'",
}


def something_of_each(env):
    """Records of the kinds of which the sample practice has none that is sealed.

    How each is signed by its people is tested with its domain; here it only has to lie
    there, sealed.
    """
    company = env.ref("medical_office_sample.company")
    env = env(
        context={
            "allowed_company_ids": company.ids,
            "tracking_disable": True,
            "mail_create_nolog": True,
        }
    )
    empty = [
        model
        for model in env["medical.core.seal"]._sealed_models()
        if not model.search_count(model._seal_domain())
    ]
    for model in empty:
        one = MAKE[model._name](env, company)
        if model._seal_states is not None:  # None: sealed from its birth on
            one._pen().write({"state": sorted(model._seal_states)[0]})
            one._seal()
    env.cr.commit()


def _text(env, company):
    text = env["medical.core.text"].create({"name": "Hands", "company_id": company.id})
    return env["medical.core.text.version"].create(
        {"text_id": text.id, "body": "<p>Wash.</p>"}
    )


def _meeting(env, company):
    return env["medical.core.meeting"].create(
        {
            "name": "Practice meeting",
            "company_id": company.id,
            "item_ids": [(0, 0, {"name": "Parking"}), (0, 0, {"name": "Chairs"})],
        }
    )


def _count(env, _company):
    room = env["stock.warehouse.orderpoint"].search([], limit=1).location_id
    count = env["medical.supply.count"].create({"room_id": room.id})
    count.action_start()
    return count


def _discrepancy(env, company):
    found = env["medical.supply.discrepancy"].search([], limit=1)
    if found:
        return found
    entry = env["medical.supply.controlled.log"].search([], limit=1)
    return (
        env["medical.supply.discrepancy"]
        ._pen()
        .create(
            {
                "company_id": company.id,
                "log_id": entry.id,
                "product_id": entry.product_id.id,
                "location_id": entry.location_id.id,
            }
        )
    )


def _account(env, company):
    return env["res.partner.bank"].create(
        [
            {"partner_id": partner.id, "acc_number": f"98765{partner.id}"}
            for partner in company.partner_id
            | env["res.partner"].search([("supplier_rank", ">", 0)], limit=3)
        ]
    )


def _journal(env, company):
    """The practice pays from its own account."""
    own = company.partner_id.bank_ids[:1] or _account(env, company)[:1]
    journal = env["account.journal"].search(
        [("type", "=", "bank"), ("company_id", "=", company.id)], limit=1
    )
    journal.bank_account_id = own
    return journal


def _pay_bank(env, company):
    return env["medical.payroll.bank"].create(
        {
            "company_id": company.id,
            "name": "First",
            "destination": "121042882",
            "origin": "1123456789",
            "company_ident": "1123456789",
            "journal_id": _journal(env, company).id,
        }
    )


def _year(env, company):
    site = env["stock.warehouse"].search([("medical_is_site", "=", True)], limit=1)
    return env["medical.compliance.osha.year"].create(
        {"company_id": company.id, "site_id": site.id, "year": 2019}
    )


MAKE = {
    "res.partner.bank": _account,
    "account.journal": _journal,
    "medical.payroll.bank": _pay_bank,
    "medical.core.text.version": _text,
    "medical.core.meeting": _meeting,
    "medical.supply.count": _count,
    "medical.supply.discrepancy": _discrepancy,
    "medical.compliance.osha.year": _year,
}


def reading(env):
    """(model, record, part) of everything that a reading of all seals names."""
    env.flush_all()
    env.invalidate_all()
    found = env["medical.core.seal.verification"]._verify()
    return {(one.res_model, one.res_id, one.part) for one in found.difference_ids}


def places(env):
    """{kind: [(model, record, part, table, column, row)]} of all that is covered."""
    found = defaultdict(list)
    for model in env["medical.core.seal"]._sealed_models():
        records = model.with_context(active_test=False).search(model._seal_domain())
        for cover in model._seal_schemes[-1]:
            source = _Source(records, cover.path)
            env.cr.execute(
                SQL(
                    "SELECT %s, %s, %s.id FROM %s WHERE %s = ANY(%s)",
                    source.root_id,
                    source.branch_id,
                    source.alias,
                    source.tables,
                    source.root_id,
                    records.ids,
                )
            )
            rows = env.cr.fetchall()
            kind = f"{model._name} {cover.path}".strip()
            for name in cover.fields:
                field = source.leaf._fields[name.partition(".")[0]]
                if "." in name or _is_file(field):
                    continue
                found[kind] += [
                    (model._name, root, source.part(branch), source.leaf, name, row)
                    for root, branch, row in rows
                ]
    return found


def change(env, place):
    """Change one cell by SQL; whether the database took it and it is another now."""
    _model, _root, _part, leaf, name, row = place
    field, table = leaf._fields[name], SQL.identifier(leaf._table)
    column = SQL.identifier(name)
    if field.type == "many2one":
        other = env[field.comodel_name]._table
        value = SQL(
            "(SELECT min(id) FROM %s o WHERE o.id IS DISTINCT FROM %s.%s)",
            SQL.identifier(other),
            table,
            column,
        )
    else:
        value = SQL(
            OTHER[field.column_type[0]].replace("%(column)s", "{}").format(f'"{name}"')
        )
    before = SQL("SELECT %s::text FROM %s WHERE id = %s", column, table, row)
    env.cr.execute(before)
    old = env.cr.fetchone()
    try:
        with mute_logger("odoo.sql_db"), env.cr.savepoint():
            env.cr.execute(
                SQL("UPDATE %s SET %s = %s WHERE id = %s", table, column, value, row)
            )
    except psycopg2.Error:  # the table itself refuses this one
        return False
    env.cr.execute(before)
    return old != env.cr.fetchone()


def tamper(env):
    """Make 200 changes at once, of every kind alike, and read the seals."""
    chance = random.Random(SEED)
    everywhere = places(env)
    kinds = sorted(kind for kind, cells in everywhere.items() if cells)
    made, counts = set(), Counter()
    for kind in itertools.cycle(kinds):
        if len(made) == CHANGES:
            break
        place = chance.choice(everywhere[kind])
        if place[:3] not in made and change(env, place):
            made.add(place[:3])
            counts[kind] += 1
    named = reading(env)
    for kind, number in sorted(counts.items()):
        print("changed:", kind, number)
    for key in sorted(made - named):
        print("problem: changed and not named:", key)
    for key in sorted(named - made):
        print("problem: named and not changed:", key)
    print("tampered:", len(made), "named:", len(made & named))
    env.cr.rollback()


def intact(env, when):
    for key in sorted(reading(env)):
        print(f"problem: {when}: named and not changed:", key)
    env.cr.commit()
