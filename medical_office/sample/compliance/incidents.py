"""The sample practice's incidents, with an injury case and a breach assessment, and its
trainings."""

from datetime import timedelta

from odoo import Command, models

OFFICER = "novak"
# not at the bloodborne session: on leave, and hired since
ABSENT = ("olsen", "kim", "haddad")
FACTORS = {
    "nature": "Name and time of one appointment; no diagnosis, no number",
    "who": "Another practice, bound to secrecy itself",
    "acquired": "Their front desk read the first page",
    "mitigated": "Destroyed at once, confirmed in writing",
}


class CoreSample(models.AbstractModel):
    _inherit = "medical.core.sample"

    def _load_incidents(self, practice):
        """A needle-stick on the log, a fax to a wrong number, an anonymous concern."""
        # sudo: groups are given by the administrator
        practice.user(OFFICER).sudo().group_ids |= practice.env.ref(
            "medical_office.compliance_group_officer"
        )
        self._sample_needle_stick(practice)
        self._sample_wrong_fax(practice)
        self._sample_concern(practice)
        self._sample_trainings(practice)

    def _sample_incident(self, practice, reporter, days, **values):
        """An incident as somebody reported it some days ago."""
        day = practice.today - timedelta(days=days)
        incidents = practice.env["medical.compliance.incident"].with_user(
            practice.user(reporter)
        )
        # sudo: the past is laid by the program
        incident = (
            incidents.sudo()
            ._pen()
            .create({"happened_on": day, "reported_on": day, **values})
        )
        practice.keep({f"incident_{values['kind']}": incident})
        return incident

    def _sample_needle_stick(self, practice):
        incident = self._sample_incident(
            practice,
            "torres",
            12,
            kind="needle",
            company_id=practice.company.id,
            room_id=practice.get("room_lm_exam_2").id,
            department_id=practice.get("person_torres").department_id.id,
            what="Stuck by a suture needle that lay under the drape on the tray.",
            immediate="Washed, told the lead nurse, seen at occupational health.",
            sharps_device="Suture needle",
            sharps_brand="Everpoint 4-0",
            sharps_safety="no",
            sharps_how="When the tray was cleared, the needle lay under the drape.",
            involved_ids=[
                Command.create({"employee_id": practice.get("person_torres").id})
            ],
        )
        officer = incident.with_user(practice.user(OFFICER))
        officer.action_look()
        officer.action_osha_cases()
        case = officer.osha_case_ids
        case.write(
            {
                "description": "Needle-stick, left index finger, suture needle",
                "before": "Clearing the tray after a laceration repair",
                "facility": "Lakeside Occupational Health",
                "event_time": "10:40 AM",
                "began_time": "7:30 AM",
            }
        )
        yes = {"employee", "related", "new", "sharp", "treatment"}
        for line in case.answer_ids:
            line.answer = "yes" if line.code in yes else "no"
        case.action_log()
        practice.env["medical.compliance.osha.year"].with_user(
            practice.user(OFFICER)
        ).create(
            {
                "site_id": case.site_id.id,
                "year": case.year,
                "average_employees": 19,
                "peak_employees": 28,
                "hours": 33400,
                "certified_title": "Medical Director",
            }
        ).action_fill()

    def _sample_wrong_fax(self, practice):
        incident = self._sample_incident(
            practice,
            "garcia",
            40,
            kind="privacy",
            company_id=practice.company.id,
            place="Front desk fax",
            department_id=practice.get("person_garcia").department_id.id,
            what="A referral went to the fax of another practice: one digit was wrong.",
            immediate="Called them at once; they destroyed it.",
            is_confidential=True,
        )
        officer = incident.with_user(practice.user(OFFICER))
        officer.action_look()
        officer.action_breach()
        breach = officer.breach_ids
        breach.write(
            {f"why_{name}": text for name, text in FACTORS.items()}
            | dict.fromkeys((f"rate_{name}" for name in FACTORS), "low")
        )
        breach.action_sign()
        breach.with_user(practice.user("whitfield")).action_approve()
        officer.write(
            {
                "cause": "Numbers are typed by hand for each fax.",
                "done": "Frequent numbers are stored in the fax; others are read back.",
            }
        )
        officer.action_close()

    def _sample_concern(self, practice):
        incidents = practice.env["medical.compliance.incident"].with_user(
            practice.env.ref("base.public_user")
        )
        incidents._report_anonymously(
            practice.company,
            {
                "kind": "safety",
                "what": "The eyewash in the lab is often blocked by boxes.",
                "place": "Lab",
            },
        )
        # sudo: the one just reported
        incident = incidents.sudo().search(
            [("is_anonymous", "=", True)], order="id desc", limit=1
        )
        practice.keep({"incident_anonymous": incident})
        incident.message_line_ids.with_user(practice.user(OFFICER)).create(
            {
                "incident_id": incident.id,
                "text": "Thank you. On which days did you see it?",
            }
        )

    def _sample_trainings(self, practice):
        """Two sessions: one in force, one due soon; three people have missed the first."""
        env = practice.env
        people = env["hr.employee"].search([("company_id", "=", practice.company.id)])
        absent = env["hr.employee"].union(
            *(practice.get(f"person_{key}") for key in ABSENT)
        )
        sessions = env["medical.compliance.training.session"]
        for name, days, keeper, other, away in (
            ("bloodborne", 150, "alvarez", "cole", absent),
            ("privacy", 345, "cole", "alvarez", absent.browse()),
        ):
            own = practice.get(f"person_{keeper}")
            training = env.ref(f"medical_office.compliance_training_{name}")
            held_on = practice.today - timedelta(days=days)
            session = sessions.with_user(practice.user(keeper)).create(
                {
                    "training_id": training.id,
                    "company_id": practice.company.id,
                    "held_on": held_on,
                    "trainer": "Dana Reyes, RN",
                    "qualification": "Occupational health nurse",
                    "content": training.content,
                    "attendee_ids": [Command.set((people - away - own).ids)],
                }
            )
            session.action_done()
            practice.keep({f"training_session_{name}": session})
            # who confirmed it was there as well: entered by the other one
            env["medical.compliance.training.record"].with_user(
                practice.user(other)
            ).create(
                {
                    "training_id": training.id,
                    "employee_id": own.id,
                    "done_on": held_on,
                    "provider": "Dana Reyes, RN",
                }
            )
