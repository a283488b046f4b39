"""A budget of twelve months by department, one request in review, a transfer that waits."""

from dateutil.relativedelta import relativedelta

from odoo import models

# the manager asks for the departments whose head may not
MANAGER, DIRECTOR = "alvarez", "whitfield"
BY_DEPARTMENT = {"Nursing": "brandt"}
CUT = 0.97  # what the director leaves of the largest line that is no pay
WARNED = "warn"


class CoreSample(models.AbstractModel):
    _inherit = "medical.core.sample"

    def _load_finance_budget(self, practice):
        env, company = practice.env, practice.company
        practice.acting(DIRECTOR).env["medical.finance.budget.policy"].create(
            {"company_id": company.id, "response": WARNED}
        )
        month = practice.today.replace(day=1)
        departments = env["hr.department"].search(
            [
                ("company_id", "=", company.id),
                ("medical_analytic_account_id", "!=", False),
            ],
            order="id",
        )
        for department in departments:
            request = self._sample_request(
                practice, department, month - relativedelta(months=11), "year"
            )
            if request:
                self._sample_grant(practice, request)
        coming = [
            self._sample_request(
                practice, each, month + relativedelta(months=1), "month"
            )
            for each in departments.filtered(lambda each: each.name in BY_DEPARTMENT)
        ]
        for request in filter(None, coming):
            request.action_submit()
        self._sample_transfer(practice, month)

    def _sample_request(self, practice, department, first, span):
        """A drafted request, by the head or, where the head may not, by the manager."""
        who = practice.user(BY_DEPARTMENT.get(department.name, MANAGER))
        request = (
            practice.env["medical.finance.request"]
            .with_user(who)
            .create(
                {
                    "company_id": practice.company.id,
                    "department_id": department.id,
                    "date_from": first,
                    "span": span,
                    "phasing": "shape" if span == "year" else "days",
                }
            )
        )
        request.action_draft_lines()
        if not request.line_ids:
            request.unlink()
            return None
        dearest = max(request.line_ids, key=lambda line: line.amount)
        dearest.consequence = "The service would be cut back."
        return request

    def _sample_grant(self, practice, request):
        request.action_submit()
        request.with_user(practice.user(MANAGER)).action_review()
        granting = request.with_user(practice.user(DIRECTOR))
        dearest = max(
            granting.line_ids.filtered(
                lambda line: line.category_id.section == "operating"
            ),
            key=lambda line: line.granted,
        )
        dearest.write(
            {
                "granted": round(dearest.granted * CUT, 2),
                "grant_reason": "Three percent less, as agreed for all departments",
            }
        )
        granting.action_grant()

    def _sample_transfer(self, practice, month):
        """The nursing head asks to move a little between two lines of this month."""
        env = practice.env
        grants = env["medical.finance.grant"].search(
            [
                ("company_id", "=", practice.company.id),
                ("department_id.name", "in", list(BY_DEPARTMENT)),
                ("date_from", "=", month),
                ("balance", ">", 100),
            ],
            order="balance desc, id",
        )
        if len(grants.category_id) < 2:
            return
        first = grants[0]
        other = grants.filtered(lambda row: row.category_id != first.category_id)[0]
        who = practice.user(BY_DEPARTMENT[first.department_id.name])
        transfer = (
            env["medical.finance.transfer"]
            .with_user(who)
            .create(
                {
                    "company_id": practice.company.id,
                    "from_department_id": first.department_id.id,
                    "from_category_id": first.category_id.id,
                    "from_month": month,
                    "to_department_id": other.department_id.id,
                    "to_category_id": other.category_id.id,
                    "to_month": month,
                    "amount": 100,
                    "reason": "A price went up that we cannot put off",
                }
            )
        )
        transfer.action_request()
