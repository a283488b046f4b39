"""What-ifs of offers against slips of a pay run, with the same cents.

"paychecks" prices the first paycheck of that many different terms by the functions of the
payslip, without a record; "years" all 26 of them, each with the year to date of those
before. "run" generates and computes as many slips through a pay run. The net pay of every
paycheck is compared with its slip, to the cent. The ratio of paychecks to the run, by
seconds of CPU, has to stay below one half.

OFFER_BENCH_SIZE=1000 sets how many.
"""

import os
from datetime import date

from bench_payroll import hire, new_run, setup
from register import measured, table

from odoo.addons.medical_office.engine.payroll.offer_pricer import OfferPricer, summed

SIZE = int(os.environ.get("OFFER_BENCH_SIZE", "1000"))


def main(env):
    practice = setup(env)
    practice["schedule"].pay_days_after = 5
    people = hire(env, practice, SIZE)
    run = new_run(env, practice, "US", 0)
    with measured(env) as paid:
        run._medical_generate(people)
        run._medical_compute()
    nets = {
        slip.employee_id: round(
            sum(
                slip.line_ids.filtered(lambda line: line.code == "NET").mapped("total")
            ),
            2,
        )
        for slip in run.slip_ids
    }
    job = env["hr.job"].create({"name": "Bench"})
    wages = {person: person.version_id.wage for person in people}
    with measured(env) as asked:
        pricer = OfferPricer(env, env.company, 2026)
        checks = {
            person: pricer.paycheck(terms(env, practice, job, wage))
            for person, wage in wages.items()
        }
    with measured(env) as years:
        pricer = OfferPricer(env, env.company, 2026)
        for wage in wages.values():
            pricer.price(terms(env, practice, job, wage))
    for person, slip in checks.items():
        net = float(summed(2026, [slip]).net)
        assert net == nets[person], f"{person.name}: {net} and {nets[person]}"
    ratio = asked["cpu"] / paid["cpu"]
    table(
        ["what", "how many", "s", "CPU s", "ms each", "queries", "of the run"],
        [
            ["run", SIZE, *figures(paid), "1.00"],
            ["paychecks", SIZE, *figures(asked), f"{ratio:.2f}"],
            ["years", SIZE, *figures(years), f"{years['cpu'] / paid['cpu']:.2f}"],
        ],
    )
    assert ratio < 0.5, f"{SIZE} what-ifs took {ratio:.2f} of the run"


def terms(env, practice, job, wage):
    """An offer that is only asked about; it has no record."""
    return env["medical.people.offer"].new(
        {
            "name": "What if",
            "company_id": env.company.id,
            "job_id": job.id,
            "date_start": date(2026, 1, 5),
            "per": "year",
            "wage": wage,
            "exempt": True,
            "schedule_id": practice["schedule"].id,
        }
    )


def figures(result):
    each = 1000 * result["cpu"] / SIZE
    return (
        f"{result['seconds']:.2f}",
        f"{result['cpu']:.2f}",
        f"{each:.2f}",
        result["queries"],
    )
