"""The training matrix: for each person and each training, whether it is in force."""

from odoo import api, fields, models

from ....engine.compliance.training import GOOD, training_query

READERS = (
    "compliance_group_officer",
    "core_group_hr",
    "core_group_manager",
    "core_group_director",
    "core_group_head",
    "core_group_auditor",
)
FETCHED = [
    "employee_id", "training_id", "company_id", "department_id", "job_id", "record_id",
    "done_on", "due", "status",
]  # fmt: skip
STATUSES = [
    ("held", "In force"),
    ("ending", "Due soon"),
    ("coming", "To do"),
    ("expired", "Late"),
    ("missing", "Missing"),
]


class ComplianceTrainingStatus(models.Model):
    """Read by one statement each time (engine.compliance.training)."""

    _name = "medical.compliance.training.status"
    _inherit = ["medical.people.matrix"]
    _description = "Training Status"
    _auto = False
    _order = "employee_id, training_id"
    _matrix_asked, _matrix_day, _matrix_proof = "training_id", "due", "record_id"
    _matrix_good, _matrix_readers, _matrix_fetched = GOOD, READERS, FETCHED
    _matrix_reports = {
        "pdf": "compliance_training_matrix_action",
        "xlsx": "compliance_training_matrix_xlsx_action",
    }
    _depends = {
        "hr.employee": ["active", "user_id", "company_id", "current_version_id"],
        "hr.version": [
            "employee_id", "job_id", "department_id", "contract_date_start",
            "date_version",
        ],
        "medical.compliance.training": [
            "active", "basis", "company_id", "credential_type_ids", "date_from",
            "date_to", "department_ids", "document_type_id", "first_days", "job_ids",
            "lead_days", "months", "reached_group_ids",
        ],
        "medical.compliance.training.record": [
            "employee_id", "training_id", "done_on", "state"
        ],
        "medical.core.credential": [
            "type_id", "user_id", "company_id", "state", "date_from", "date_to"
        ],
        "medical.core.credential.type": ["must_verify"],
        "medical.people.document": ["employee_id", "type_id", "state", "date"],
        "res.users": ["group_ids"],
    }  # fmt: skip

    employee_id = fields.Many2one("hr.employee", "Person", readonly=True)
    training_id = fields.Many2one("medical.compliance.training", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    job_id = fields.Many2one("hr.job", readonly=True)
    record_id = fields.Many2one("medical.compliance.training.record", readonly=True)
    done_on = fields.Date("Last done", readonly=True)
    due = fields.Date(readonly=True)
    status = fields.Selection(STATUSES, readonly=True)
    has_quiz = fields.Boolean(compute="_compute_has_quiz", compute_sudo=True)

    @property
    def _table_query(self):
        return training_query(fields.Date.context_today(self))

    @api.depends("employee_id", "training_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = self.env._(
                "%(who)s: %(what)s",
                who=row.employee_id.name or "",
                what=row.training_id.name or "",
            )

    def _compute_has_quiz(self):
        for row in self:
            row.has_quiz = bool(row.training_id.survey_id)

    def action_quiz(self):
        """Take the quiz of this training."""
        self.check_access("read")
        self.ensure_one()
        return self.training_id.action_quiz()
