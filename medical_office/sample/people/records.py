"""The sample practice's credentials and personnel files, some ending, some not complete."""

from datetime import timedelta

from odoo import Command, fields, models

from ...sample.core.practice import read_scenario
from ...tools.dates import month_end

JOBS = {
    "license_md": ("Medical Director", "Physician"),
    "license_np": ("Nurse Practitioner",),
    "license_rn": ("Lead Registered Nurse", "Registered Nurse"),
    "dea": ("Medical Director", "Physician", "Nurse Practitioner"),
    "npi": ("Medical Director", "Physician", "Nurse Practitioner"),
    "malpractice": ("Medical Director", "Physician", "Nurse Practitioner"),
    "cert_ma": ("Medical Assistant",),
    "cmom": ("Office Manager",),
}
CLINICAL = (
    *JOBS["license_md"],
    *JOBS["license_np"],
    *JOBS["license_rn"],
    *JOBS["cert_ma"],
)
# how a state's board writes its numbers, as the table of patterns has it
SUFFIX = {"license_md": "20", "license_np": "33", "license_rn": "30"}
# person, type: ends in so many days (negative: it has ended)
ENDING = {
    ("okafor", "dea"): 41,
    ("brandt", "license_rn"): 25,
    ("kowalski", "bls"): 12,
    ("bailey", "bls"): -9,
    ("davis", "cert_ma"): 55,
    ("alvarez", "cmom"): 70,
}
MISSING = {("kim", "bls"), ("olsen", "hep_b")}
UNVERIFIED = {("haddad", "dea"), ("singh", "cert_ma")}
PRACTICE = (
    ("clia", "52D2083417", 160),
    ("practice_npi", "1003000126", None),
    ("radiology", "XR-20417", 75),
    ("business", "BL-2026-3381", 33),
    ("liability", "GL 7741-0098", 240),
    ("workers_comp", "WC 5518-2207", 52),
)
# duties: name, department, people needed, credential, who, who covers
DUTIES = (
    ("Phlebotomy", "Nursing", 1, None, ("torres",), ("singh", "bailey")),
    ("Rapid response", "Nursing", 2, "bls", ("johnson", "nguyen"), ("torres",)),
    ("Opening the front desk", "Front Desk", 1, None, ("murphy",), ()),
)
# papers of these people are not all there
PARTLY = {"kim": 3, "haddad": 5, "ito": 2}


def check_digit(stem):
    """The last digit of an NPI whose first nine are given."""
    total = 24
    for place, digit in enumerate(reversed(stem)):
        number = int(digit) * (2 - place % 2)
        total += number - 9 if number > 9 else number
    return str(-total % 10)


def dea_number(initial, number):
    """A DEA number of a practitioner that fits its own check digit."""
    digits = f"{number:06}"
    values = [int(digit) for digit in digits]
    total = sum(values[::2]) + 2 * sum(values[1::2])
    return f"B{initial}{digits}{total % 10}"


class CoreSample(models.AbstractModel):
    _inherit = "medical.core.sample"

    def _load_people_sites(self, practice):
        """Each works at the site of the table."""
        rows = read_scenario("core/people.csv")
        places = {
            place.medical_site_id.code: place
            for place in practice.env["hr.work.location"].search(
                [("medical_site_id", "!=", False)]
            )
        }
        for code, place in places.items():
            there = practice.env["hr.employee"].union(
                *(practice.get(f"person_{r['key']}") for r in rows if r["site"] == code)
            )
            there.work_location_id = place

    def _load_people_credentials(self, practice):
        """Who needs what, who has it, and who looked it up."""
        rows = read_scenario("core/people.csv")
        jobs = {job.name: job for job in practice.env["hr.job"].search([])}
        types = {
            kind.code: kind
            for kind in practice.env["medical.core.credential.type"].search([])
        }
        self._sample_requirements(practice, jobs, types)
        values = []
        for number, row in enumerate(rows):
            asked = [code for code, names in JOBS.items() if row["job"] in names]
            if row["job"] in CLINICAL:
                asked += ["bls", "hep_b", "tb"]
            for code in asked:
                if (row["key"], code) not in MISSING:
                    values.append(
                        self._sample_credential(practice, row, number, types[code])
                    )
        for code, number, days in PRACTICE:
            values.append(
                {
                    "type_id": types[code].id,
                    "number": number,
                    "date_from": practice.today - timedelta(days=300),
                    "date_to": days and practice.today + timedelta(days=days),
                    "company_id": practice.company.id,
                }
            )
        made = practice.env["medical.core.credential"].create(values)
        waiting = {(practice.user(key).id, types[code].id) for key, code in UNVERIFIED}
        verified = made.filtered(
            lambda c: (
                c.type_id.must_verify and (c.user_id.id, c.type_id.id) not in waiting
            )
        )
        # a history that is loaded: HR entered them, the manager looked them up
        verified._pen().write(
            {
                "state": "verified",
                "verified_by_id": practice.user("alvarez").id,
                "verified_at": fields.Datetime.now() - timedelta(days=20),
                "verified_source": "Register of the issuer",
                "looked_up_on": practice.today - timedelta(days=20),
            }
        )
        self._sample_duties(practice, types)

    def _sample_requirements(self, practice, jobs, types):
        clinical = [jobs[name].id for name in CLINICAL]
        asked = {
            code: [jobs[name].id for name in names] for code, names in JOBS.items()
        }
        asked |= dict.fromkeys(("bls", "hep_b", "tb"), clinical)
        practice.env["medical.people.requirement"].create(
            [
                {
                    "sequence": number * 10,
                    "company_id": practice.company.id,
                    "basis": "job",
                    "type_ids": [Command.set(types[code].ids)],
                    "job_ids": [Command.set(job_ids)],
                    "citation": types[code].citation or "Practice policy",
                }
                for number, (code, job_ids) in enumerate(asked.items(), 1)
            ]
        )

    def _sample_credential(self, practice, row, number, kind):
        code, initial = kind.code, row["name"].split()[-1][0].upper()
        days = ENDING.get((row["key"], code), 120 + 37 * number % 500)
        stem = f"1{number:03}52648"[:9]
        numbers = {
            "npi": stem + check_digit(stem),
            "dea": dea_number(initial, 310275 + 613 * number),
            "cert_ma": f"MA-{80120 + 7 * number}",
            "malpractice": f"PL-{4400 + number}",
        }
        if code in SUFFIX:
            numbers[code] = f"{41200 + 137 * number}-{SUFFIX[code]}"
        last = practice.today + timedelta(days=days)
        if kind.term_to_month_end and (row["key"], code) not in ENDING:
            last = month_end(last)
        return {
            "type_id": kind.id,
            "user_id": practice.user(row["key"]).id,
            "company_id": practice.company.id,
            "number": numbers.get(code),
            "state_id": self.env.ref("base.state_us_50").id
            if code in SUFFIX
            else False,
            "date_from": practice.today - timedelta(days=330),
            "date_to": last if kind.lead_days else False,
        }

    def _sample_duties(self, practice, types):
        departments = {d.name: d for d in practice.env["hr.department"].search([])}
        for name, department, needed, code, first, cover in DUTIES:
            duty = practice.env["medical.people.duty"].create(
                {
                    "name": name,
                    "company_id": practice.company.id,
                    "department_id": departments[department].id,
                    "needed": needed,
                }
            )
            if code:
                practice.env["medical.people.requirement"].create(
                    {
                        "company_id": practice.company.id,
                        "basis": "duty",
                        "duty_id": duty.id,
                        "type_ids": [Command.set(types[code].ids)],
                        "citation": "Practice policy",
                    }
                )
            practice.env["medical.people.assignment"].create(
                [
                    {
                        "duty_id": duty.id,
                        "employee_id": practice.get(f"person_{key}").id,
                        "role": role,
                        "date_from": practice.today - timedelta(days=200),
                    }
                    for role, keys in (("first", first), ("cover", cover))
                    for key in keys
                ]
            )

    def _load_people_files(self, practice):
        """Papers of everybody, of a few only in part; one hire in progress."""
        env = practice.env
        for group in ("people_group_i9", "people_group_medical_file"):
            # sudo: groups are given by the administrator
            practice.user("cole").sudo().group_ids += env.ref(f"medical_office.{group}")
        kinds = env["medical.people.document.type"].search(
            [("basis", "=", "everyone"), ("code", "!=", "i9")]
        )
        values = []
        for key in (row["key"] for row in read_scenario("core/people.csv")):
            person = practice.get(f"person_{key}")
            for kind in kinds[: PARTLY.get(key, len(kinds))]:
                signed = practice.today - timedelta(days=200 + 7 * kind.sequence)
                signed = max(signed, practice.today - timedelta(days=350))
                values.append(
                    {
                        "employee_id": person.id,
                        "type_id": kind.id,
                        "date": signed,
                        "date_to": kind.valid_months
                        and fields.Date.add(signed, months=kind.valid_months),
                    }
                )
        documents = env["medical.people.document"].create(values)
        # a history that is loaded, no user
        documents._pen().write(
            {"state": "accepted", "accepted_by_id": practice.user("cole").id}
        )
        self._sample_i9(practice)
        self._sample_hire(practice)

    def _sample_i9(self, practice):
        forms = practice.env["medical.people.i9"].create(
            [
                {
                    "employee_id": practice.get(f"person_{row['key']}").id,
                    "first_day": first,
                    "attestation": "citizen",
                    "section_1_on": first,
                    "section_1_paper": "Binder I-9, human resources",
                    "documents_from": "bc",
                    "document_b": "Driver's license",
                    "document_c": "Social Security card",
                }
                for row in read_scenario("core/people.csv")
                for first in [
                    practice.today - timedelta(days=365 * int(row["years"]) + 30)
                ]
            ]
        )
        forms._pen().write(
            {"state": "complete", "section_2_by_id": practice.user("cole").id}
        )
        for form in forms:
            form._pen().section_2_on = form.section_2_due
        forms.employee_id._medical_follow_papers()

    def _sample_hire(self, practice):
        """A medical assistant who began yesterday: section 2 of the I-9 runs."""
        env = practice.env
        first = practice.today - timedelta(days=1)
        hire = env["hr.employee"].create(
            {
                "name": "Noah Whitaker",
                "company_id": practice.company.id,
                "department_id": practice.get("department_nursing").id,
                "job_id": practice.get("person_torres").job_id.id,
                "parent_id": practice.get("person_brandt").id,
                "private_email": "noah.whitaker@lakeside.example",
                "date_version": first,
                "resource_calendar_id": practice.get("calendar").id,
            }
        )
        # what pay begins with is the payroll officer's
        hire.with_env(practice.acting("becker").env).contract_date_start = first
        practice.keep({"person_whitaker": hire})
        hire._medical_request_documents()
        form = env["medical.people.i9"].create(
            {
                "employee_id": hire.id,
                "first_day": first,
                "attestation": "citizen",
                "section_1_on": first,
            }
        )
        form._pen().state = "section_1"
