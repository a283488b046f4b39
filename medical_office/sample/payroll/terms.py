"""The sample practice's pay grades, further benefit plans, and an offer in progress."""

from datetime import timedelta

from odoo import Command, models

from .practice import LAST_YEAR

# by job: grade, unit of pay, minimum, midpoint and maximum
GRADES = {
    "Medical Assistant": ("MA-2", "hour", 18.50, 22.50, 27.00),
    "Registered Nurse": ("RN-1", "hour", 33.00, 40.00, 48.00),
    "Receptionist": ("FD-1", "hour", 16.50, 20.00, 24.00),
    "Physician": ("MD-1", "year", 200000, 250000, 320000),
}
# name, benefit, the employer's cost a month, and tiers: who is covered, both costs
PLANS = (
    ("Dental plan", "dental", 0, (("employee", 12, 22), ("family", 38, 46))),
    ("Vision plan", "vision", 0, (("employee", 4, 6),)),
    ("Education allowance", "cme", 125, ()),
    ("License and DEA fees", "license", 40, ()),
)


class CoreSample(models.AbstractModel):
    _inherit = "medical.core.sample"

    def _load_pay_terms(self, practice):
        """Grades by job, four plans beside health and 401(k), two alternatives."""
        self._sample_grades(practice)
        self._sample_plans(practice)
        self._sample_offer(practice)

    def _sample_grades(self, practice):
        env, company = practice.env, practice.company
        jobs = env["hr.job"].search([("company_id", "=", company.id)])
        env["medical.people.grade"].create(
            [
                {
                    "name": name,
                    "company_id": company.id,
                    "job_id": job.id,
                    "per": per,
                    "minimum": minimum,
                    "midpoint": midpoint,
                    "maximum": maximum,
                    "date_from": practice.today.replace(month=1, day=1),
                }
                for job in jobs
                if job.name in GRADES
                for name, per, minimum, midpoint, maximum in [GRADES[job.name]]
            ]
        )

    def _sample_plans(self, practice):
        env, company = practice.env, practice.company
        env["medical.people.benefit.plan"].create(
            [
                {
                    "name": name,
                    "company_id": company.id,
                    "benefit": benefit,
                    "employer_month": employer,
                    "waiting_days": 30 if tiers else 0,
                    "starts_on_first": bool(tiers),
                    "tier_ids": [
                        Command.create(
                            {
                                "covered": covered,
                                "employee_month": own,
                                "employer_month": share,
                            }
                        )
                        for covered, own, share in tiers
                    ],
                }
                for name, benefit, employer, tiers in PLANS
            ]
        )

    def _sample_offer(self, practice):
        """An hourly offer and a part-time alternative, waiting for approval."""
        env, company = practice.env, practice.company
        start = practice.today + timedelta(days=14)
        job = (
            env["medical.people.grade"]
            .search([("company_id", "=", company.id), ("per", "=", "hour")], limit=1)
            .job_id
        )
        if not job or start.year > LAST_YEAR:
            return
        dental = env["medical.people.benefit.plan"].search(
            [("company_id", "=", company.id), ("benefit", "=", "dental")], limit=1
        )
        officer = env["res.users"].search(
            [
                ("company_ids", "in", company.ids),
                ("all_group_ids", "in", env.ref("medical_office.core_group_hr").ids),
                (
                    "all_group_ids",
                    "not in",
                    env.ref("medical_office.core_group_manager").ids,
                ),
            ],
            limit=1,
        )
        offers = env["medical.people.offer"]
        if officer:
            offers = offers.with_user(officer)
        grade = env["medical.people.grade"].search([("job_id", "=", job.id)], limit=1)
        offer = offers.create(
            {
                "name": "Rosa Delgado",
                "email": "rosa.delgado@candidates.example",
                "company_id": company.id,
                "job_id": job.id,
                "department_id": job.department_id.id,
                "date_start": start,
                "date_expiry": start - timedelta(days=5),
                "per": "hour",
                "wage": grade.midpoint,
                "variant": "Full time",
                "schedule_id": practice.get("pay_schedule").id,
                "line_ids": [
                    Command.create(
                        {"plan_id": dental.id, "tier_id": dental.tier_ids[:1].id}
                    ),
                    Command.create(
                        {"plan_id": practice.get("plan_retirement").id, "percent": 5}
                    ),
                ],
            }
        )
        other = offers.browse(offer.action_alternative()["res_id"])
        other.write({"variant": "24 hours per week", "hours_week": 24})
        offer.action_submit()
        practice.keep({"offer": offer})
