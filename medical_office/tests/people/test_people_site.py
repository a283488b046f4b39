"""Sites as work locations, and who works at another one."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .people_case import PeopleCase


@tagged("post_install", "-at_install")
class TestPeopleSite(PeopleCase):
    def opened(self, name="Cedar Street"):
        """A site made by the manager, who is not of HR."""
        self.env.invalidate_all()  # a request of hers would not hold what others read
        sites = self.env["stock.warehouse"].with_user(self.users["manager"])
        return sites.create({"name": name, "medical_is_site": True}).sudo()

    def location(self, **values):
        return self.env["hr.work.location"].create(
            {
                "name": "Home",
                "address_id": self.company.partner_id.id,
                "company_id": self.company.id,
                **values,
            }
        )

    def of(self, site):
        return self.env["hr.work.location"].search([("medical_site_id", "=", site.id)])

    def test_a_new_site_can_be_chosen_on_an_employee(self):
        site = self.opened()
        place = self.of(site)
        self.assertEqual(place.name, "Cedar Street")
        self.assertEqual(place.company_id, site.company_id)
        site._medical_set_up_site()
        self.assertEqual(self.of(site), place, "made once")

    def test_a_location_of_that_name_is_taken_for_it(self):
        same = self.location(name="CEDAR street")
        site = self.opened()
        self.assertEqual(self.of(site), same)

    def test_a_location_that_is_another_site_stays_one(self):
        first = self.opened()
        place = self.of(first)
        place.name = "Cedar Annex"
        second = self.opened("Cedar Annex")
        self.assertEqual(self.of(first), place)
        self.assertNotEqual(self.of(second), place)
        self.assertTrue(self.of(second))

    def test_hr_says_which_site_a_location_is(self):
        site, home = self.opened(), self.location()
        self.assertTrue(
            home.with_user(self.users["hr"]).write({"medical_site_id": site.id})
        )
        with self.assertRaises(AccessError):
            home.with_user(self.users["staff"]).write({"medical_site_id": False})

    def test_who_works_elsewhere(self):
        here, there = self.opened(), self.opened("Dell Road")
        nurse, head = self.nurse, self.employees["head"]
        everybody = self.env["hr.employee"]
        nurse.work_location_id = self.of(there)
        head.work_location_id = self.location()
        self.assertEqual(everybody._medical_elsewhere(here), nurse)
        self.assertFalse(everybody._medical_elsewhere(there))
        self.assertFalse(everybody._medical_elsewhere(here.browse()))

    def test_nobody_chooses_where_they_work_but_hr(self):
        """The minimum wage, the pay grade and the audits of a site follow from it."""
        here, there = self.opened(), self.opened("Dell Road")
        for role in ("staff", "head", "accountant", "director"):
            user, person = self.users[role], self.employees[role]
            person.work_location_id = self.of(here)
            with self.subTest(role), self.assertRaises(AccessError):
                user.with_user(user).write({"work_location_id": self.of(there).id})
            user.with_user(user).write({"mobile_phone": "555-0100"})
            self.assertEqual(person.work_location_id, self.of(here))
        self.nurse.with_user(self.users["hr"]).work_location_id = self.of(there)

    def test_a_renamed_site_renames_its_work_location(self):
        site, other = self.opened(), self.opened("Dell Road")
        self.of(other).name = "Annex"
        (site.with_user(self.users["manager"])).name = "Cedar Avenue"
        other.name = "Dell Street"
        self.assertEqual(self.of(site).name, "Cedar Avenue")
        self.assertEqual(self.of(other).name, "Annex", "what HR called it stays")

    def test_a_place_where_somebody_works_does_not_go(self):
        site = self.opened()
        place = self.of(site)
        self.nurse.work_location_id = place
        for role in ("hr", "payroll", "manager"):
            one = place.with_user(self.users[role])
            with self.subTest(role), self.assertRaisesRegex(UserError, "work there"):
                one.active = False
        with self.assertRaisesRegex(UserError, "work there"):
            place.with_user(self.users["manager"]).unlink()
        with self.assertRaisesRegex(UserError, "work there"):
            site.active = False
        self.nurse.work_location_id = self.location()
        site.active = False
        self.assertFalse(place.active)

    def test_another_company_s_places_and_sites(self):
        theirs = self.env["stock.warehouse"].create(
            {"name": "Far", "code": "FAR", "company_id": self.other_company.id}
        )
        theirs.medical_is_site = True
        place, own = self.of(theirs), self.of(self.opened())
        self.assertEqual(place.company_id, self.other_company)
        for role in ("hr", "payroll", "manager", "staff", "director"):
            places = self.env["hr.work.location"].with_user(self.users[role])
            with self.subTest(role):
                self.assertFalse(places.search([("id", "=", place.id)]))
                with self.assertRaises(AccessError):
                    places.browse(place.id).read(["name"])
                with self.assertRaises(AccessError):
                    places.browse(own.id).write({"medical_site_id": theirs.id})
        with self.assertRaisesRegex(UserError, "compan"):
            own.medical_site_id = theirs
