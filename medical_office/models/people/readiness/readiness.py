"""Readiness: for each person and each thing asked of them, whether it is there."""

from odoo import api, fields, models

from ....engine.people.readiness import GOOD, status_query
from ....models.core.check.answerable import finding
from ....models.core.check.check import CheckResult

READERS = (
    "core_group_hr",
    "core_group_manager",
    "core_group_director",
    "core_group_head",
    "core_group_auditor",
)
FETCHED = [
    "employee_id",
    "requirement_id",
    "company_id",
    "department_id",
    "job_id",
    "credential_id",
    "date_to",
    "status",
]
STATUSES = [
    ("held", "In force"),
    ("ending", "Ending soon"),
    ("unverified", "Not verified"),
    ("expired", "Expired"),
    ("missing", "Missing"),
]


class PeopleReadiness(models.Model):
    """Worked out each time it is read, by one statement (engine.people.readiness)."""

    _name = "medical.people.readiness"
    _inherit = ["medical.people.matrix"]
    _description = "Credential Readiness"
    _auto = False
    _order = "employee_id, requirement_id"
    _matrix_asked, _matrix_day = "requirement_id", "date_to"
    _matrix_proof = "credential_id"
    _matrix_good, _matrix_readers, _matrix_fetched = GOOD, READERS, FETCHED
    _matrix_reports = {
        "pdf": "people_matrix_action_report",
        "xlsx": "people_matrix_xlsx_action_report",
    }
    # what the statement reads: written to the database before it runs
    _depends = {
        "hr.employee": ["active", "user_id", "company_id", "current_version_id"],
        "hr.version": ["job_id", "department_id", "address_id"],
        "maintenance.equipment": ["active", "category_id", "employee_id"],
        "medical.core.credential": [
            "type_id", "user_id", "company_id", "state", "date_from", "date_to"
        ],
        "medical.core.credential.type": ["lead_days", "must_verify"],
        "medical.people.assignment": ["duty_id", "employee_id", "date_to"],
        "medical.people.requirement": [
            "active", "basis", "company_id", "date_from", "date_to", "duty_id",
            "equipment_category_id", "job_ids", "sequence", "state_id", "type_ids",
            "types_key",
        ],
        "res.company": ["partner_id"],
        "res.partner": ["state_id"],
    }  # fmt: skip

    employee_id = fields.Many2one("hr.employee", readonly=True)
    requirement_id = fields.Many2one(
        "medical.people.requirement", "What is asked", readonly=True
    )
    company_id = fields.Many2one("res.company", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    job_id = fields.Many2one("hr.job", readonly=True)
    credential_id = fields.Many2one("medical.core.credential", readonly=True)
    date_to = fields.Date("Last day", readonly=True)
    status = fields.Selection(STATUSES, readonly=True)

    @property
    def _table_query(self):
        return status_query(fields.Date.context_today(self))

    @api.depends("employee_id", "requirement_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = self.env._(
                "%(who)s: %(what)s",
                who=row.employee_id.name or "",
                what=row.requirement_id.name or "",
            )

    # ------------------------------------------------------------------------ check

    @api.model
    def _medical_check_missing(self):
        """What is asked of people and is neither there nor about to be.

        What has expired with nothing after it is found by the check of credentials that
        end: one fault is one row.
        """
        rows = self.search_fetch([("status", "=", "missing")], FETCHED)
        rows.employee_id.fetch(["name"])  # the host would read each thousand alone
        answers = rows.employee_id._medical_answerables()
        found = []
        for row in rows:
            person, told = row.employee_id, answers[row.employee_id]
            found.append(
                finding(
                    person._medical_public(),
                    self.env._(
                        "%(who)s: %(what)s is missing",
                        who=person.name,
                        what=row.requirement_id.name,
                    ),
                    told,
                    user_id=told.user_id or told.backup_id,
                    key=f"requirement-{row.requirement_id.id}",
                )
            )
        return CheckResult(self.search_count([]), found)
