"""Enrollments of 200 providers x 60 payers x 20 sites, and fee schedules of 60 payers with
15,000 codes each, beside one plain SQL join.

Enrollments are rows by SQL. The fee schedule of one payer is read from its file by the
reader of the import; all payers' prices are then written by the import's COPY. "Join" is
what the comparison would cost without choosing schedules, places and Medicare's price:
volumes joined with prices by code. ``PAYER_BENCH_SIZES`` names other numbers of providers.
"""

import os
import statistics
from datetime import date

from register import measured, table

from odoo import fields

from odoo.addons.medical_office.engine.payer.comparison import comparison_query
from odoo.addons.medical_office.engine.payer.copying import copy_rows
from odoo.addons.medical_office.tools.payer.price.feefile import read_fees
from odoo.addons.medical_office.wizard.payer.payer_fee_wizard import TABLE, WRITTEN

PAYERS, SITES, CODES, BILLED = 60, 20, 15_000, 1_000
SIZES = [int(size) for size in os.environ.get("PAYER_BENCH_SIZES", "20 200").split()]
RUNS = 5
START = date(2026, 1, 1)


def main(env):
    payers, sites = setup(env)
    rows = []
    for size in SIZES:
        enroll(env, payers, sites, size)
        rows += screens(env, size * PAYERS * SITES, sites)
    table(["enrollments", "call", "seconds", "CPU", "queries"], rows)
    print()
    prices(env, payers)


def setup(env):
    partners = env["res.partner"].create(
        [{"name": f"Payer {number:02}"} for number in range(PAYERS)]
    )
    line = env.ref("medical_office.payer_line_commercial")
    payers = env["medical.payer.payer"].create(
        [
            {"partner_id": partner.id, "line_ids": [(6, 0, line.ids)]}
            for partner in partners
        ]
    )
    sites = env["stock.warehouse"].create(
        [
            {"name": f"Site {number:02}", "code": f"S{number:02}"}
            for number in range(SITES)
        ]
    )
    return payers, sites


def enroll(env, payers, sites, size):
    """As many providers as asked for, each with every payer at every site."""
    people = env["hr.employee"].search_count([("name", "=like", "Provider %")])
    made = env["hr.employee"].create(
        [{"name": f"Provider {number:04}"} for number in range(people, size)]
    )
    line = env.ref("medical_office.payer_line_commercial")
    env.cr.execute(
        """
        INSERT INTO medical_payer_enrollment
               (provider_id, provider_name, payer_id, site_id, line_id, company_id,
                state, claims, date_needed, date_effective, visits_week, payment_visit)
        SELECT provider.id, provider.name, payer.id, site.id, %s, %s,
               CASE WHEN (provider.id + payer.id + site.id) %% 20 = 0
                    THEN 'in_review' ELSE 'effective' END,
               CASE WHEN (provider.id + payer.id + site.id) %% 20 = 0
                    THEN 'held' ELSE 'released' END,
               %s, %s, 5 + payer.id %% 7, 90
          FROM hr_employee provider, medical_payer_payer payer, stock_warehouse site
         WHERE provider.id = ANY(%s) AND payer.id = ANY(%s) AND site.id = ANY(%s)
        """,
        [
            line.id,
            env.company.id,
            START,
            START,
            made.ids,
            payers.ids,
            sites.ids,
        ],
    )
    env.cr.execute("ANALYZE medical_payer_enrollment")
    env.invalidate_all()


def screens(env, count, sites):
    """The ranked list, its total, and the screen of the matrix beside a bare GROUP BY."""
    today = fields.Date.context_today(env["medical.payer.held"])
    enrollments = env["medical.payer.enrollment"]
    rows = []

    def call(name, function):
        with measured(env) as cost:
            function()
        cells = [count, name, cost["seconds"], cost["cpu"], cost["queries"]]
        rows.append(cells)

    held = env["medical.payer.held"]
    call(
        "ranked list, 80 rows",
        lambda: held.web_search_read(
            [], {"payer_id": {"fields": {"display_name": {}}}, "money": {}}, limit=80
        ),
    )
    call("total held", lambda: env.company._medical_money_held(today))
    call("matrix, first page", enrollments.matrix)
    call("matrix, every provider", lambda: enrollments.matrix(more=1000))
    call(
        "matrix, pending at one site",
        lambda: enrollments.matrix(site_id=sites[0].id, only_pending=True),
    )
    call(
        "every cell in one GROUP BY",
        lambda: enrollments._read_group(
            [("company_id", "=", env.company.id)],
            ["site_id", "provider_name", "payer_id", "state"],
            ["__count", "date_effective:max"],
        ),
    )
    return rows


def prices(env, payers):
    lines = [f"{10000 + number},,,{50 + number % 400}.25,," for number in range(CODES)]
    data = "\n".join(["Code,Modifier,Place,Amount,From,Until", *lines]).encode()
    with measured(env) as reading:
        fees, problems = read_fees(data, START)
    assert not problems and len(fees) == CODES
    contracts = env["medical.payer.contract"].create(
        [
            {
                "name": "Agreement",
                "payer_id": payer.id,
                "date_from": START,
                "date_to": date(2028, 12, 31),
            }
            for payer in payers
        ]
    )
    contracts._pen().write({"state": "in_force"})
    schedules = env["medical.payer.schedule"].create(
        [
            {"name": "Prices", "contract_id": contract.id, "date_from": START}
            for contract in contracts
        ]
    )
    env.flush_all()
    with measured(env) as writing:
        for schedule in schedules:
            copy_rows(
                env,
                TABLE,
                WRITTEN,
                (
                    (schedule.id, one.code, "", "", one.amount, START, None)
                    for one in fees
                ),
            )
    schedules._pen().write({"fee_count": CODES})
    months = [
        fields.Date.subtract(date.today().replace(day=1), months=back)
        for back in range(1, 13)
    ]
    copy_rows(
        env,
        "medical_payer_volume",
        ("company_id", "month", "code", "modifier", "place", "units"),
        (
            (env.company.id, month, 10000 + 15 * number, "", "", 1 + number % 90)
            for month in months
            for number in range(BILLED)
        ),
    )
    env.flush_all()
    env.cr.execute("ANALYZE medical_payer_fee")
    env.cr.execute("ANALYZE medical_payer_volume")
    env.cr.execute("SET max_parallel_workers_per_gather = 0")
    query = comparison_query(date.today())
    ours = worked(env, env.cr.mogrify(query.code, query.params).decode())
    join = worked(
        env,
        "SELECT fee.schedule_id, volume.code, sum(volume.units * fee.amount) "
        "FROM medical_payer_volume volume JOIN medical_payer_fee fee "
        "ON fee.code = volume.code GROUP BY 1, 2",
    )
    table(
        ["prices", "what", "CPU: s"],
        [
            [CODES, "read one file", reading["cpu"]],
            [CODES * PAYERS, "COPY of all payers", writing["cpu"]],
            [CODES * PAYERS, "comparison", ours],
            [CODES * PAYERS, "one SQL join", join],
            [CODES * PAYERS, "times the join", round(ours / join, 2)],
        ],
    )


def worked(env, text):
    """Median seconds of work of a statement; the first run warms up."""
    taken = []
    for _run in range(RUNS + 1):
        with measured(env) as result:
            env.cr.execute(text)
            env.cr.fetchall()
        taken.append(result["cpu"])
    return statistics.median(taken[1:])
