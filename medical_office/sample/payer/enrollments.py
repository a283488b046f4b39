"""The sample practice's payers (invented), twelve providers' enrollments in every state,
clocks, notices."""

from datetime import timedelta

from odoo import Command, models

from ..people.records import check_digit

# name, payer ID, lines, review days, visits a week, dollars a visit, timely, appeal
PAYERS = (
    ("Badger Mutual Health", "BMH01", ("commercial",), 75, 14, 118, 180, 180),
    (
        "Lakeland Community Plan",
        "LCP22",
        ("commercial", "exchange"),
        90,
        9,
        104,
        90,
        60,
    ),
    ("Northwoods Health Alliance", "NHA07", ("commercial",), 60, 6, 126, 120, 90),
    ("Medicare (sample contractor)", "MCRWI", ("medicare",), 65, 22, 97, 365, 120),
    ("Harbor Advantage", "HADV4", ("medicare_advantage",), 90, 8, 99, 365, 60),
    ("State Medicaid (sample)", "WIMCD", ("medicaid",), 45, 11, 61, 365, 60),
    ("Prairie Family Care", "PFC15", ("medicaid_managed",), 60, 5, 58, 180, 60),
    ("Great River Compensation", "GRC90", ("workers_comp",), 30, 1, 142, 365, 90),
)
PAYERS_MEDICAID = 5
LINES = {
    "commercial": "commercial",
    "exchange": "exchange",
    "medicare": "medicare",
    "medicare_advantage": "advantage",
    "medicaid": "medicaid",
    "medicaid_managed": "managed",
    "workers_comp": "compensation",
}
PROVIDERS = (
    "whitfield",
    "okafor",
    "lindqvist",
    "ramirez",
    "chen",
    "patel",
    "novak",
    "haddad",
)
# contracted: no login and no pay, but enrolled like everybody. (key, name, NPI's first nine)
CONTRACTED = (
    ("adler", "Ruth Adler", "123410001"),
    ("osei", "Kwame Osei", "123410002"),
    ("yamada", "Ken Yamada", "123410003"),
    ("brooks", "Helen Brooks", "123410004"),
)
NORTH = ("ramirez", "chen", "novak", "adler", "yamada")
# (provider, payer's place): state, needed so many days ago, next follow-up in days
PENDING = {
    ("haddad", 0): ("in_review", 41, 2),
    ("haddad", 1): ("returned", 41, None),
    ("haddad", 3): ("submitted", 41, -3),
    ("haddad", 4): ("gathering", 20, None),
    ("haddad", 5): ("planned", -60, None),
    ("haddad", 6): ("planned", -60, None),
    ("chen", 2): ("in_review", 12, 5),
    ("novak", 4): ("submitted", 8, 9),
    ("novak", 7): ("terminated", 300, None),
    ("yamada", 0): ("in_review", 18, 4),
    ("yamada", 2): ("submitted", 18, 6),
    ("yamada", 3): ("gathering", -20, None),
    ("yamada", 4): ("returned", 18, None),
    # comes in spring, and is planned with everybody
    **{("osei", place): ("planned", -120, None) for place in range(8)},
    # has left
    **{("brooks", place): ("terminated", 500, None) for place in range(8)},
}


class CoreSample(models.AbstractModel):
    _inherit = "medical.core.sample"

    def _load_payer_enrollments(self, practice):
        """Eight payers; whoever sees patients is enrolled or on the way; three notices."""
        payers = self._sample_payers(practice)
        enrollments = practice.env["medical.payer.enrollment"]
        keys, values = [], []
        self._sample_contracted(practice)
        people = [*PROVIDERS, *(row[0] for row in CONTRACTED)]
        for number, person in enumerate(people):
            for place, payer in enumerate(payers):
                key = (person, place)
                keys.append(key)
                values.append(self._sample_enrollment(practice, payer, key, number))
        made = enrollments.create(values)
        for (person, place), enrollment in zip(keys, made, strict=True):
            self._sample_state(practice, (person, place), enrollment)
        first = made[keys.index(("haddad", 0))]
        practice.keep({"payer_badger": payers[0], "payer_enrollment": first})
        self._sample_follow_ups(practice, made)
        self._sample_clocks(practice, payers)
        self._sample_notices(practice, payers)

    def _sample_contracted(self, practice):
        people = practice.env["hr.employee"].create(
            [
                {
                    "name": name,
                    "company_id": practice.company.id,
                    "employee_type": "contractor",
                    "job_title": "Physician (contracted)",
                }
                for _key, name, _npi in CONTRACTED
            ]
        )
        practice.keep(
            {
                f"person_{row[0]}": person
                for row, person in zip(CONTRACTED, people, strict=True)
            }
        )

    def _sample_payers(self, practice):
        env = practice.env
        manager = practice.acting("alvarez").env  # who enters partners
        partners = manager["res.partner"].create(
            [{"name": row[0], "is_company": True} for row in PAYERS]
        )
        representative = manager["res.partner"].create(
            {
                "name": "Dana Whitlock",
                "parent_id": partners[0].id,
                "email": "dana.whitlock@badger.example",
                "function": "Provider representative",
            }
        )
        payers = env["medical.payer.payer"].create(
            [
                {
                    "partner_id": partner.id,
                    "company_id": practice.company.id,
                    "payer_ref": ref,
                    "line_ids": [
                        Command.set(
                            [
                                env.ref(f"medical_office.payer_line_{LINES[line]}").id
                                for line in lines
                            ]
                        )
                    ],
                    "portal_url": f"https://{ref.lower()}.example/providers",
                    "user_id": practice.user("cole").id,
                    "review_days": review,
                    "visits_week": visits,
                    "payment_visit": payment,
                    "timely_filing_days": timely,
                    "appeal_days": appeal,
                    "remittance_terms": "EFT, weekly",
                    "relies_on_caqh": "medic" not in lines[0],
                }
                for partner, row in zip(partners, PAYERS, strict=True)
                for _name, ref, lines, review, visits, payment, timely, appeal in [row]
            ]
        )
        payers[PAYERS_MEDICAID].state_id = env.ref("base.state_us_50")
        payers[0].write(
            {
                "representative_id": representative.id,
                "notice_senders": "notices@badger.example",
            }
        )
        return payers

    def _sample_enrollment(self, practice, payer, key, number):
        days = PENDING[key][1] if key in PENDING else 400 + 90 * number
        north = key[0] in NORTH
        numbers = {row[0]: row[2] for row in CONTRACTED}
        stem = numbers.get(key[0])
        return {
            **({"npi": stem + check_digit(stem)} if stem else {}),
            "provider_id": practice.get(f"person_{key[0]}").id,
            "payer_id": payer.id,
            "site_id": practice.get("site_ln" if north else "site_lm").id,
            "line_id": payer.line_ids[:1].id,
            "date_needed": practice.today - timedelta(days=days),
            "user_id": practice.user("cole").id,
            "visits_week": payer.visits_week,
            "payment_visit": payer.payment_visit,
        }

    def _sample_state(self, practice, key, enrollment):
        """A history that is loaded: its states are the program's."""
        state, _days, follow_up = PENDING.get(key, ("effective", 0, None))
        values = {"state": state}
        needed = enrollment.date_needed
        if state not in ("planned", "gathering"):
            values["submitted_on"] = needed - timedelta(days=60)
            values["application_ref"] = f"APP-{10400 + enrollment.id % 997}"
        if state in ("effective", "terminated"):
            values["date_effective"] = needed + timedelta(days=9)
            values["number"] = f"P{70210 + enrollment.id % 997}"
            values["claims"] = "released"
        if state == "terminated":
            values["date_terminated"] = practice.today - timedelta(days=30)
        if key == ("okafor", 7):  # effective, and nobody has released the claims
            values |= {
                "date_effective": practice.today - timedelta(days=4),
                "date_needed": practice.today - timedelta(days=34),
                "claims": "held",
            }
        if follow_up is not None:
            values["next_touch"] = practice.today + timedelta(days=follow_up)
        enrollment._pen().write(values)

    def _sample_follow_ups(self, practice, made):
        reviewed = made.filtered(lambda one: one.state in ("in_review", "returned"))
        practice.env["medical.payer.touch"].with_user(practice.user("cole")).create(
            [
                {
                    "enrollment_id": enrollment.id,
                    "method": "phone",
                    "contact": "Enrollment desk",
                    "reference": f"CALL-{5500 + number}",
                    "said": "In line with the committee of this month."
                    if enrollment.state == "in_review"
                    else "Sent back: the signature on page 4 is missing.",
                    "next_touch": practice.today + timedelta(days=2 + number),
                }
                for number, enrollment in enumerate(reviewed)
            ]
        )

    def _sample_clocks(self, practice, payers):
        """Attested at different times: one is due soon, one is over."""
        days = {"okafor": 108, "ramirez": 125}
        values = [
            {
                "provider_id": practice.get(f"person_{person}").id,
                "kind": "caqh",
                "company_id": practice.company.id,
                "done_on": practice.today
                - timedelta(days=days.get(person, 20 + 9 * number)),
                "user_id": practice.user("cole").id,
            }
            for number, person in enumerate(PROVIDERS)
        ]
        values += [
            {
                "provider_id": practice.get(f"person_{person}").id,
                "kind": kind,
                "payer_id": payers[place].id,
                "company_id": practice.company.id,
                "done_on": practice.today - timedelta(days=past),
                "user_id": practice.user("cole").id,
            }
            for person, kind, place, past in (
                ("whitfield", "medicare", 3, 1700),
                ("okafor", "medicare", 3, 900),
                ("lindqvist", "recredential", 0, 1010),
                ("patel", "medicaid", 5, 1200),
            )
        ]
        practice.env["medical.payer.clock"].create(values)

    def _sample_notices(self, practice, payers):
        def day(days):
            return practice.today + timedelta(days=days)

        notices = practice.env["medical.payer.notice"].create(
            [
                {
                    "name": "Fee schedule change from January 1",
                    "payer_id": payers[1].id,
                    "company_id": practice.company.id,
                    "kind": "fee",
                    "user_id": practice.user("schwartz").id,
                    "received_on": day(-6),
                    "response_due": day(24),
                    "effective_on": day(33),
                    "sender": "contracts@lakeland.example",
                },
                {
                    "name": "Record request 4471",
                    "payer_id": payers[0].id,
                    "company_id": practice.company.id,
                    "kind": "records",
                    "user_id": practice.user("cole").id,
                    "received_on": day(-20),
                    "response_due": day(2),
                    "sender": "notices@badger.example",
                },
                {
                    "name": "Important update to your participation",
                    "company_id": practice.company.id,
                    "received_on": day(-3),
                    "sender": "no-reply@unknown-plan.example",
                },
            ]
        )
        notices[:2].action_work()
