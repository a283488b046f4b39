"""Every measure and every check of compliance on the sample practice: what goes wrong is
found and named, and nothing is said of it once it is mended.

A plant is a generator: what it makes first is in order; it breaks something and yields the
words that name it; it mends it. A new measure or check without a plant fails the test.
"""

from datetime import timedelta
from typing import NamedTuple

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from ...models.compliance.measure.measure import Period
from ..common import SampleCase

DAYS = 45
LONG_AGO = "2020-01-06"


class Said(NamedTuple):
    """:param gaps: sentences, one for each thing that is wrong"""

    found: int
    gaps: frozenset


class PlantCase(SampleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.ref("medical_office_sample.company")
        cls.today = cls.company._medical_today()
        cls.env = cls.env(
            context={
                **cls.env.context,
                **cls.company._medical_day_context(),  # as the job that runs checks
                "allowed_company_ids": cls.company.ids,
            }
        )
        cls.company = cls.company.with_env(cls.env)
        cls.site = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id), ("medical_is_site", "=", True)],
            limit=1,
        )

    def put(self, records, **values):
        """Write by SQL, as nobody does by a screen."""
        self.env.flush_all()
        names = ", ".join(f"{name} = %s" for name in values)
        self.env.cr.execute(
            f"UPDATE {records._table} SET {names} WHERE id = ANY(%s)",
            [*values.values(), records.ids],
        )
        self.env.invalidate_all()

    def day(self, days=0):
        return self.today + timedelta(days=days)

    def at(self, days=0):
        return fields.Datetime.now() + timedelta(days=days)

    def one(self, model, *domain, **options):
        found = self.env[model].search(
            [("company_id", "=", self.company.id), *domain], limit=1, **options
        )
        self.assertTrue(found, (model, domain))
        return found

    def new(self, model, **values):
        return self.env[model].sudo()._pen().create(values)

    def person(self, name, **values):
        """Somebody who has worked here for years."""
        person = self.env["hr.employee"].create(
            {"name": name, "company_id": self.company.id, **values}
        )
        self.put(person.version_id, contract_date_start=LONG_AGO, date_version=LONG_AGO)
        return person

    def user(self, login):
        return new_test_user(
            self.env,
            login,
            groups="medical_office.core_group_staff",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )

    def trained(self, person, training):
        self.new(
            "medical.compliance.training.record",
            employee_id=person.id,
            training_id=training.id,
            done_on=self.today,
        )

    def associate(self, name):
        partner = self.env["res.partner"].create({"name": name, "is_company": True})
        return self.new(
            "medical.compliance.associate",
            company_id=self.company.id,
            partner_id=partner.id,
            services="Shreds charts",
        )

    def agreement(self, associate, **values):
        self.new(
            "medical.core.credential",
            type_id=self.env.ref(
                "medical_office.compliance_credential_type_agreement"
            ).id,
            partner_id=associate.partner_id.id,
            company_id=self.company.id,
            date_from=LONG_AGO,
            date_to=self.day(700),
            state="verified",
            **values,
        )
        self.env.invalidate_all()

    def reader(self, **values):
        text = self.env["medical.core.text"].create(
            {"name": "Planted policy", "company_id": self.company.id}
        )
        version = self.new(
            "medical.core.text.version",
            text_id=text.id,
            body="<p>Wash hands.</p>",
            state="in_force",
        )
        campaign = self.new(
            "medical.compliance.campaign",
            text_id=version.text_id.id,
            version_id=version.id,
            company_id=self.company.id,
            date_due=self.day(-2),
            group_ids=[
                Command.set(self.env.ref("medical_office.core_group_director").ids)
            ],
            state="running",
        )
        return self.new(
            "medical.compliance.campaign.reader",
            campaign_id=campaign.id,
            user_id=self.user("planted_reader").id,
            **values,
        )

    def walk(self, plants, ask):
        """Set, ask, break, ask, mend, ask.

        :param plants: {code: generator}
        :param ask: takes a code, answers :class:`Said`
        """
        faults = []
        for code, plant in plants.items():
            with self.env.cr.savepoint() as savepoint:
                fault = self.fault_of(plant, ask, code)
                savepoint.rollback()
            self.env.invalidate_all()
            if fault:
                faults.append(f"{code}: {fault}")
        self.assertFalse(faults, "\n".join(faults))

    def fault_of(self, plant, ask, code):
        def asked():
            self.env.flush_all()
            self.env.invalidate_all()
            return ask(code)

        next(plant)
        before = asked()
        word = next(plant)
        broken = asked()
        if broken.found <= before.found:
            return f"not found: {word}"
        if not [gap for gap in broken.gaps - before.gaps if word in gap]:
            return f"not named: {word}, but {broken.gaps - before.gaps}"
        next(plant, None)
        after = asked()
        return after != before and f"not silent: {after.gaps ^ before.gaps}"


@tagged("post_install", "-at_install")
class TestEveryMeasure(PlantCase):
    def count(self, code, days, site):
        measure = self.env.ref(f"medical_office.compliance_measure_{code}")
        return measure._count(
            Period(self.day(1 - days), self.today, self.company, site)
        )

    def ask_measure(self, code):
        said = self.count(code, DAYS, self.env["stock.warehouse"])
        return Said(said.found, frozenset((said.summary or "").splitlines()))

    def test_each_measure_finds_and_names_what_is_planted(self):
        measures = self.env["medical.compliance.measure"].search(
            [("method", "not in", ("_medical_measure_access_log",))]
        )
        self.assertGreater(len(measures), 30)
        begin = len("_medical_")
        self.walk(
            {one.code: getattr(self, one.method[begin:])(one) for one in measures},
            self.ask_measure,
        )

    def test_each_site_counts_its_own(self):
        nowhere = self.env["stock.warehouse"]
        sites = nowhere.search(
            [("company_id", "=", self.company.id), ("medical_is_site", "=", True)]
        )
        self.assertEqual(len(sites), 2)
        for code in (
            "rounds_on_time", "eyewash", "controlled_counts", "discrepancies",
            "excursions",
        ):  # fmt: skip
            parts = []
            for site in sites:
                try:
                    parts.append(self.count(code, 365, site).looked_at)
                except UserError:  # nothing to count there
                    parts.append(0)
            self.assertEqual(sum(parts), self.count(code, 365, nowhere).looked_at, code)
            self.assertTrue(any(parts), code)

    def test_each_site_counts_its_own_people(self):
        nowhere = self.env["stock.warehouse"]
        asked = ("licenses", "training", "i9_complete")
        people = self.env["hr.employee"].search([("company_id", "=", self.company.id)])
        self.assertTrue(people._medical_elsewhere(self.site))
        for code in asked:
            whole = self.count(code, 365, nowhere)
            here = self.count(code, 365, self.site)
            self.assertTrue(0 < here.looked_at < whole.looked_at, code)
            for gap in (here.summary or "").splitlines():
                elsewhere = people._medical_elsewhere(self.site).mapped("name")
                self.assertFalse(gap.startswith(tuple(elsewhere)), gap)

    def test_a_policy_is_counted_at_the_site_of_its_reader(self):
        own = self.site
        reader = self.one(
            "hr.employee",
            ("user_id", "!=", False),
            ("work_location_id.medical_site_id", "=", own.id),
        )
        row = self.reader(acknowledged_at=None)
        self.put(row, user_id=reader.user_id.id)
        other = own.search(
            [("medical_is_site", "=", True), ("id", "!=", own.id)], limit=1
        )
        self.assertIn(reader.name, self.count("policies_read", DAYS, own).summary)
        reader.work_location_id = self.env["hr.work.location"].search(
            [("medical_site_id", "=", other.id)]
        )
        try:
            said = self.count("policies_read", DAYS, own).summary or ""
        except UserError as nothing:
            said = str(nothing)
        self.assertNotIn(reader.name, said)

    def test_the_access_log_is_no_evidence_while_it_is_empty(self):
        self.env["medical.core.opened"].sudo()._pen().search([]).unlink()
        with self.assertRaisesRegex(UserError, "Nothing is in the sensitive data"):
            self.ask_measure("access_log")
        person = self.one("hr.employee")
        self.env["medical.core.opened"]._log(person, "Pay")
        self.assertEqual(self.ask_measure("access_log").found, 0)
        self.assertIn(f"{self.env.user.name}: 1", self.ask_measure("access_log").gaps)

    # ------------------------------------------------------- the plants of measures

    def measure_rounds(self, measure):
        checklist = measure.checklist_ids[:1] or self.env.ref(
            "medical_office.facility_checklist_eyewash_weekly"
        )
        room = self.one("stock.location", ("medical_site_id", "=", self.site.id))
        schedule = self.new(
            "medical.core.schedule",
            name="Planted rounds",
            company_id=self.company.id,
            checklist_id=checklist.id,
            site_id=self.site.id,
            room_ids=[Command.set(room.ids)],
            owner_id=self.env.ref("base.user_admin").id,
            frequency="daily",
            times="08:00",
            date_start=self.day(-20),
        )
        schedule._generate(self.day(-20), self.day(-1))
        rounds = schedule.round_ids.sorted("date_due")
        self.assertTrue(rounds)
        self.put(rounds, state="done", signed_at=self.at(), missed_at=None)
        yield
        last = rounds[-1]
        self.put(last, state="missed", missed_at=self.at())
        yield f"{last.display_name}: missed"
        self.put(last, state="done", missed_at=None)

    def measure_audits(self, measure):
        audit = self.one(
            "medical.core.round", ("is_audit", "=", True), ("state", "=", "done")
        )
        # due at eight in the morning here, signed in the evening: a day later in UTC
        due, end = self.company._medical_moments(self.day(-3), self.day(-3))
        evening = end - timedelta(minutes=5)
        self.put(audit, date_due=due + timedelta(hours=8), signed_at=evening)
        yield
        self.put(audit, signed_at=evening + timedelta(hours=1))
        yield audit.display_name
        self.put(audit, signed_at=evening)

    def measure_credentials(self, measure):
        rows = self.env["medical.people.readiness"].search(
            [
                ("company_id", "=", self.company.id),
                ("requirement_id.type_ids", "in", measure.type_ids.ids),
                ("status", "=", "held"),
            ]
        )
        yield
        row = rows[0]
        who = row.employee_id
        held = self.env["medical.core.credential"].search(
            [
                ("user_id", "=", who.user_id.id),
                ("type_id", "in", row.requirement_id.type_ids.ids),
                ("state", "=", "verified"),
            ]
        )
        ends = {one: one.date_to or None for one in held}
        self.put(held, date_from=LONG_AGO, date_to=self.day(-2))
        yield f"{who.name}: {row.requirement_id.name}"
        for one, end in ends.items():
            self.put(one, date_to=end)

    def measure_training(self, measure):
        trainings = measure.with_context(active_test=False).training_ids
        trainings.sudo()._pen().write(
            {"active": True, "basis": "everyone", "first_days": 0, "months": 12}
        )
        for training in trainings:
            for person in self.env["hr.employee"].search(
                [("company_id", "=", self.company.id)]
            ):
                self.trained(person, training)
        yield
        person = self.person("Untaught Planted")
        yield "Untaught Planted: "
        status = self.env["medical.compliance.training.status"]
        for row in status.search([("employee_id", "=", person.id)]):
            self.trained(person, row.training_id)

    def measure_i9(self, measure):
        self.person("Contracting Planted", employee_type="contractor")
        yield
        person = self.person("Formless Planted")
        yield "Formless Planted: no Form I-9"
        self.new(
            "medical.people.i9",
            employee_id=person.id,
            first_day=LONG_AGO,
            state="complete",
        )

    def measure_departed(self, measure):
        # somebody left and works for another company of the same owners
        user = self.user("planted_moved")
        gone = self.person("Moved Planted", user_id=user.id)
        other = self.env["res.company"].create({"name": "Planted company"})
        self.person("Moved Planted", user_id=user.id, company_id=other.id)
        gone.active = False
        user.active = True
        left = self.person("Left Planted", user_id=self.user("planted_left").id)
        left.active = left.user_id.active = False
        yield
        person = self.person("Departed Planted", user_id=self.user("planted_gone").id)
        person.active = False
        yield "Departed Planted (planted_gone)"
        person.user_id.active = False

    def measure_unique(self, measure):
        yield
        user = self.user("planted_login")
        yield "planted_login: no employee"
        self.person("Login Planted", user_id=user.id)

    def measure_logoff(self, measure):
        settings = self.env["ir.config_parameter"].sudo()
        settings.set_param("sessions.max_inactivity_seconds", "600")
        yield
        settings.set_param("sessions.max_inactivity_seconds", "1200")
        yield "Sessions end after 20 minutes"
        settings.set_param("sessions.max_inactivity_seconds", "600")

    def measure_pay_access(self, measure):
        yield
        right = self.env["ir.model.access"].create(
            {
                "name": "Planted right",
                "model_id": self.env["ir.model"]._get_id("hr.payslip"),
                "perm_read": True,
            }
        )
        yield "“Planted right” lets everybody read pay"
        right.unlink()

    def measure_seals(self, measure):
        verify = self.env["medical.core.seal.verification"]._verify
        audit = self.one(
            "medical.core.round", ("is_audit", "=", True), ("state", "=", "done")
        )
        line = audit.line_ids[0]
        note = line.note or None
        verify()
        yield
        self.put(line, note="Planted by SQL")
        verify()
        yield audit.display_name
        self.put(line, note=note)
        verify()

    def measure_screening(self, measure):
        model = self.env["medical.compliance.exclusion.screening"]
        months = {self.day(-back).replace(day=1) for back in range(DAYS)}
        known = model.search([("company_id", "=", self.company.id)])
        for month in months - set(known.mapped("month")):
            known |= self.new(
                model._name,
                company_id=self.company.id,
                month=month,
                screened_at=self.at(),
            )
        self.put(known, state="signed")
        yield
        last = known.sorted("month")[-1]
        self.put(last, state="done")
        yield ": not signed"
        self.put(last, state="signed")

    def measure_agreements(self, measure):
        associate = self.associate("Bound Planted")
        self.agreement(associate)
        yield
        associate = self.associate("Unbound Planted")
        yield "Unbound Planted"
        self.agreement(associate)

    def measure_policies(self, measure):
        row = self.reader(acknowledged_at=self.at())
        yield
        self.put(row, acknowledged_at=None)
        yield row.user_id.name
        self.put(row, acknowledged_at=self.at())

    def measure_findings(self, measure):
        finding = self.one("medical.compliance.audit.finding")
        # closed in the evening of its day here, which is the next day in UTC
        evening = self.company._medical_moments(self.today, self.day(-3))[1]
        evening -= timedelta(minutes=5)
        self.put(finding, state="closed", date_due=self.day(-3), closed_at=evening)
        yield
        self.put(finding, closed_at=evening + timedelta(hours=1))
        yield finding.display_name
        self.put(finding, closed_at=evening)

    def measure_risk_analysis(self, measure):
        analysis = self.one("medical.compliance.risk.analysis")
        self.put(analysis, state="signed", date=self.day(-5))
        yield
        self.put(analysis, state="draft")
        yield "No risk analysis was signed"
        self.put(analysis, state="signed")

    def measure_counts(self, measure):
        log = self.one(
            "medical.supply.controlled.log",
            ("kind", "=", "counted"),
            ("difference", "=", 0),
        )
        state = log.state
        self.put(log, at=self.at(-2), state="final")
        yield
        self.put(log, state="witness" if state == "final" else state)
        yield f"{log.display_name}: not witnessed"
        self.put(log, state="final")

    def measure_discrepancies(self, measure):
        found = self.one("medical.supply.discrepancy")
        self.put(found, date=self.at(-2), closed_at=self.at())
        yield
        self.put(found, closed_at=None)
        yield found.display_name
        self.put(found, closed_at=self.at())

    def measure_excursions(self, measure):
        found = self.one("medical.supply.excursion")
        self.put(
            found, started_at=self.at(-90), ended_at=self.at(-89), state="discarded"
        )
        yield
        # began before the period and lasted into it
        self.put(found, ended_at=self.at(-2))
        yield found.display_name
        self.put(found, ended_at=self.at(-89))

    def measure_excursions_closed(self, measure):
        found = self.one("medical.supply.excursion")
        self.put(found, started_at=self.at(-9), ended_at=self.at(-8), state="discarded")
        yield
        self.put(found, state="quarantined")
        yield found.display_name
        self.put(found, state="discarded")

    def measure_check(self, measure):
        check = measure.check_id
        self.put(check.exception_ids, date_closed=self.at(-90), state="closed")
        check._run()
        yield
        exception = self.new(
            "medical.core.exception",
            check_id=check.id,
            domain=check.domain,
            company_id=self.company.id,
            summary="Planted exception",
            severity="high",
            res_model="res.company",
            res_id=self.company.id,
            key="planted",
            date_opened=self.at(-3),
        )
        yield "Planted exception (open)"
        exception.sudo()._pen().unlink()

    # ---------------------------------------------------------------- the checks

    def ask_check(self, code):
        check = self.env["medical.core.check"].search([("code", "=", code)])
        rows = check._to_run(check)._call().rows
        return Said(len(rows), frozenset(row.summary for row in rows))

    def test_each_check_finds_and_names_what_is_planted(self):
        checks = self.env["medical.core.check"].search([("domain", "=", "compliance")])
        self.assertGreater(len(checks), 14)
        begin = len("compliance_")
        self.walk(
            {one.code: getattr(self, f"check_{one.code[begin:]}")() for one in checks},
            self.ask_check,
        )

    # --------------------------------------------------------- the plants of checks

    def check_exclusion_missed(self):
        model = self.env["medical.compliance.exclusion.screening"]
        month = self.today.replace(day=1)
        before, earlier = ((month - timedelta(days=n)).replace(day=1) for n in (1, 40))
        known = model.search([("company_id", "=", self.company.id)])
        known |= model.union(
            *(
                self.new(
                    model._name,
                    company_id=self.company.id,
                    month=one,
                    screened_at=self.at(),
                )
                for one in (month, before, earlier)
                if one not in known.mapped("month")
            )
        )
        self.put(known, state="signed")
        yield
        # the month after, nobody has been screened in two months
        own = known.filtered(lambda one: one.month in (before, month))
        months = {one: one.month for one in own}
        for shift, one in enumerate(own):
            self.put(one, month=earlier - timedelta(days=400 + shift))
        yield f"Nobody was screened for exclusion in {before:%B %Y}"
        for one, own_month in months.items():
            self.put(one, month=own_month)

    def check_exclusion_match(self):
        match = self.one("medical.compliance.exclusion.match", ("state", "=", "open"))
        self.put(match.party_id.match_ids, state="cleared")
        yield
        self.put(match, state="open")
        yield f"{match.party_id.name} may stand on an exclusion list"
        self.put(match, state="cleared")

    def check_agreement_missing(self):
        yield
        associate = self.associate("Unbound Planted")
        yield "Unbound Planted"
        self.agreement(associate)

    def check_policy_unread(self):
        row = self.reader(acknowledged_at=self.at())
        yield
        self.put(row, acknowledged_at=None)
        yield row.user_id.name
        self.put(row, acknowledged_at=self.at())

    def check_audit_due(self):
        audit = self.one(
            "medical.core.round", ("is_audit", "=", True), ("state", "=", "planned")
        )
        due = audit.date_due
        yield
        self.put(audit, date_due=self.at(-3))
        yield audit.schedule_id.name
        self.put(audit, date_due=due)

    def check_finding_overdue(self):
        finding = self.one("medical.compliance.audit.finding")
        self.put(finding, state="open", date_due=self.day(20))
        yield
        self.put(finding, date_due=self.day(-2))
        yield finding.display_name
        self.put(finding, state="closed", closed_at=self.at())

    def check_finding_effect(self):
        finding = self.one("medical.compliance.audit.finding")
        self.put(finding, state="look", look_due=self.day(3))
        yield
        self.put(finding, look_due=self.day(-1))
        yield finding.display_name
        self.put(finding, state="closed", closed_at=self.at())

    def check_risk_analysis(self):
        analysis = self.env["medical.compliance.risk.analysis"].search([])
        self.put(analysis, state="signed", date=self.day(-5))
        yield
        self.put(analysis, date=self.day(-400))
        yield f"{self.company.name} has not signed a risk analysis"
        self.put(analysis, date=self.day(-5))

    def check_training_late(self):
        yield
        person = self.person("Untaught Planted")
        yield "Untaught Planted: "
        status = self.env["medical.compliance.training.status"]
        for row in status.search([("employee_id", "=", person.id)]):
            self.trained(person, row.training_id)

    def incident(self, **values):
        return self.new(
            "medical.compliance.incident",
            kind="safety",
            what="Planted: a shelf came down",
            company_id=self.company.id,
            happened_on=self.day(-5),
            **values,
        )

    def check_incident_open(self):
        incident = self.incident()
        self.put(incident, reported_on=self.today, state="reported")
        yield
        self.put(incident, reported_on=self.day(-4))
        yield f"Incident {incident.id} waits to be looked into"
        self.put(incident, state="looking")

    def osha_case(self, **values):
        return self.new(
            "medical.compliance.osha.case",
            incident_id=self.incident().id,
            employee_id=self.person("Injured Planted").id,
            job_title="Nurse",
            happened_on=self.day(-5),
            site_id=self.site.id,
            **values,
        )

    def check_osha_severe(self):
        case = self.osha_case()
        yield
        case.sudo()._pen().write(
            {"severe": "death", "severe_at": self.at(-2), "learned_at": self.at(-2)}
        )
        yield f"{case.display_name}: OSHA should have been told"
        case.sudo()._pen().write({"told_osha_at": self.at()})

    def check_osha_entered(self):
        yield
        case = self.osha_case(learned_at=self.at(-9))
        yield f"{case.display_name} is to be put on the log"
        self.put(case, state="off")

    def check_osha_year(self):
        log = self.new(
            "medical.compliance.osha.year",
            company_id=self.company.id,
            site_id=self.site.id,
            year=self.today.year - 2,
            average_employees=40,
            peak_employees=40,
            hours=80000,
            state="certified",
        )
        log.sudo()._pen().write(log._live_totals())
        yield
        name, value = next(iter(log._live_totals().items()))
        self.put(log, **{name: value + 1})
        yield f"{log.display_name} has changed since"
        self.put(log, **{name: value})

    def check_breach_clock(self):
        breach = self.new(
            "medical.compliance.breach",
            name="Planted fax",
            company_id=self.company.id,
            discovered_on=self.today,
            is_secured=True,
        )
        yield
        # said to need no notice, and approved by nobody
        self.put(breach, discovered_on=self.day(-20))
        yield f"Breach assessment {breach.id} is not approved, day 20"
        self.put(breach, state="closed")

    def check_retention_due(self):
        person = self.person("Filed Planted")
        self.new(
            "medical.people.document",
            employee_id=person.id,
            type_id=self.env["medical.people.document.type"].search([], limit=1).id,
            date=LONG_AGO,
            state="accepted",
            has_file=True,
        )
        yield
        self.put(person.version_id, contract_date_start="1980-01-07")
        self.put(person.version_id, departure_date="1981-01-07")
        yield "Papers past their retention: "
        self.put(person.version_id, departure_date=None)
