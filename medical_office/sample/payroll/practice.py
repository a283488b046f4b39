"""The sample practice's pay: 28 people set up, a year of runs, one waiting today.

Two of the people work in Illinois; there are a raise in July, a person hired in April,
one who left in September, two orders of court, and a bank account that was just changed.
"""

import hashlib
from datetime import date, datetime, time, timedelta

from odoo import Command, api, fields, models
from odoo.tools import SQL

from ...engine.payroll.bulk import copy_rows
from ...sample.core.practice import read_scenario
from ...tools.payroll.ach import is_banking_day
from ...tools.payroll.returns.deposits import return_due

# the last year whose tax tables are shipped: a later load shows that year
LAST_YEAR = 2026
FIRST_DAY = date(2025, 12, 7)  # a Sunday: begins the period paid on 2 January 2026
RAISE_DAY, HIRED, LEFT = date(2026, 7, 1), date(2026, 4, 20), date(2026, 9, 11)
ROUTINGS = ("075000019", "275071356", "121042882")


def chance(*names):
    """A number in [0, 1) that is always the same for the same names."""
    digest = hashlib.md5("|".join(map(str, names)).encode(), usedforsecurity=False)
    return int(digest.hexdigest()[:8], 16) / 2**32


class CoreSample(models.AbstractModel):
    _inherit = "medical.core.sample"

    def _parts(self):
        return [
            *super()._parts(),
            "pay_setup",
            "pay_people",
            "pay_time",
            "pay_hours",
            "pay_runs",
            "pay_hours_paid",
            "pay_terms",
        ]

    def _doers(self):
        """Time that was clocked is nobody's work: COPY writes it."""
        own = ("pay_setup", "pay_people", "pay_runs")
        return super()._doers() | dict.fromkeys(own, "becker") | {"pay_terms": "cole"}

    # --------------------------------------------------------------------- set-up

    def _load_pay_setup(self, practice):
        """Accounts, bank, schedule, state accounts and plans."""
        env, company = practice.env, practice.company
        self._sample_pay_books(practice.acting("schwartz"))
        # sudo: the host keeps companies for its administrator
        company.sudo().write({"vat": "39-1234567", "medical_ssa_user_id": "LAKE2026"})
        env["medical.payroll.differential"].create(
            {
                "company_id": company.id,
                "name": "Evening differential",
                "date_from": FIRST_DAY,
                "days": "weekday",
                "hour_from": 17,
                "hour_to": 22,
                "amount": 1.50,
            }
        )
        schedule = env["medical.payroll.schedule"].create(
            {
                "name": "Every two weeks",
                "company_id": company.id,
                "frequency": "biweekly",
                "date_anchor": FIRST_DAY,
                # thirteen days, the most that Illinois allows (820 ILCS 115/4): so on every
                # day one period has ended and is not paid
                "pay_days_after": 13,
                "week_start": "6",
            }
        )
        states = self._sample_states()
        env["medical.payroll.state.account"].create(
            [
                {
                    "company_id": company.id,
                    "state_id": states[code].id,
                    "year": LAST_YEAR,
                    "suta_percent": percent,
                    "suta_base": base,
                    "withholding_number": number,
                    "unemployment_number": f"{number}-U",
                    "citation": f"Rate notice of {LAST_YEAR}",
                }
                for code, percent, base, number in (
                    ("WI", 1.55, 14000, "036-1020304050"),
                    ("IL", 3.35, 14250, "36-1234-0001"),
                )
            ]
        )
        # as vendors, entered by the office manager
        partners = (
            practice.acting("alvarez")
            .env["res.partner"]
            .create(
                [
                    {"name": name, "company_id": company.id}
                    for name in (
                        "Dane Health Plan",
                        "Heartland Retirement Trust",
                        "Wisconsin Support Collections Trust Fund",
                        "Rock County Circuit Court",
                    )
                ]
            )
        )
        plans = practice.acting("cole").env["medical.people.benefit.plan"]
        health, retirement = plans.create(
            [
                {
                    "name": "Health plan",
                    "kind": "health_125",
                    "payee_id": partners[0].id,
                    "company_id": company.id,
                },
                {
                    "name": "401(k)",
                    "kind": "401k",
                    "payee_id": partners[1].id,
                    "company_id": company.id,
                    "match_ids": [
                        Command.create({"rate": 100, "pay_percent": 3}),
                        Command.create({"rate": 50, "pay_percent": 2}),
                    ],
                },
            ]
        )
        practice.keep(
            {
                "pay_schedule": schedule,
                "plan_health": health,
                "plan_retirement": retirement,
                "payee_support": partners[2],
                "payee_court": partners[3],
            }
        )

    def _sample_provider_pay(self, practice):
        """What physicians cost stands apart from the staff, as practices report it."""
        env, company = practice.env, practice.company
        department = env["hr.department"].search(
            [("company_id", "=", company.id), ("name", "=", "Physicians")]
        )
        # sudo: the host keeps accounts for its accounting administrator
        pay, benefits = (
            env["account.account"]
            .sudo()
            .create(
                [
                    {
                        "name": name,
                        "code": code,
                        "account_type": "expense",
                        "company_ids": [Command.set(company.ids)],
                    }
                    for code, name in (
                        ("604100", "Physician compensation"),
                        ("604200", "Physician benefits and payroll taxes"),
                    )
                ]
            )
        )
        env["medical.payroll.posting"].create(
            [
                {
                    "company_id": company.id,
                    "kind": kind,
                    "department_id": department.id,
                    "account_id": account.id,
                }
                for kind, account in (
                    ("wages", pay),
                    ("employer_tax", benefits),
                    ("benefits", benefits),
                )
            ]
        )

    def _sample_pay_books(self, practice):
        """What the accountant sets up for pay: accounts, a bank journal, the bank."""
        env, company = practice.env, practice.company
        env["medical.payroll.posting"].action_set_up()
        self._sample_provider_pay(practice)
        # sudo: the host keeps accounts and journals for its accounting administrator
        cash = (
            env["account.account"]
            .sudo()
            .create(
                {
                    "name": "Operating account",
                    "code": "101500",
                    "account_type": "asset_cash",
                    "company_ids": [Command.set(company.ids)],
                }
            )
        )
        # sudo: as above
        journal = (
            env["account.journal"]
            .sudo()
            .create(
                {
                    "name": "Operating account",
                    "code": "OPER",
                    "type": "bank",
                    "company_id": company.id,
                    "default_account_id": cash.id,
                }
            )
        )
        env["medical.payroll.bank"].create(
            {
                "company_id": company.id,
                "name": "First Bank of Madison",
                "destination": "075000019",
                "origin": "1391234567",
                "company_ident": "1391234567",
                "company_label": "LAKESIDE FAMILY",
                "journal_id": journal.id,
            }
        )

    def _sample_states(self):
        return {
            state.code: state
            for state in self.env.ref("base.us").state_ids.filtered(
                lambda state: state.code in ("WI", "IL")
            )
        }

    # --------------------------------------------------------------------- people

    def _load_pay_people(self, practice):
        """Contract, wage, W-4, elections, orders and bank accounts of everyone."""
        env = practice.env
        rows = read_scenario("payroll/pay.csv")
        schedule = practice.get("pay_schedule")
        structure = self.env.ref("medical_office.payroll_structure_us")
        states = self._sample_states()
        people = {row["key"]: practice.get(f"person_{row['key']}") for row in rows}
        hr = practice.acting("cole").env
        for number, row in enumerate(rows, 1):
            person = people[row["key"]]
            hired = HIRED if row["key"] == "kim" else person.version_id.date_version
            person.with_context(tracking_disable=True).write(
                {
                    "contract_date_start": hired,
                    "contract_date_end": LEFT if row["key"] == "olsen" else False,
                    "wage": float(row["wage"]),
                    "medical_wage_per": row["per"],
                    "medical_flsa_exempt": row["exempt"] == "1",
                    "medical_schedule_id": schedule.id,
                    "medical_work_state_id": states[row["state"]].id,
                    "struct_id": structure.id,
                    "medical_ssn_new": f"4{number:02}-2{number % 7}-{1000 + 37 * number}",
                    "birthday": row["birthday"],
                    # before the first payroll here: decides who must catch up as Roth
                    "medical_prior_wages_year": practice.today.year - 1,
                    "medical_prior_wages": (
                        0.0 if row["key"] == "kim" else self._sample_year_wages(row)
                    ),
                }
            )
            person.with_env(hr).with_context(tracking_disable=True).write(
                {
                    "private_street": f"{100 + 7 * number} Elm Street",
                    "private_city": "Madison" if row["state"] == "WI" else "Rockford",
                    "private_state_id": states[row["state"]].id,
                    "private_zip": "53703" if row["state"] == "WI" else "61101",
                    "private_country_id": self.env.ref("base.us").id,
                }
            )
        people["kowalski"].create_version({"date_version": RAISE_DAY, "wage": 45.00})
        self._sample_forms(env, rows, people, states)
        self._sample_elections(practice, rows, people)
        self._sample_accounts(env, rows, people)

    @api.model
    def _sample_year_wages(self, row):
        """Wages of a year at a person's wage, 1,800 hours where it is paid by the hour."""
        times = {"hour": 1800, "month": 12, "week": 52, "year": 1}
        return float(row["wage"]) * times.get(row["per"], 26)

    def _sample_forms(self, env, rows, people, states):
        env["medical.payroll.w4"].create(
            [
                {
                    "employee_id": people[row["key"]].id,
                    "date_from": date(2025, 1, 1),
                    "filing_status": row["filing"],
                    "step3": float(row["step3"]),
                }
                for row in rows
            ]
        )
        env["medical.payroll.state.form"].create(
            [
                {
                    "employee_id": people[row["key"]].id,
                    "date_from": date(2025, 1, 1),
                    "state_id": states[row["state"]].id,
                    "filing_status": (
                        "married_jointly"
                        if row["filing"] == "married_joint"
                        else "single"
                    ),
                    "allowances": 1,
                }
                for row in rows
            ]
        )

    def _sample_elections(self, practice, rows, people):
        env, start = practice.env, date(2025, 1, 1)
        health = practice.get("plan_health")
        retirement = practice.get("plan_retirement")
        # nobody enters their own: the payroll officer's are entered by HR
        for doer, own in (("becker", False), ("cole", True)):
            practice.acting(doer).env["medical.people.enrollment"].create(
                [
                    {
                        "employee_id": people[row["key"]].id,
                        "plan_id": plan.id,
                        "date_from": start,
                        name: float(row[column]),
                    }
                    for row in rows
                    for plan, name, column in (
                        (health, "amount", "health"),
                        (retirement, "percent", "retirement"),
                    )
                    if float(row[column]) and (row["key"] == "becker") is own
                ]
            )
        env["medical.payroll.garnishment"].create(
            [
                {
                    "employee_id": people["bailey"].id,
                    "name": "23-FA-0412",
                    "claim": "support",
                    "payee_id": practice.get("payee_support").id,
                    "date_from": start,
                    "date_received": date(2024, 11, 18),
                    "amount": 162.50,
                },
                {
                    "employee_id": people["walker"].id,
                    "name": "25-SC-1187",
                    "claim": "creditor",
                    "payee_id": practice.get("payee_court").id,
                    "date_from": date(2026, 3, 1),
                    "date_received": date(2026, 2, 20),
                    "amount": 90,
                    "balance": 2400,
                },
            ]
        )

    def _sample_accounts(self, env, rows, people):
        """One account each, two for every fifth; one person gets checks."""
        values = []
        for number, row in enumerate(rows, 1):
            if row["key"] == "davis":
                continue
            common = {
                "employee_id": people[row["key"]].id,
                "name": "Checking",
                "routing": ROUTINGS[number % 3],
            }
            values.append({**common, "new_number": f"{4000100200 + 7919 * number}"})
            if not number % 5:
                values.append(
                    {
                        **common,
                        "name": "Savings",
                        "kind": "savings",
                        "new_number": f"{9000300400 + 104729 * number}",
                        "share": "fixed",
                        "value": 150,
                        "sequence": 5,
                    }
                )
        accounts = env["medical.payroll.account"].create(values)
        accounts.flush_recordset()
        # sql: they have been there for years: no change of a bank to ask about
        env.execute_query(
            SQL(
                """UPDATE medical_payroll_account
                      SET create_date = %s, date_changed = NULL
                    WHERE id IN %s RETURNING id""",
                datetime.combine(date(2025, 1, 2), time(15)),
                tuple(accounts.ids),
            )
        )
        accounts.invalidate_recordset()

    # ----------------------------------------------------------------------- time

    def _load_pay_time(self, practice):
        """Attendances of the hourly people, written with COPY: some weeks run over 40."""
        rows = [r for r in read_scenario("payroll/pay.csv") if r["per"] == "hour"]
        last = min(practice.today - timedelta(days=1), date(LAST_YEAR, 12, 31))
        closed = {
            practice.company._medical_day(leave.date_from)
            for leave in practice.env["resource.calendar.leaves"].search(
                [("resource_id", "=", False)]
            )
        }
        found = []
        for row in rows:
            person = practice.get(f"person_{row['key']}")
            first = HIRED if row["key"] == "kim" else FIRST_DAY
            end = min(last, LEFT) if row["key"] == "olsen" else last
            for offset in range((end - first).days + 1):
                day = first + timedelta(days=offset)
                if day.weekday() > 4 or day in closed:
                    continue
                extra = 1.5 if chance(row["key"], day) > 0.88 else 0
                begin = datetime.combine(day, time(14))
                found.append(
                    (
                        person.id,
                        begin,
                        begin + timedelta(hours=8 + extra),
                        day,
                        8 + extra,
                        "manual",
                        "manual",
                        self.env.uid,
                        begin,
                    )
                )
        # sql: a year of check-ins, each by the person at the door
        copy_rows(
            self.env,
            "hr_attendance",
            (
                "employee_id",
                "check_in",
                "check_out",
                "date",
                "worked_hours",
                "in_mode",
                "out_mode",
                "create_uid",
                "create_date",
            ),
            found,
        )
        self.env["hr.attendance"].invalidate_model()

    # ----------------------------------------------------------------------- runs

    def _load_pay_runs(self, practice):
        """Every run whose pay date is past is paid; the next one waits in draft.

        After the last year with tables, its last run is the one that waits.
        """
        schedule = practice.get("pay_schedule")
        day = FIRST_DAY
        while True:
            span = schedule._period_on(day)
            pay_date = schedule._pay_date(span.end)
            run = self._sample_run(
                practice,
                name=f"Pay of {pay_date:%b %d, %Y}",
                date_start=span.start,
                date_end=span.end,
                medical_date_pay=pay_date,
            )
            following = schedule._period_on(span.end + timedelta(days=1))
            last = schedule._pay_date(following.end).year > LAST_YEAR
            if pay_date < practice.today and not last:
                self._sample_pay(practice, run)
            else:
                self._sample_bank_change(practice)
                run._medical_preflight()
                practice.keep({"pay_run_open": run})
                break
            day = span.end + timedelta(days=1)
        self._sample_deposits(practice)
        self._sample_bonus(practice)
        self._sample_returns(practice)

    def _sample_run(self, practice, **values):
        """A run of the two-weekly schedule as its preparer made and computed it."""
        run = (
            practice.env["hr.payslip.run"]
            .with_user(practice.user("becker"))
            .with_company(practice.company)
            .with_context(tracking_disable=True)
            .create(
                {
                    "company_id": practice.company.id,
                    "medical_schedule_id": practice.get("pay_schedule").id,
                    **values,
                }
            )
        )
        run._medical_generate()
        run._medical_compute()
        return run

    def _sample_pay(self, practice, run):
        """What preparer, director and bank did in the days before the pay date."""
        moment = datetime.combine(run.medical_date_pay - timedelta(days=3), time(15))
        run._make_payments()
        run._pen().write(
            {
                "state": "approved",
                "medical_hash": run._fingerprint(),
                "medical_submitted_by_id": practice.user("becker").id,
                "medical_submitted_at": moment,
                "medical_approved_by_id": practice.user("whitfield").id,
                "medical_approved_at": moment + timedelta(hours=2),
            }
        )
        # sudo: as the step "posted" of a run lends it
        run.sudo()._medical_confirm()
        run._post()
        run._make_bank_file(
            fields.Datetime.context_timestamp(run, moment + timedelta(hours=4))
        )
        run._post_payment()
        run._pen().write(
            {
                "state": "paid",
                "medical_paid_by_id": practice.user("becker").id,
                "medical_paid_at": moment + timedelta(days=1),
            }
        )

    def _sample_bank_change(self, practice):
        """HR changed an account two days ago: a blocker that payroll has to look into."""
        account = practice.get("person_garcia").medical_account_ids[:1]
        # sudo: the past is laid by the program: what HR changed two days ago
        account.sudo()._pen().write(
            {
                "date_changed": fields.Datetime.now() - timedelta(days=2),
                "changed_by_id": practice.user("cole").id,
            }
        )

    def _sample_deposits(self, practice):
        """Paid as they fell due, but for the state tax of the last month."""
        due = practice.env["medical.payroll.deposit"].search(
            [
                ("company_id", "=", practice.company.id),
                ("date_due", "<", practice.today),
            ]
        )
        late = due.filtered(lambda d: d.kind == "state" and d.key == "WI")[-1:]
        paid = due - late
        for number, deposit in enumerate(paid, 1):
            deposit.write(
                {
                    "date_paid": deposit.date_due,
                    "reference": f"EFT{27010000 + 173 * number}",
                }
            )
        paid.sudo()._post()  # sudo: as the step "paid" of a deposit lends it
        paid._pen().write({"state": "paid"})

    def _sample_bonus(self, practice):
        """A bonus for three people waits for the director's approval."""
        day = practice.today + timedelta(days=9)
        while not is_banking_day(day):
            day += timedelta(days=1)
        if day.year > LAST_YEAR:
            return
        people = self.env["hr.employee"].union(
            *(practice.get(f"person_{key}") for key in ("torres", "singh", "davis"))
        )
        practice.env["medical.payroll.earning"].create(
            [
                {
                    "employee_id": person.id,
                    "name": "Flu clinic",
                    "kind": "bonus",
                    "amount": 250,
                    "once": True,
                    "date_from": practice.today,
                }
                for person in people
            ]
        )
        run = self._sample_run(
            practice,
            name=f"Flu clinic bonus of {day:%b %d, %Y}",
            date_start=practice.today - timedelta(days=13),
            date_end=practice.today,
            medical_date_pay=day,
            medical_kind="bonus",
            medical_employee_ids=[Command.set(people.ids)],
        )
        run._medical_preflight()
        run._make_payments()
        run._pen().write(
            {
                "state": "submitted",
                "medical_hash": run._fingerprint(),
                "medical_submitted_by_id": practice.user("becker").id,
                "medical_submitted_at": fields.Datetime.now(),
            }
        )
        # as the step "submitted" of a run does it
        run.with_user(practice.user("becker"))._decision_sync()
        practice.keep({"pay_run_bonus": run})

    def _sample_returns(self, practice):
        """Forms 941 of the quarters gone by, filed on their due day."""
        filings = practice.env["medical.payroll.tax.return"].create(
            [
                {
                    "company_id": practice.company.id,
                    "kind": "941",
                    "year": LAST_YEAR,
                    "quarter": str(number),
                }
                for number in (1, 2, 3, 4)
                if return_due(LAST_YEAR, number) < practice.today
            ]
        )
        for filing in filings:
            filing._work_out()
            filing.write(
                {
                    "reference": f"MeF {LAST_YEAR}{filing.quarter}0417",
                    "date_filed": filing.date_due,
                }
            )
        filings._pen().write({"state": "filed"})
