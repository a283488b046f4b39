"""A confirmed match stops work, orders, bills and payments; a question stops nothing."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..supply.bill_case import BillCase
from .exclusion_case import LEIE, ExclusionLists, firm, person


@tagged("post_install", "-at_install")
class TestComplianceBar(ExclusionLists, BillCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vendor.write({"name": "Harbor Lantern Supply", "is_company": True})
        cls.vendor.supplier_rank = 1

    def exclude(self, record, text):
        field = "partner_id" if record._name == "res.partner" else "employee_id"
        self.import_list(text, is_sure=True)
        match = self.env["medical.compliance.exclusion.match"].search(
            [(f"party_id.{field}", "=", record.id)]
        )
        self.assertEqual(match.state, "open")
        return match

    def test_an_order_is_not_confirmed_nor_a_bill_posted_or_paid(self):
        line = self.order()
        posted = self.bill(line, 4, 2.0)
        match = self.exclude(self.vendor, LEIE + firm("HARBOR LANTERN SUPPLY"))
        self.bill(line, 1, 2.0)  # a question stops nothing
        self.confirm(match)
        with self.assertRaisesRegex(UserError, "Harbor Lantern Supply is excluded"):
            self.order()
        with self.assertRaisesRegex(UserError, "Harbor Lantern Supply is excluded"):
            self.bill(line, 1, 2.0)
        with self.assertRaisesRegex(UserError, "Harbor Lantern Supply is excluded"):
            self.pay(posted)
        self.assertEqual(self.bill(line, 1, 2.0, kind="in_refund").state, "posted")

    def test_what_was_confirmed_wrongly_is_asked_anew_and_bars_no_more(self):
        match = self.exclude(self.vendor, LEIE + firm("HARBOR LANTERN SUPPLY"))
        self.confirm(match)
        match.with_user(self.users["director"]).action_reopen("EIN of another firm")
        self.assertTrue(self.order())

    def test_an_excluded_person_is_given_no_duty(self):
        employee = self.employees["staff"]
        employee.name = "Solomon Otherby"
        match = self.exclude(employee, LEIE + person("OTHERBY", "SOLOMON"))
        self.confirm(match)
        team = self.env["maintenance.team"].create(
            {"name": "Repairs", "company_id": self.company.id}
        )
        duties = self.env["medical.facility.duty"]
        with self.assertRaisesRegex((UserError, ValidationError), "is excluded"):
            duties.create({"team_id": team.id, "user_id": self.users["staff"].id})
        duties.create({"team_id": team.id, "user_id": self.users["head"].id})

    def test_an_excluded_person_walks_no_round(self):
        checklist = self.env["medical.core.checklist"].create(
            {
                "name": "Morning",
                "company_id": self.company.id,
                "item_ids": [(0, 0, {"name": "Door locked"})],
            }
        )
        schedule = self.env["medical.core.schedule"].create(
            {
                "name": "Morning walk",
                "checklist_id": checklist.id,
                "room_ids": [(6, 0, self.rooms[:1].ids)],
                "owner_id": self.users["staff"].id,
                "backup_id": self.users["head"].id,
                "company_id": self.company.id,
            }
        )
        schedule._generate()
        rounds = self.env["medical.core.round"].search(
            [("schedule_id", "=", schedule.id)]
        )
        self.assertEqual(rounds.user_id, self.users["staff"])
        employee = self.employees["staff"]
        employee.name = "Solomon Otherby"
        match = self.exclude(employee, LEIE + person("OTHERBY", "SOLOMON"))
        self.confirm(match)
        self.assertEqual(rounds.user_id, self.users["head"])
        with self.assertRaisesRegex(UserError, "is excluded"):
            rounds[0].with_user(self.users["manager"]).user_id = self.users["staff"]
        with self.assertRaisesRegex((UserError, ValidationError), "is excluded"):
            schedule.copy({"name": "Evening walk"})

    def test_who_is_asked_for_pay(self):
        employee = self.employees["staff"]
        employee.name = "Solomon Otherby"
        bar = self.env["medical.core.bar"]
        day = self.site.create_date.date()
        everybody = employee | self.employees["head"]
        match = self.exclude(employee, LEIE + person("OTHERBY", "SOLOMON"))
        self.assertFalse(bar._bars(everybody, day, "pay"))
        self.confirm(match)
        self.assertEqual(list(bar._bars(everybody, day, "pay")), [employee])
