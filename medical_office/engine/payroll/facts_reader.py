"""Reads the facts of many payslips of one pay date in a fixed number of queries."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from odoo.exceptions import UserError

from ...tools.dates import us_day
from ...tools.money import ZERO, money
from ...tools.payroll.deduct.deductionlimits import Person
from ...tools.payroll.law.certificates import W4, missing_w4
from ...tools.payroll.law.deductionkinds import kind
from ...tools.payroll.slip.grosstonet import work_out
from ...tools.payroll.slip.slipfacts import (
    SUPPLEMENTAL,
    Chosen,
    Enrolled,
    Facts,
    Owed,
    StateForm,
)
from ...tools.payroll.slip.workstates import WorkState
from ...tools.payroll.tax.local import LocalTaxError, in_force
from ...tools.payroll.tax.states import NAMES
from ...tools.payroll.time.earning import Earning
from .earning_codes import APART, CHOSEN, CODES, RAISES_OVERTIME
from .employers import Employers
from .retro_reader import TIME, RetroReader
from .time_reader import TimeReader
from .year_reader import YearReader

# codes of inputs on a slip that are pay
INPUTS = {
    "BONUS": "Bonus",
    "ADDL": "Other earnings",
    "RETRO": "Correction of an earlier period",
    "REIMB": "Reimbursed expenses",
}


# codes of items that are pay
EARNINGS = frozenset({*TIME, *INPUTS, *CODES.values()})


class UsPay:
    """``us`` in a salary rule: the worked-out slip of one person."""

    def __init__(self, slip, problem="", worked_days=(), law="", settled=()):
        self.problem, self.worked_days, self.law = problem, worked_days, law
        self.edition, self.settled = "", settled
        self.items = slip.items if slip else ()
        self.notes = slip.notes if slip else ()
        self._totals: dict[str, Decimal] = {}
        for item in self.items:
            self._totals[item.code] = self._totals.get(item.code, ZERO) + item.amount

    def has(self, code):
        """Whether the line ``code`` has anything to say."""
        self._check()
        return code in self._totals

    def line(self, code):
        """Amount of the line ``code``, signed as it stands on the slip."""
        self._check()
        return float(self._totals.get(code, ZERO))

    def _check(self):
        if self.problem:
            raise UserError(self.problem)


class FactsReader:
    """The facts of slips that share dates: ``pays()`` works them all out.

    ``slips`` come as superuser: the caller has checked that the user may compute them,
    and a calculation reads what the person who starts it may not see by himself
    (attendances, leaves).

    :param law: what the slips say of the law they are computed by; its book is in use
    :param settled: {employee id: what their slips make up for of provisional pay}
    :param again: the slips are confirmed and worked out once more, as they were paid:
        only what the tables of the law make of it may differ
    """

    def __init__(
        self, slips, start, end, pay_date, *, law=None, settled=(), again=False
    ):
        self.slips, self.env = slips, slips.env
        self.law, self.settled, self.again = law, dict(settled), again
        self.start, self.end, self.pay_date = start, end, pay_date
        self._schedules = {}
        self.employees = slips.employee_id
        self.time = TimeReader(self.env, self.employees, start, end)
        if again:  # the earnings are what was paid: no time is looked up
            self.posted = self._read_posted()
        else:
            self._read_what_is_due()
        self._read_dated()
        self._read_employers()
        self.year = YearReader(
            self.env, self.employees, self.pay_date, slips, again=again
        )

    # ----------------------------------------------------------------- reading

    def _read_what_is_due(self):
        """Corrections of past periods, and the time that another slip pays."""
        regular = self.slips.filtered(lambda slip: slip.medical_kind == "regular")
        apart = self.slips.filtered(lambda slip: slip.medical_kind in APART)
        # a pay of its own may also correct the period that it lies in
        self.retro = {
            "regular": RetroReader(regular, self.start),
            "apart": RetroReader(apart, self.end + timedelta(days=1)),
        }
        self.paid_time = self._read_paid_time(apart) if apart else {}

    def _read_dated(self):
        """Each kind of dated fact: one query for all."""
        year_start = date(self.pay_date.year, 1, 1)

        def of(model, first):
            found = self.env[model]._of(self.employees, first, self.pay_date)
            return found.grouped("employee_id")

        self.w4s = of("medical.payroll.w4", date(1990, 1, 1))
        self.forms = of("medical.payroll.state.form", self.pay_date)
        self.local = of("medical.payroll.local.enrollment", self.pay_date)
        self.elections = of("medical.people.enrollment", year_start)
        self.earnings = of(
            "medical.payroll.earning", date(self.pay_date.year - 1, 1, 1)
        )
        self.orders = of("medical.payroll.garnishment", self.pay_date)

    def _read_employers(self):
        companies = self.slips.company_id
        self.employers = Employers(self.env, companies, self.pay_date)
        self.local_taxes = defaultdict(list)
        for tax in self.env["medical.payroll.local.tax"].search(
            [("company_id", "in", companies.ids)]
        ):
            self.local_taxes[tax.company_id.id].append(tax._tax())

    def _read_paid_time(self, slips):
        """{employee id: name of a run} whose time of these days is paid by another slip."""
        others = self.env["hr.payslip"].search(
            [
                ("employee_id", "in", slips.employee_id.ids),
                ("id", "not in", slips.ids),
                ("medical_kind", "in", ["regular", *APART]),
                ("state", "!=", "cancel"),
                ("date_from", "<=", self.end),
                ("date_to", ">=", self.start),
                ("medical_item_ids.code", "in", ["REG", "PTO", "HOL", "SICK"]),
            ]
        )
        voided = (
            self.env["hr.payslip"]
            .search([("medical_voids_id", "in", others.ids), ("state", "!=", "cancel")])
            .medical_voids_id
        )
        return {
            slip.employee_id.id: slip.payslip_run_id.name or slip.number or slip.name
            for slip in others - voided
        }

    def _read_posted(self):
        """{slip id: earnings as they were paid}."""
        found = defaultdict(list)
        for item in self.env["medical.payroll.item"].search(
            [("slip_id", "in", self.slips.ids), ("code", "in", [*EARNINGS])],
            order="slip_id, sequence",
        ):
            found[item.slip_id.id].append(
                Earning(
                    item.code,
                    money(item.amount),
                    item.name,
                    item.key,
                    money(item.hours),
                    money(item.rate),
                )
            )
        return found

    # ---------------------------------------------------------------- one slip

    def pays(self):
        """{slip id: UsPay}; a slip that cannot be worked out carries its problem."""
        found = {}
        for slip in self.slips:
            try:
                facts, worked_days = self.facts(slip)
                found[slip.id] = UsPay(
                    work_out(facts),
                    "",
                    worked_days,
                    str(self.pay_date.year),
                    facts.settlements,
                )
                if self.law:
                    found[slip.id].edition = self.law.edition
            except (ValueError, LookupError) as error:
                found[slip.id] = UsPay(None, f"{slip.employee_id.name}: {error}")
        return found

    def facts(self, slip):
        """(Facts, rows of worked_days) of a slip.

        :raises ValueError, LookupError: something is missing; the message says what
        """
        employee = slip.employee_id
        versions = self.time.versions.get(employee.id)
        active = list(versions.within(self.start, self.end)) if versions else []
        version = active[-1][0] if active else self._last_version(slip, versions)
        schedule = slip._pay_schedule(version)
        who = (slip.company_id.id, employee.id)
        state = self.time.rules.state_of(version)
        employer = self.employers.of(slip.company_id, state)
        places = self._work_states(slip, schedule)
        earnings, worked_days, remarks = self._earnings(slip, schedule, version)
        if self.law and self.law.remark:
            remarks.append(self.law.remark)
        certificate, lock_in = self._certificate(employee, remarks)
        advance = f"owe:advance:{slip.company_id.id}"
        period, is_quarter_end, is_extra = self._dates_of(schedule)
        facts = Facts(
            pay_date=self.pay_date,
            start=self.start,
            end=self.end,
            period=period,
            work_state=state,
            earnings=tuple(earnings),
            certificate=certificate,
            lock_in=lock_in,
            chosen=self._chosen(slip),
            person=self._person(slip),
            states=self._states(employee, [p.state for p in places] or [state]),
            locals=self._locals(slip),
            orders=self._owed(employee),
            employer=employer,
            year=self.year.totals[who],
            month=self.year.month[who],
            quarter_end=is_quarter_end,
            latest_regular=self._latest(who, earnings),
            work_states=places,
            tax_withheld_last_year=self._tax_last_year(who, earnings),
            settlements=self.settled.get(employee.id, ()),
            extra_pay=slip.medical_kind == "regular" and is_extra,
            shortfall=employee.medical_shortfall or "",
            advanced=self.year.owing[employee.id].get(advance, ZERO),
            advance_key=advance,
            remarks=tuple(remarks),
        )
        return facts, worked_days

    def _dates_of(self, schedule):
        """(payroll period, whether the pay is the quarter's last, whether it is the
        year's 27th) of a schedule, asked once."""
        if schedule.id not in self._schedules:
            self._schedules[schedule.id] = (
                schedule._period(),
                self._is_quarter_end(schedule),
                schedule._is_extra(self.pay_date, self.end),
            )
        return self._schedules[schedule.id]

    def _last_version(self, slip, versions):
        """The contract of a person who has left and is paid by name all the same.

        :raises ValueError: the period has no contract, and the run no need of one
        """
        version = versions.before(self.end) if versions else None
        if version is None or slip.medical_kind not in CHOSEN:
            raise ValueError(
                f"There is no contract between {us_day(self.start)} and "
                f"{us_day(self.end)}: enter the first (and last) day of the contract. "
                "Somebody who has left is paid by an off-cycle or final pay run."
            )
        return version

    def _earnings(self, slip, schedule, version):
        employee = slip.employee_id
        if self.again:
            return self.posted.get(slip.id, []), [], []
        found, promised = [], ZERO
        for earning in self._due_earnings(slip):
            amount = money(earning.amount)
            code = CODES[earning.kind]
            found.append(Earning(code, amount, earning.name, f"earning:{earning.id}"))
            if earning.kind in RAISES_OVERTIME:
                promised += amount
        for line in slip.input_line_ids:
            if line.code in INPUTS and line.amount:
                name = line.name or INPUTS[line.code]
                found.append(Earning(line.code, money(line.amount), name, "input"))
        if slip.medical_kind == "bonus":
            return found, [], []
        retro, why = self._retro(slip, schedule)
        if slip.employee_id.id in self.paid_time and slip.medical_kind in APART:
            run = self.paid_time[employee.id]
            remark = (
                f"The time of {us_day(self.start)} to {us_day(self.end)} is paid by "
                f"“{run}”: here only additional earnings and corrections."
            )
            return [*retro, *found], [], [remark, *why]
        if not any(self.time.versions[employee.id].within(self.start, self.end)):
            remark = (
                f"There is no contract between {us_day(self.start)} and "
                f"{us_day(self.end)}: no time is paid, only additional earnings, "
                "corrections and imputed income."
            )
            return [*retro, *found], [], [remark, *why]
        earnings, time, remarks = self.time.pay(employee, schedule, promised)
        worked_days = self.time.worked_days(employee, version, time)
        return [*earnings, *retro, *found], worked_days, [*remarks, *why]

    def _retro(self, slip, schedule):
        which = "apart" if slip.medical_kind in APART else slip.medical_kind
        return self.retro[which].earnings(slip.employee_id, schedule)

    def _due_earnings(self, slip):
        for earning in self.earnings.get(slip.employee_id, ()):
            if earning.once:
                key = f"earning:{earning.id}"
                if key not in self.year.paid_once[slip.employee_id.id]:
                    yield earning
            elif earning._covers(self.pay_date) and slip.medical_kind in (
                "regular",
                "final",
            ):
                yield earning

    def _certificate(self, employee, remarks):
        forms = self.w4s.get(employee, self.env["medical.payroll.w4"])
        if any(form.lock_in for form in forms):
            forms = forms.filtered(lambda f: not f.lock_in or f._covers(self.pay_date))
        own, lock_in = forms._certificate()
        if own is None:
            own = missing_w4(self.time.versions[employee.id].hired or self.pay_date)
            entries = (
                "with no other entries"
                if isinstance(own, W4)
                else (
                    "with no allowances, as on the 2019 form, because first paid "
                    "before 2020"
                )
            )
            remarks.append(
                f"There is no Form W-4: withheld as for a single filer {entries} (Pub. 15-T)."
            )
        return own, lock_in

    def _chosen(self, slip):
        employee = slip.employee_id
        chosen = []
        for election in self.elections.get(employee, ()):
            active = election._covers(self.pay_date)
            if slip.medical_kind == "bonus" and not election.percent:
                active = False
            key = f"election:{election.id}"
            taken, above = self._taken(employee, election, key)
            if not active and not taken and not above:
                continue
            # of a bonus, and of a percentage, nothing is made up for
            by = election.plan_id.arrears or ""
            if slip.medical_kind == "bonus" or election.percent:
                by = ""
            asked = replace(election._election(taken, active), above=above)
            if by:
                owed = self.year.owing[employee.id].get(f"owe:{key}", ZERO)
                asked = replace(asked, owed=owed, catch_up=by)
            chosen.append(
                Chosen(
                    key,
                    asked,
                    election.plan_id.payee_id.id or 0,
                    election.plan_id._tiers(),
                    money(election.coverage or 0) if active else ZERO,
                    election.plan_id.skip_extra,
                    by,
                )
            )
        return tuple(chosen)

    def _taken(self, employee, election, key):
        """What counts against the limit or goal so far, and what a state taxed of it."""
        which = kind(election.plan_id.kind, self.pay_date)
        total, above = self.year.taken(employee.id, key, monthly=which.is_monthly)
        if election.goal:
            return self.year.ever[employee.id].get(key, ZERO), above
        return total if which.adds else -total, above

    def _person(self, slip):
        age, employee = 0, slip.employee_id
        if employee.birthday:
            age = self.pay_date.year - employee.birthday.year
        elections = self.elections.get(employee, ())
        active = [e for e in elections if e._covers(self.pay_date)]
        family = any(e.family for e in active)
        separate = any(e.separate for e in active)
        # last year's wages decide about catch-up contributions alone; none is no zero
        who = (slip.company_id.id, employee.id)
        prior = self.year.prior.get(who) if elections else None
        if employee.medical_prior_wages_year == self.pay_date.year - 1:
            prior = money(employee.medical_prior_wages)
        return Person(age, family, prior, separate)

    def _work_states(self, slip, schedule):
        """The states of work of a period in which the person worked in several."""
        if slip.medical_kind == "bonus":
            return ()
        return tuple(
            WorkState(state, weight, self.employers.of(slip.company_id, state))
            for state, weight in self.time.work_states(
                slip.employee_id, schedule
            ).items()
        )

    def _states(self, employee, work_states):
        if set(work_states) - set(NAMES):
            raise ValueError(
                "There is no work state: enter it on the employee, or the state in "
                "the company's address."
            )
        work, home = {}, []
        for form in self.forms.get(employee, ()):
            if form.role == "home":
                home.append(form)
            else:
                work[form.state_id.code] = form
        # the home state taxes all pay, of which a part may have been earned there
        several = len(work_states) > 1
        homes = {form.state_id.code for form in home} if several else set()
        found = [
            StateForm(state, work[state]._entries())
            if state in work
            else StateForm(state, {"form_on_file": False})
            for state in work_states
            if state not in homes
        ]
        found += [
            StateForm(form.state_id.code, form._entries(), form.credit, several)
            for form in home
            if several or form.state_id.code not in work_states
        ]
        return tuple(found)

    def _locals(self, slip):
        found = []
        for enrollment in self.local.get(slip.employee_id, ()):
            records = self.local_taxes[slip.company_id.id]
            tax = in_force(records, enrollment.code, self.pay_date)
            if tax is None:
                raise LocalTaxError(
                    f"The local tax {enrollment.code} has no record for {us_day(self.pay_date)}: "
                    "enter its rate of that day."
                )
            found.append(Enrolled(tax, enrollment.resident, enrollment.allowances))
        return tuple(found)

    def _owed(self, employee):
        return tuple(
            Owed(
                f"order:{order.id}",
                order._as_order(
                    self.year.ever[employee.id].get(f"order:{order.id}", ZERO)
                ),
                order.payee_id.id,
            )
            for order in self.orders.get(employee, ())
        )

    def _latest(self, who, earnings):
        """Wages of the last regular pay, which only a bonus is taxed by."""
        if not any(earning.code == SUPPLEMENTAL for earning in earnings):
            return ZERO
        return self.year.latest.get(who, ZERO)

    def _tax_last_year(self, who, earnings):
        """Whether income tax was withheld in the year before, which a bonus asks for."""
        if not any(earning.code == SUPPLEMENTAL for earning in earnings):
            return False
        return who in self.year.taxed_last_year

    def _is_quarter_end(self, schedule):
        """Whether no other regular pay of the schedule falls in the same quarter."""
        following = schedule._period_on(self.end + timedelta(days=1))
        after = schedule._pay_date(following.end)
        return (after.year, (after.month - 1) // 3) != (
            self.pay_date.year,
            (self.pay_date.month - 1) // 3,
        )
