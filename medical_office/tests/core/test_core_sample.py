"""The sample practice: the same every time, and never among real records."""

from collections import Counter
from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged

from ...sample.core.practice import PASSWORD

CORE_PARTS = ["company", "people", "rooms", "rounds"]


class SampleCase(TransactionCase):
    """Core's parts alone: each domain tests its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sample = cls.env["medical.core.sample"]
        cls.startClassPatcher(
            patch.object(type(cls.sample), "_parts", lambda _self: list(CORE_PARTS))
        )

    @classmethod
    def get(cls, name):
        return cls.env.ref(f"medical_office_sample.{name}")


@tagged("post_install", "-at_install")
class TestCoreSample(SampleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].browse(cls.sample.load())
        cls.today = cls.company._medical_today()
        cls.rounds = cls.env["medical.core.round"].search(
            [("company_id", "=", cls.company.id)]
        )

    def day_of(self, one):
        """The practice's day on which a round falls due."""
        return self.company._medical_day(one.date_due)

    def people(self):
        """Those of the practice, without the administrator of the database."""
        admin = self.env.ref("base.user_admin")
        return self.env["hr.employee"].search(
            [
                ("company_id", "=", self.company.id),
                ("user_id", "!=", admin.id),
                ("employee_type", "!=", "contractor"),  # providers from outside
            ]
        )

    def test_one_company_two_sites_23_rooms_28_people(self):
        self.assertEqual(self.company.name, "Lakeside Family Medicine")
        self.assertEqual(self.company.currency_id.name, "USD")
        self.assertEqual(self.company.state_id.code, "WI")
        sites = self.env["stock.warehouse"].search([("medical_is_site", "=", True)])
        self.assertEqual(sites.mapped("code"), ["LM", "LN"])
        self.assertEqual(sites.mapped("medical_room_count"), [15, 8])
        self.assertEqual(len(self.people()), 28)
        self.assertEqual(len(self.people().user_id), 28)
        departments = Counter(person.department_id.name for person in self.people())
        self.assertEqual(departments["Nursing"], 13)
        self.assertEqual(len(departments), 5)
        for department in self.people().department_id:
            self.assertTrue(department.manager_id, department.name)

    def test_a_year_of_rounds_a_few_missed_and_failed(self):
        past = self.rounds.filtered(lambda one: self.day_of(one) < self.today)
        states = Counter(past.mapped("state"))
        self.assertEqual(set(states), {"done", "missed"})
        # four a working day and three a week, but for the holidays
        self.assertGreater(len(past), 1100)
        self.assertLess(len(past), 1250)
        self.assertGreater(states["missed"], len(past) * 0.01)
        self.assertLess(states["missed"], len(past) * 0.04)
        failed = past.filtered("failed_count")
        self.assertGreater(len(failed), len(past) * 0.02)
        self.assertLess(len(failed), len(past) * 0.08)
        oldest = min(map(self.day_of, past))
        self.assertLess(oldest, self.today - timedelta(days=355))
        ahead = self.rounds - past
        self.assertTrue(ahead)
        self.assertFalse(set(ahead.mapped("state")) - {"planned", "missed"})

    def test_the_record_of_the_past_is_whole(self):
        done = self.rounds.filtered(lambda r: r.state == "done")
        self.assertFalse(done.filtered(lambda r: r.open_count or not r.line_count))
        self.assertFalse(done.filtered(lambda r: not r.signed_by_id))
        self.assertFalse(done.filtered(lambda r: r.signed_at < r.date_due))
        self.assertFalse(done.line_ids.filtered(lambda line: not line.entered_by_id))
        self.assertFalse(
            done.line_ids.filtered(lambda line: line.result == "fail" and not line.note)
        )

    def test_there_is_something_to_do_today(self):
        exceptions = self.env["medical.core.exception"].search(
            [("company_id", "=", self.company.id), ("is_open", "=", True)]
        )
        codes = Counter(exception.check_id.code for exception in exceptions)
        self.assertGreaterEqual(codes["core_round_missed"], 1)
        self.assertGreaterEqual(codes["core_round_line_failed"], 3)
        own = [e for e in exceptions if e.check_id.domain in ("core", "facility")]
        self.assertLess(len(own), 20, codes)
        self.assertFalse(exceptions.filtered(lambda e: not e.user_id))

    def test_a_second_load_changes_nothing(self):
        tables = ("hr.employee", "stock.location", "res.users", "medical.core.round")

        def count():
            return [
                self.env[table].with_context(active_test=False).search_count([])
                for table in tables
            ]

        before = count()
        self.assertEqual(self.sample.load(), self.company.id)
        self.assertEqual(count(), before)

    def test_a_load_that_was_cut_off_goes_on(self):
        self.env.ref("medical_office_sample.part_rounds")
        self.env["ir.model.data"].search(
            [("module", "=", "medical_office_sample"), ("name", "=", "part_rounds")]
        ).unlink()
        with patch.object(type(self.sample), "_load_rounds") as again:
            self.sample.load()
        again.assert_called_once()

    def test_every_login_works_and_has_its_role(self):
        logins = self.sample.logins()
        self.assertEqual(
            [login for _role, login, _password in logins],
            ["director", "head", "staff", "frontdesk", "accountant", "manager", "hr",
             "payroll", "auditor"],
        )  # fmt: skip
        for role, login, password in logins:
            with self.subTest(login):
                found = self.env["res.users"].authenticate(
                    {"type": "password", "login": login, "password": password},
                    {"interactive": True},
                )
                user = self.env["res.users"].browse(found["uid"])
                self.assertIn(role, user.group_ids.mapped("name"))
                self.assertEqual(user.company_ids, self.company)
        self.assertEqual({password for *_rest, password in logins}, {PASSWORD})

    def test_nobody_but_an_administrator(self):
        manager = self.get("person_alvarez").user_id
        for method in ("load", "logins"):
            with self.subTest(method), self.assertRaises(AccessError):
                getattr(self.sample.with_user(manager), method)()

    def test_the_wizard_asks_first(self):
        wizard = self.env["medical.core.sample.wizard"].create({})
        with self.assertRaisesRegex(UserError, "Check the box"):
            wizard.action_load()
        wizard.confirmed = True
        self.assertIn(f"cids={self.company.id}", wizard.action_load()["url"])


@tagged("post_install", "-at_install")
class TestCoreSampleTwice(SampleCase):
    def picture(self):
        """What the practice looks like, without numbers that the database gives."""
        rounds = self.env["medical.core.round"].search([], order="date_due, id")
        return [
            (
                one.schedule_id.name,
                one.date_due,
                one.state,
                one.user_id.login,
                one.is_excused,
                [(x.name, x.room_id.name, x.result, x.value_number, x.note)
                 for x in one.line_ids],
            )
            for one in rounds
        ]  # fmt: skip

    def test_the_same_day_gives_the_same_practice(self):
        pictures = []
        for _time in range(2):
            savepoint = self.env.cr.savepoint(flush=True)
            self.sample.load()
            pictures.append(self.picture())
            savepoint.close(rollback=True)
            self.env.invalidate_all(flush=False)
            self.env.registry.clear_all_caches()
        self.assertGreater(len(pictures[0]), 1000)
        self.assertEqual(*pictures)


@tagged("post_install", "-at_install")
class TestCoreSampleRefused(SampleCase):
    def refused(self, what):
        with self.assertRaisesRegex(UserError, f"in use: it contains.*1 {what}"):
            self.sample.load()

    def test_a_database_with_an_employee(self):
        self.env["hr.employee"].create({"name": "Somebody", "active": False})
        self.refused("employees")

    def test_a_database_with_a_user(self):
        new_test_user(self.env, "somebody", groups="base.group_user")
        self.refused("users")

    def test_a_database_with_stock(self):
        product = self.env["product.product"].create({"name": "Gloves"})
        self.env["stock.move"].create(
            {
                "product_id": product.id,
                "product_uom_qty": 1,
                "location_id": self.env.ref("stock.stock_location_suppliers").id,
                "location_dest_id": self.env["stock.warehouse"]
                .search([], limit=1)
                .lot_stock_id.id,
            }
        )
        self.refused("stock moves")
        self.assertNotEqual(
            self.env.ref("base.main_company").name, "Lakeside Family Medicine"
        )
