"""How complete the personnel files are: each person by each document asked of them."""

from datetime import timedelta

from odoo import api, fields, models

from ....engine.people.standing import DONE, StandingReader, standing_query
from ....models.core.check.answerable import finding
from ....models.core.check.check import CheckResult
from ...core.mixins.listing import named
from .document_type import CLASSES

READERS = ",".join(
    f"medical_office.core_group_{role}" for role in ("hr", "manager", "director")
)
SHOWN = 4  # people who have a row of their own, or are named in one row
STATUSES = [
    ("there", "On file"),
    ("ending", "Ends soon"),
    ("received", "To be looked at"),
    ("requested", "Requested"),
    ("expired", "Expired"),
    ("missing", "Missing"),
]


class PeopleStanding(models.Model):
    """Worked out each time it is read, by one statement (engine.people.standing)."""

    _name = "medical.people.standing"
    _description = "File Completeness"
    _auto = False
    _order = "employee_id, type_id"
    _depends = {
        "hr.employee": ["active", "user_id", "company_id", "current_version_id"],
        "hr.version": ["job_id", "department_id", "address_id", "contract_date_start"],
        "medical.people.document": [
            "employee_id", "type_id", "state", "date", "date_to",
        ],
        "medical.people.document.type": [
            "active", "basis", "job_ids", "state_id", "due_days", "lead_days",
        ],
        "res.company": ["partner_id"],
        "res.partner": ["state_id"],
    }  # fmt: skip

    employee_id = fields.Many2one("hr.employee", readonly=True)
    type_id = fields.Many2one("medical.people.document.type", "Document", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    document_id = fields.Many2one("medical.people.document", "Paper", readonly=True)
    file_class = fields.Selection(CLASSES, readonly=True)
    date_due = fields.Date("Due", readonly=True)
    date_to = fields.Date("Valid until", readonly=True)
    status = fields.Selection(STATUSES, readonly=True)

    @property
    def _table_query(self):
        return standing_query(fields.Date.context_today(self))

    @api.depends("employee_id", "type_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = self.env._(
                "%(who)s: %(what)s",
                who=row.employee_id.name or "",
                what=row.type_id.name or "",
            )

    @api.model
    def _medical_check_incomplete(self):
        """Documents that are overdue or have expired; one row for each person, or one for
        all where they are many."""
        today = fields.Date.context_today(self)
        late = self.search(
            [
                "|",
                ("status", "=", "expired"),
                "&",
                ("status", "in", ("missing", "requested")),
                ("date_due", "<", today),
            ]
        )
        late -= late._found_elsewhere()
        keepers = self.env["medical.people.document"]._medical_keepers(late.company_id)
        rows = []
        by_company = late.grouped("company_id")
        for company, own in by_company.items():
            people = own.grouped("employee_id")
            values = {"user_id": keepers[company].id, "company_id": company.id}
            if len(people) > SHOWN:  # many: one row, so that the others are seen, too
                rows.append(self._late_files(people, **values))
                continue
            rows += [
                finding(
                    person,
                    self.env._(
                        "File of %(who)s: %(what)s",
                        who=person.name,
                        what=", ".join(papers.type_id.sorted().mapped("name")),
                    ),
                    date_due=papers._first_due(today),
                    key="file",
                    **values,
                )
                for person, papers in people.items()
            ]
        return CheckResult(self.search_count([]), rows)

    def _found_elsewhere(self):
        """Papers of which another check has a row of its own: one fault is one row.

        A Form I-9 that is begun is late by its own clock; upper domains add theirs.
        """
        forms = self.filtered(lambda row: row.type_id.code == "i9")
        # sudo: that a form is begun is asked, what it says is not shown
        begun = self.env["medical.people.i9"].sudo()
        begun = begun.search(
            [("employee_id", "in", forms.employee_id.ids), ("state", "!=", "void")]
        ).employee_id
        return forms.filtered(lambda row: row.employee_id in begun)

    def _first_due(self, today):
        """Day by which the first of these papers has to be there: a week after its own."""
        days = self.filtered("date_due").mapped("date_due")
        return min(days, default=today) + timedelta(days=7)

    @api.model
    def _late_files(self, people, **values):
        """One row for the files of many.

        :param people: {person: rows of what is late}
        """
        first = next(iter(people))
        text = self.env._(
            "Personnel files are incomplete: %s",
            named(self.env, [person.name for person in people], SHOWN),
        )
        rows = self.concat(*people.values())
        due = rows._first_due(fields.Date.context_today(self))
        return finding(first, text, date_due=due, key="files", **values)


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    medical_file_status = fields.Char(
        "Personnel file", compute="_compute_medical_file_status", groups=READERS
    )

    def _compute_medical_file_status(self):
        """“9 of 12”; one query, however many people."""
        # sudo: a number of papers, for those whom the field's groups let see it
        reader = StandingReader(self.sudo().env, fields.Date.context_today(self))
        counts = {}
        for row in reader.rows(self.ids):
            done, asked = counts.get(row["employee_id"], (0, 0))
            counts[row["employee_id"]] = (done + (row["status"] in DONE), asked + 1)
        for employee in self:
            done, asked = counts.get(employee.id, (0, 0))
            employee.medical_file_status = (
                self.env._("%(done)s of %(asked)s", done=done, asked=asked)
                if asked
                else False
            )

    def action_medical_file(self):
        """The personnel file of one person: what is there and what is asked for.

        :raises AccessError: neither HR nor office manager
        """
        self.ensure_one()
        self.env["medical.core.guard"]._check_caller("core_group_hr")
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Personnel file of %s", self.name),
            "res_model": "medical.people.document",
            "views": [(False, "list"), (False, "form")],
            "domain": [("employee_id", "=", self.id)],
            "context": {"default_employee_id": self.id},
        }

    def action_medical_request_documents(self):
        """Ask for everything that is missing: one document each, due by its type."""
        self.env["medical.core.guard"]._check_caller(
            "core_group_hr", "core_group_manager"
        )
        self.check_access("read")
        self._medical_request_documents()
        return self.action_medical_file() if len(self) == 1 else True

    def _medical_request_documents(self):
        """Documents requested of people who lack them; a fixed number of queries.

        :return: the new documents
        """
        self._medical_follow_papers()
        reader = StandingReader(self.env, fields.Date.context_today(self))
        # sudo: of every class; what is asked for is no secret, what comes in is. The pen:
        # the program asks, a candidate whose acceptance begins it has no role
        documents = self.env["medical.people.document"].sudo()._pen()
        return documents.create(
            [
                {
                    "employee_id": row["employee_id"],
                    "type_id": row["type_id"],
                    "date_due": row["date_due"],
                }
                for row in reader.rows(self.ids)
                if row["status"] in ("missing", "expired")
            ]
        )
