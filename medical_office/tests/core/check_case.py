"""What tests of checks start from: a check that finds what the test says."""

from contextlib import contextmanager
from unittest.mock import patch

from odoo.tests import freeze_time

from ...models.core.check.check import CheckResult, CheckRow
from ..common import PracticeCase

# a Tuesday, 12:30 in Chicago
NOW = "2026-11-24 18:30:00"
CHICAGO = "America/Chicago"


class CheckCase(PracticeCase):
    """``self.check`` looks at ``self.things`` and finds what ``self.found()`` is given."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(NOW))
        cls.company.resource_calendar_id.tz = CHICAGO
        # what the practice's own checks find is not the matter here
        cls.env["medical.core.check"].search([]).active = False
        cls.things = cls.env["res.partner"].create(
            [{"name": f"Thing {number}"} for number in range(4)]
        )
        cls.answers = {}
        cls.check = cls.new_check("supply_test")
        cls.head = cls.users["head"]
        cls.manager = cls.users["manager"]
        cls.staff = cls.users["staff"]

    @classmethod
    def new_check(cls, code, **values):
        """A registered check; it finds nothing until the test says what."""
        method = f"_medical_check_{code}"
        cls.answers[code] = CheckResult(0, [])

        def answer(_model):
            if isinstance(cls.answers[code], Exception):
                raise cls.answers[code]
            return cls.answers[code]

        cls.startClassPatcher(
            patch.object(cls.env.registry["res.partner"], method, answer, create=True)
        )
        return cls.env["medical.core.check"].create(
            {
                "name": code.replace("_", " ").capitalize(),
                "code": code,
                "domain": "supply",
                "model_name": "res.partner",
                "method": method,
                "sla_days": 3,
                **values,
            }
        )

    @classmethod
    def row(cls, number=0, summary=None, **values):
        """A finding about one of the things, in the company and department of the tests."""
        thing = cls.things[number]
        return CheckRow(
            "res.partner",
            thing.id,
            summary or f"{thing.name} is wrong",
            **{
                "company_id": cls.company.id,
                "department_id": cls.nursing.id,
                **values,
            },
        )

    @classmethod
    def found(cls, *rows, check=None, looked_at=4):
        """Run the check, which finds ``rows``.

        :return: its exceptions, oldest first
        """
        check = check or cls.check
        cls.answers[check.code] = CheckResult(looked_at, list(rows))
        check._run()
        return cls.register(check)

    @classmethod
    def failed(cls, error, check=None):
        """Run the check, which raises ``error``."""
        check = check or cls.check
        cls.answers[check.code] = error
        with cls.quiet():
            check._run()
        return cls.register(check)

    @staticmethod
    @contextmanager
    def quiet():
        """A check that fails is told to the log: here it is meant to."""
        with patch("odoo.addons.medical_office.models.core.check.check._logger"):
            yield

    @classmethod
    def register(cls, check=None):
        exceptions = cls.env["medical.core.exception"].search(
            [("check_id", "=", (check or cls.check).id)], order="id"
        )
        exceptions.invalidate_recordset()
        return exceptions

    def as_role(self, records, role):
        company = self.other_company if role == "outsider" else self.company
        return records.with_user(self.users[role]).with_context(
            allowed_company_ids=company.ids
        )

    def count_queries(self, call):
        """How many statements ``call`` sends."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        call()
        self.env.flush_all()
        return self.cr.sql_log_count - before
