"""Credentials: readiness, matrix, alerts over 300 and 3,000 people.

Each person has thirteen credentials and a fourteenth of a term before (40,000 rows for 3,000
people), written by SQL; ten jobs ask for eight types each. Every line is the call the
screen, the check or the cron makes, with cold record caches.
"""

from unittest.mock import patch

from register import measured, person, table

SIZES = (300, 3_000)
TYPES = 13
JOBS = 10
PER_JOB = 8

CREDENTIALS = """
    INSERT INTO medical_core_credential (
        type_id, user_id, company_id, state, date_from, date_to, create_uid, create_date
    )
    SELECT kind.id, person.id, %(company)s,
           CASE WHEN (person.id + kind.place) %% 40 = 0 THEN 'entered' ELSE 'verified' END,
           current_date - 700 * (1 + term.old) - 1,
           current_date - 700 * term.old + ((person.id * 7 + kind.place * 31) %% 720)::int - 20,
           1, now()
      FROM unnest(%(users)s) AS person(id)
      CROSS JOIN (
          SELECT id, row_number() OVER (ORDER BY id) AS place
            FROM unnest(%(types)s) AS id
      ) kind
      JOIN (VALUES (0), (1)) AS term(old)
        ON term.old = 0 OR kind.place = 1
     WHERE (person.id * 13 + kind.place) %% 50 <> 0 OR term.old = 1
"""


def main(env):
    setup = prepare(env)
    results, done = {}, 0
    for size in SIZES:
        rows = fill(env, setup, done, size)
        done = size
        for name, step in steps(env, setup).items():
            env.cr.execute("SAVEPOINT bench")
            step()  # views, rules and plans are read once, not each time
            env.cr.execute("ROLLBACK TO SAVEPOINT bench")
            env.invalidate_all()
            with measured(env) as result:
                step()
            env.cr.execute("ROLLBACK TO SAVEPOINT bench")
            env.invalidate_all()
            results[name, size] = result
        print(f"{size:,} people, {rows:,} credentials")
    head = ["step"]
    for size in SIZES:
        head += [f"{size:,}: s", "CPU s", "queries"]
    head.append("growth of CPU for 10 N, by person")
    lines = []
    for name in steps(env, setup):
        line = [name]
        for size in SIZES:
            one = results[name, size]
            line += [one["seconds"], one["cpu"], one["queries"]]
        small, large = (results[name, size]["cpu"] for size in SIZES)
        line.append(f"{large / small / (SIZES[1] / SIZES[0]):.2f}")
        lines.append(line)
    table(head, lines)


def prepare(env):
    company = env.company
    hr = person(env, "cole", "core_group_hr")
    env["medical.people.requirement"].search([]).active = False
    types = env["medical.core.credential.type"].create(
        [
            {"name": f"Credential {n}", "code": f"bench_{n}", "must_verify": True}
            for n in range(TYPES)
        ]
    )
    jobs = env["hr.job"].create(
        [{"name": f"Job {n}", "company_id": company.id} for n in range(JOBS)]
    )
    env["medical.people.requirement"].create(
        [
            {
                "type_ids": [(6, 0, types[(number + place) % TYPES].ids)],
                "job_ids": [(6, 0, job.ids)],
            }
            for number, job in enumerate(jobs)
            for place in range(PER_JOB)
        ]
    )
    return {"company": company, "hr": hr, "types": types, "jobs": jobs}


def fill(env, setup, done, size):
    """People up to ``size``; returns how many credentials there are then."""
    company, jobs = setup["company"], setup["jobs"]
    quiet = {"no_reset_password": True, "tracking_disable": True}
    users = (
        env["res.users"]
        .with_context(**quiet)
        .create(
            [
                {
                    "name": f"Person {number}",
                    "login": f"bench{number}",
                    "company_id": company.id,
                    "company_ids": [(6, 0, company.ids)],
                    "group_ids": [(6, 0, env.ref("base.group_user").ids)],
                }
                for number in range(done, size)
            ]
        )
        .ids
    )
    env["hr.employee"].with_context(**quiet).create(
        [
            {
                "name": f"Person {done + place}",
                "user_id": user,
                "company_id": company.id,
                "job_id": jobs[place % JOBS].id,
            }
            for place, user in enumerate(users)
        ]
    )
    env.flush_all()
    env.cr.execute(
        CREDENTIALS,
        {
            "company": company.id,
            "users": users,
            "types": setup["types"].ids,
        },
    )
    env.cr.execute("ANALYZE")
    env.invalidate_all()
    return env["medical.core.credential"].search_count([])


def steps(env, setup):
    hr = setup["hr"]
    people = env["hr.employee"].with_user(hr)
    readiness = env["medical.people.readiness"]
    credentials = env["medical.core.credential"]
    return {
        "readiness of everybody": lambda: people.search([]).mapped("medical_readiness"),
        "credential matrix": lambda: readiness.with_user(hr).matrix(),
        "check: missing and expired": readiness._medical_check_missing,
        "check: ending": credentials._medical_check_ending,
        "check: not verified": credentials._medical_check_unverified,
        "tasks to renew": lambda: remind(env),
    }


def remind(env):
    """The nightly job without its commits, which the bench takes back."""
    cron = type(env["ir.cron"])
    with patch.object(cron, "_commit_progress", return_value=60):
        env["medical.core.credential"]._cron_remind()
