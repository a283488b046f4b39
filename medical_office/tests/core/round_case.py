"""What tests of rounds start from: a day, a checklist of all kinds, a schedule."""

from odoo import Command
from odoo.tests import freeze_time

from ..common import PracticeCase

# a Tuesday, 12:30 in Chicago; Thanksgiving is on Thursday
NOW = "2026-11-24 18:30:00"
CHICAGO = "America/Chicago"


class RoundCase(PracticeCase):
    """``self.schedule``: every open day at 8:00 and 14:00 in two exam rooms."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(NOW))
        cls.company.resource_calendar_id.tz = CHICAGO
        cls.owner = cls.users["staff"]
        cls.backup = cls.users["payroll"]
        cls.exam_1, cls.exam_2 = cls.rooms.filtered(
            lambda room: room.medical_room_type == "exam"
        )
        cls.checklist = cls.env["medical.core.checklist"].create(
            {
                "name": "Exam room",
                "company_id": cls.company.id,
                "item_ids": [
                    Command.create({"sequence": 1, "name": "Table is clean"}),
                    Command.create(
                        {
                            "sequence": 2,
                            "name": "Refrigerator",
                            "item_type": "number",
                            "limit_min": 36,
                            "limit_max": 46,
                            "hard_min": -40,
                            "hard_max": 120,
                            "uom": "°F",
                            "severity": "critical",
                            "citation": "CDC Vaccine Storage and Handling Toolkit",
                        }
                    ),
                    Command.create(
                        {
                            "sequence": 3,
                            "name": "Sharps container",
                            "item_type": "choice",
                            "choice_ids": [
                                Command.create({"name": "Below the line"}),
                                Command.create({"name": "Full", "is_failure": True}),
                            ],
                        }
                    ),
                    Command.create(
                        {
                            "sequence": 4,
                            "name": "Remarks",
                            "item_type": "text",
                            "required": False,
                        }
                    ),
                ],
            }
        )
        cls.table, cls.fridge, cls.sharps, cls.remarks = cls.checklist.item_ids
        cls.schedule = cls.new_schedule()

    @classmethod
    def new_schedule(cls, **values):
        return cls.env["medical.core.schedule"].create(
            {
                "name": "Exam rooms",
                "company_id": cls.company.id,
                "checklist_id": cls.checklist.id,
                "site_id": cls.site.id,
                "department_id": cls.nursing.id,
                "room_ids": [Command.set((cls.exam_1 | cls.exam_2).ids)],
                "owner_id": cls.owner.id,
                "backup_id": cls.backup.id,
                "times": "08:00, 14:00",
                "date_start": "2026-11-01",
                **values,
            }
        )

    @classmethod
    def new_round(cls, schedule=None):
        """The next round of a schedule: today at 14:00, may be started by now."""
        schedule = schedule or cls.schedule
        schedule._generate()
        return cls.env["medical.core.round"].search(
            [("schedule_id", "=", schedule.id), ("date_due", ">=", NOW)],
            order="date_due",
            limit=1,
        )

    def lines_of(self, one, item):
        return one.line_ids.filtered(lambda line: line.item_id == item)

    def answer_all(self, one, user):
        """Answer every line well, as ``user``."""
        lines = one.with_user(user).line_ids
        lines.filtered(lambda x: x.item_type == "pass_fail").write({"result": "pass"})
        lines.filtered(lambda x: x.item_type == "number").write({"value_number": 40})
        lines.filtered(lambda x: x.item_type == "choice").write(
            {"value_choice_id": self.sharps.choice_ids[0].id}
        )

    def signed_round(self, user=None):
        user = user or self.owner
        one = self.new_round()
        one.with_user(user).action_start()
        self.answer_all(one, user)
        one.with_user(user).action_sign()
        return one

    def missed_round(self):
        """This morning's round, which nobody did."""
        self.schedule._generate(date_from=self.today(), date_to=self.today())
        one = self.schedule.round_ids.sorted("date_due")[0]
        self.env["medical.core.round"]._miss(one)
        return one

    def as_outsider(self, model):
        """``model`` as the manager of the other company."""
        return (
            self.env[model]
            .with_user(self.users["outsider"])
            .with_context(allowed_company_ids=self.other_company.ids)
        )

    def today(self):
        return self.schedule._today()

    def time_off(self, user, day_from, day_to=None, **values):
        """Approved time off of a user's employee."""
        kind = self.env["hr.leave.type"].create(
            {
                "name": "Vacation",
                "requires_allocation": False,
                "leave_validation_type": "hr",
                "company_id": self.company.id,
                **values.pop("kind", {}),
            }
        )
        leave = (
            self.env["hr.leave"]
            .with_context(leave_skip_date_check=True)
            .create(
                {
                    "name": "Away",
                    "employee_id": user.employee_ids.filtered(
                        lambda e: e.company_id == self.company
                    ).id,
                    "holiday_status_id": kind.id,
                    "request_date_from": day_from,
                    "request_date_to": day_to or day_from,
                    **values,
                }
            )
        )
        leave.action_approve()
        return leave
