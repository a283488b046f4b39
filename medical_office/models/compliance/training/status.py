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
    _description = "Training Status"
    _auto = False
    _order = "employee_id, training_id"
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

    @api.model
    def matrix(self, department_id=False, only_gaps=False):
        """People by training, for the screen.

        :param department_id: of one department, else of all the caller may see
        :param only_gaps: leave out people who have everything
        :return: as ``medical.people.readiness.matrix``; a fixed number of queries
        """
        self.env["medical.core.guard"]._check_caller(*READERS)
        domain = []
        if department_id:
            domain.append(("department_id", "=", int(department_id)))
        rows = self.search_fetch(domain, FETCHED)
        labels = dict(self._fields["status"]._description_selection(self.env))
        people = {}
        # sudo: names and jobs of people whose rows the caller sees
        for row in rows.sudo():
            person = people.setdefault(
                row.employee_id.id,
                {
                    "id": row.employee_id.id,
                    "name": row.employee_id.name,
                    "job": row.job_id.name or "",
                    "department": row.department_id.name or "",
                    "held": 0,
                    "asked": 0,
                    "cells": {},
                },
            )
            person["asked"] += 1
            person["held"] += row.status in GOOD
            person["cells"][row.training_id.id] = {
                "status": row.status,
                "label": labels[row.status],
                "day": (row.due and fields.Date.to_string(row.due)) or "",
                "credential": row.record_id.id,
            }
        found = [
            person
            for person in people.values()
            if not only_gaps or person["held"] < person["asked"]
        ]
        asked = {key for person in found for key in person["cells"]}
        columns = self.env["medical.compliance.training"].browse(asked).sorted()
        return {
            "columns": [{"id": one.id, "name": one.name} for one in columns],
            "rows": sorted(found, key=lambda p: (p["department"], p["name"], p["id"])),
            "departments": [
                {"id": department.id, "name": department.name}
                for department in self.env["hr.department"].search(
                    [("company_id", "in", [False, *self.env.companies.ids])]
                )
            ],
        }

    def print_matrix(self, form="pdf"):
        """The matrix of these rows on paper or as a spreadsheet.

        :param form: "pdf" or "xlsx"
        :return: report action
        """
        self.env["medical.core.guard"]._check_caller(*READERS)
        self.check_access("read")
        name = "compliance_training_matrix_action"
        if form == "xlsx":
            name = "compliance_training_matrix_xlsx_action"
        # sudo: the action itself; whoever may not print it is refused by its groups
        report = self.env.ref(f"medical_office.{name}").sudo()
        return report.report_action(self.ids, config=False)
