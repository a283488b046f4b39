"""Credentials of 1,100 and of 11,000 people: the same queries for both."""

from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged
from odoo.tools import SQL

from .people_case import PeopleCase

FEW, MANY = 1_100, 11_000
HUNDRED = 100  # rows that the host writes with one statement
THOUSAND, READS = 1_000, 4  # rows it reads with one statement; tables it reads again


@tagged("post_install", "-at_install")
class TestPeopleCredentialMany(PeopleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.bls_asked | cls.license_asked).active = False
        cls.kind = cls.env["medical.core.credential.type"].create(
            {"name": "Many", "code": "many", "must_verify": True, "lead_days": 60}
        )
        cls.asked, cls.lacking = (
            cls.env["medical.people.requirement"].create(
                {"type_ids": [(6, 0, kind.ids)], "job_ids": [(6, 0, cls.nurse_job.ids)]}
            )
            for kind in (
                cls.kind,
                cls.kind.copy({"name": "Lacking", "code": "lacking"}),
            )
        )
        cls.made = 0

    def clone(self, table, row, count, **changes):
        """Copies of a row by SQL; columns given are taken from an expression over ``n``."""
        columns = [
            name
            for (name,) in self.env.execute_query(
                SQL(
                    "SELECT column_name FROM information_schema.columns "
                    "WHERE table_name = %s AND column_name <> 'id' ORDER BY 1",
                    table,
                )
            )
        ]
        values = [changes.get(name, SQL.identifier("t", name)) for name in columns]
        self.env.cr.execute(
            SQL(
                "INSERT INTO %s (%s) SELECT %s FROM %s t, generate_series(1, %s) AS n "
                "WHERE t.id = %s RETURNING id",
                SQL.identifier(table),
                SQL(", ").join(map(SQL.identifier, columns)),
                SQL(", ").join(values),
                SQL.identifier(table),
                count,
                row,
            )
        )
        return [one for (one,) in self.env.cr.fetchall()]

    def people(self, up_to):
        """Nurses with a login and a credential that ends, as many as asked for."""
        count, start = up_to - self.made, self.made
        self.made = up_to
        self.env.flush_all()

        def nth(ids):
            return SQL("(%s::int[])[n]", ids)

        partners = self.clone("res_partner", self.nurse.user_id.partner_id.id, count)
        users = self.clone(
            "res_users",
            self.nurse.user_id.id,
            count,
            partner_id=nth(partners),
            login=SQL("'many' || (n + %s)", start),
        )
        resources = self.clone("resource_resource", self.nurse.resource_id.id, count)
        employees = self.clone(
            "hr_employee",
            self.nurse.id,
            count,
            resource_id=nth(resources),
            user_id=nth(users),
            current_version_id=SQL("NULL"),
            barcode=SQL("NULL"),
        )
        versions = self.clone(
            "hr_version",
            self.nurse.current_version_id.id,
            count,
            employee_id=nth(employees),
        )
        self.env.cr.execute(
            """
            UPDATE hr_employee e SET current_version_id = v.id
              FROM hr_version v WHERE v.employee_id = e.id AND v.id = ANY(%s)
            """,
            (versions,),
        )
        self.env.cr.execute(
            """
            INSERT INTO medical_core_credential
                   (type_id, user_id, company_id, state, date_from, date_to)
            SELECT %s, id, %s, CASE WHEN id %% 2 = 0 THEN 'verified' ELSE 'entered' END,
                   current_date - 300, current_date + 20
              FROM unnest(%s) AS id
            """,
            (self.kind.id, self.company.id, users),
        )
        self.env.cr.execute("ANALYZE")
        self.env.invalidate_all()

    def cost(self, call):
        """(statements of a call with cold records, what it returned)."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        result = call()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before, result

    def test_ten_times_the_people_take_the_same_statements(self):
        """And there is as much in each answer as there are people."""
        hr = self.users["hr"]
        people = self.env["hr.employee"].with_user(hr)
        readiness = self.env["medical.people.readiness"]
        credentials = self.env["medical.core.credential"]
        domain = [("job_id", "=", self.nurse_job.id)]
        calls = {
            "readiness of everybody": (
                lambda: people.search(domain).mapped("medical_readiness"),
                lambda texts: texts.count("1 of 2"),
            ),
            "matrix": (
                readiness.with_user(hr).matrix,
                lambda found: len(found["rows"]),
            ),
            **{
                name: (check, lambda found: len(found.rows))
                for name, check in {
                    "missing": readiness._medical_check_missing,
                    "ending": credentials._medical_check_ending,
                    "not verified": credentials._medical_check_unverified,
                }.items()
            },
        }
        self.people(FEW)
        few = {}
        for name, (call, _size) in calls.items():
            call()  # rights, rules and views are read once
            few[name], _result = self.cost(call)
        self.people(MANY)
        for name, (call, size) in calls.items():
            with self.subTest(name):
                many, result = self.cost(call)
                self.assertGreaterEqual(size(result), MANY // 2)
                self.assertEqual(many, few[name])

    def test_tasks_cost_the_hosts_statement_for_each_hundred(self):
        """Writing is the host's, a hundred rows at once; it reads again each thousand."""
        credentials = self.env["medical.core.credential"]
        cron = type(self.env["ir.cron"])
        figures = []
        for number in (3, 200, 1_200):  # a few first: rights and views are read once
            self.people(number)
            credentials._tasks([]).unlink()
            with patch.object(cron, "_commit_progress", return_value=60):
                count, _result = self.cost(credentials._cron_remind)
            given = credentials._tasks([])
            self.assertEqual(set(given.mapped("user_tz")), {"America/Chicago"})
            tasks = len(given)
            self.assertGreaterEqual(tasks, number)
            figures.append((tasks, count))
        _warm, (few_tasks, few), (many_tasks, many) = figures
        more = many_tasks - few_tasks
        self.assertLessEqual(many - few, more / HUNDRED + READS * more / THOUSAND)

    def test_who_is_told_of_what_ends(self):
        """The same as for one alone: the person, behind them the manager."""
        today = fields.Date.context_today(self.env["medical.core.credential"])
        self.people(3)
        ending = self.env["medical.core.credential"]._ending(today)
        mine = ending.filtered(lambda one: one.type_id == self.kind)
        self.assertEqual(len(mine), 3)
        for one in mine:
            answers = one._medical_answerable()
            self.assertEqual(answers.user_id, one.user_id.id)
            self.assertEqual(
                answers.backup_id,
                (
                    self.nurse.parent_id.user_id
                    or self.nurse.department_id.manager_id.user_id
                ).id,
            )
