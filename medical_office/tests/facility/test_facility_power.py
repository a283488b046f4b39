"""The wiring: what goes dark, what shares a circuit, what should not be, how it is kept."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .facility_case import FacilityCase


class PowerCase(FacilityCase):
    """Main panel: breaker 1 feeds the store's circuit, breaker 2 feeds a sub-panel."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        panels = cls.env["medical.facility.panel"]
        cls.main = panels.create({"name": "MDP", "room_id": cls.store.id})
        cls.b1, cls.b2 = cls.env["medical.facility.breaker"].create(
            [
                {"panel_id": cls.main.id, "position": 1, "rating_amps": 20},
                {"panel_id": cls.main.id, "position": 2, "rating_amps": 60},
            ]
        )
        cls.sub = panels.create(
            {"name": "LP-2", "room_id": cls.exam_1.id, "fed_by_id": cls.b2.id}
        )
        cls.b3 = cls.env["medical.facility.breaker"].create(
            {"panel_id": cls.sub.id, "position": 1, "rating_amps": 15}
        )
        cls.store_circuit, cls.exam_circuit = cls.env[
            "medical.facility.circuit"
        ].create(
            [
                {"name": "Store", "breaker_id": cls.b1.id},
                {"name": "Exam rooms", "breaker_id": cls.b3.id},
            ]
        )
        cls.s1, cls.s2, cls.e1 = cls.env["medical.facility.outlet"].create(
            [
                cls.outlet_values("S-1", cls.store_circuit, cls.store),
                cls.outlet_values("S-2", cls.store_circuit, cls.store),
                cls.outlet_values("E-1", cls.exam_circuit, cls.exam_1),
            ]
        )
        cls.lamp, cls.heater = cls.env["maintenance.equipment"].create(
            [
                cls._asset_values("Exam Lamp", "exam_light", cls.exam_1)
                | {"medical_outlet_id": cls.e1.id, "medical_amps": 1.5},
                cls._asset_values("Coffee Maker", "coffee_maker", cls.store)
                | {"medical_outlet_id": cls.s2.id, "medical_amps": 12},
            ]
        )
        cls.fridge.write({"medical_outlet_id": cls.s1.id, "medical_amps": 6})

    @classmethod
    def outlet_values(cls, name, circuit, room):
        return {"name": name, "circuit_id": circuit.id, "room_id": room.id}

    def names(self, node):
        """All names of a tree."""
        return [node["name"]] + [n for c in node["children"] for n in self.names(c)]


@tagged("post_install", "-at_install")
class TestFacilityPower(PowerCase):
    def screen(self, role="staff"):
        return self.env["medical.facility.panel"].with_user(self.users[role])

    def test_staff_sees_what_goes_dark_through_a_sub_panel(self):
        answer = self.screen().power_breaker(self.b2.id)
        self.assertEqual((answer["outlets"], answer["assets"]), (1, 1))
        self.assertIn("Exam Lamp", self.names(answer["tree"]))
        self.assertIn("LP-2", self.names(answer["tree"]))

    def test_what_shares_a_circuit_with_the_vaccine_refrigerator(self):
        answer = self.screen().power_asset(self.fridge.id)
        self.assertEqual(answer["shares"], ["Coffee Maker"])
        self.assertEqual(self.names(answer["tree"])[0], "MDP")

    def test_what_feeds_something_is_not_archived(self):
        for record, reason in (
            (self.e1, "assets plugged in there: Exam Lamp"),
            (self.sub, "outlets that it feeds: 1"),
        ):
            with self.subTest(reason), self.assertRaisesRegex(UserError, reason):
                record.with_user(self.users["manager"]).active = False
        self.lamp.medical_outlet_id = False
        self.e1.active = self.sub.active = False

    def test_an_asset_that_is_plugged_in_nowhere_says_so(self):
        answer = self.screen().power_asset(self.chair.id)
        self.assertEqual((answer["breaker_id"], answer["tree"]), (False, None))

    def test_the_screen_counts_the_critical(self):
        panels = {p["name"]: p for p in self.screen().power_screen()}
        first, second = panels["MDP"]["breakers"]
        self.assertEqual((first["assets"], first["critical"]), (2, 1))
        self.assertEqual(first["state"], "near")  # 18 of 20 A
        self.assertEqual((second["assets"], second["panels"]), (1, ["LP-2"]))

    def test_found_by_name_and_by_room_the_vaccines_first(self):
        found = self.screen().power_find("store")
        self.assertEqual(
            [one["name"] for one in found], ["Vaccine Fridge", "Coffee Maker"]
        )

    def test_without_a_role_nothing_is_shown(self):
        with self.assertRaises(AccessError):
            self.screen("plain").power_screen()

    def test_another_company_sees_no_panel(self):
        self.assertEqual(self.as_outsider(self.main.browse()).power_screen(), [])
        with self.assertRaises(AccessError):
            self.as_outsider(self.main.browse()).power_breaker(self.b1.id)

    def test_staff_does_not_rewire(self):
        with self.assertRaises(AccessError):
            self.s1.with_user(self.users["staff"]).outlet_type = "gfci"
        self.s1.with_user(self.users["manager"]).outlet_type = "gfci"

    def test_panels_that_feed_each_other_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "in a loop: .*MDP"):
            self.main.fed_by_id = self.b3

    def test_a_breaker_moved_into_a_circle_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "in a loop"):
            self.b2.panel_id = self.sub

    @mute_logger("odoo.sql_db")
    def test_two_breakers_of_one_number_are_refused(self):
        with self.assertRaises(Exception) as caught, self.env.cr.savepoint():
            self.b1.copy({"position": 2})
        self.assertIn("position", str(caught.exception))

    def test_a_room_with_outlets_is_not_closed(self):
        (self.lamp | self.fridge | self.heater).location_id = self.reception
        with self.assertRaisesRegex(
            UserError, "outlets in it: 1(.|\n)*panels in it: 1"
        ):
            self.exam_1.active = False

    def test_a_moved_asset_is_plugged_out(self):
        with Form(self.lamp.with_user(self.users["manager"])) as form:
            form.location_id = self.exam_2
        self.assertFalse(self.lamp.medical_outlet_id)

    # ------------------------------------------------------------------- checks

    def findings(self, model, method):
        self.env.flush_all()
        self.env.invalidate_all()
        result = getattr(self.env[model], method)()
        return {(row.res_id, row.key or row.severity) for row in result.rows}

    def power_findings(self):
        return self.findings("maintenance.equipment", "_medical_check_power")

    def test_a_vaccine_refrigerator_on_a_switch_or_gfci_is_found(self):
        self.s1.emergency_power = True
        self.assertFalse(self.power_findings())
        self.s1.outlet_type = "switched"
        self.assertEqual(self.power_findings(), {(self.fridge.id, "vaccine_switched")})
        self.s1.outlet_type = "standard"
        self.b1.is_gfci = True
        self.assertEqual(self.power_findings(), {(self.fridge.id, "vaccine_gfci")})
        self.assertIn("GFCI", self.fridge.medical_power_warning)

    def test_sharing_its_outlet_is_found(self):
        self.s1.emergency_power = True
        self.heater.medical_outlet_id = self.s1
        self.assertEqual(self.power_findings(), {(self.fridge.id, "vaccine_shared")})

    def test_no_emergency_power_is_found_and_a_panel_gives_it(self):
        self.assertEqual(
            self.power_findings(), {(self.fridge.id, "no_emergency_power")}
        )
        self.main.emergency_power = True
        self.assertFalse(self.power_findings())

    def test_a_breaker_over_its_rating_is_found(self):
        loads = ("medical.facility.breaker", "_medical_check_load")
        self.assertEqual(self.findings(*loads), {(self.b1.id, "low")})
        self.heater.medical_amps = 15
        self.assertEqual(self.findings(*loads), {(self.b1.id, "high")})

    def test_the_screens_take_the_same_queries_however_large_the_panel(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.screen("manager").power_screen()
            self.screen("manager").power_breaker(self.b1.id)
            self.screen("manager").power_asset(self.fridge.id)
            return self.env.cr.sql_log_count - before

        queries()
        few = queries()
        for number in range(3, 13):
            breaker = self.b1.copy({"position": number})
            circuit = self.store_circuit.copy({"breaker_id": breaker.id})
            outlet = self.s1.copy({"name": f"X-{number}", "circuit_id": circuit.id})
            self.heater.copy({"medical_outlet_id": outlet.id})
            shared = self.s1.copy({"name": f"Y-{number}"})
            self.heater.copy({"medical_outlet_id": shared.id})
        self.assertEqual(queries(), few)

    # ------------------------------------------------------------------- rounds

    def test_an_outlet_is_walked_in_its_room_and_its_line_names_it(self):
        schedule = self.env["medical.core.schedule"].create(
            {
                "checklist_id": self.env.ref(
                    "medical_office.facility_checklist_gfci"
                ).id,
                "outlet_ids": [(6, 0, (self.s1 | self.s2).ids)],
                "panel_ids": [(6, 0, self.main.ids)],
                "owner_id": self.users["staff"].id,
                "company_id": self.company.id,
                "frequency": "daily",
                "skip_closed": "keep",
                "times": "23:59",
                "lead_hours": 48,
            }
        )
        self.assertEqual(schedule.site_id, self.site)
        rounds = schedule._generate()
        rounds[:1]._ensure_lines()
        lines = rounds[:1].line_ids
        self.assertEqual(set(lines.mapped("outlet_id")), {self.s1, self.s2})
        self.assertEqual(lines.panel_id, self.main)
        self.assertEqual(lines.room_id, self.store)
        phone = self.env["medical.core.round"].with_user(self.users["staff"])
        room = phone.phone_room(self.store.id)
        named = {line["equipment"] for line in room["rounds"][0]["lines"]}
        self.assertEqual(named, {"Outlet S-1", "Outlet S-2", "Panel MDP"})
        with self.assertRaises(AccessError):
            lines[0].with_user(self.users["staff"]).outlet_id = self.e1

    def test_the_same_failure_of_two_outlets_is_two_findings(self):
        schedule = self.env["medical.core.schedule"].create(
            {
                "checklist_id": self.env.ref(
                    "medical_office.facility_checklist_gfci"
                ).id,
                "outlet_ids": [(6, 0, (self.s1 | self.s2).ids)],
                "owner_id": self.users["staff"].id,
                "company_id": self.company.id,
                "frequency": "daily",
                "skip_closed": "keep",
                "times": "23:59",
                "lead_hours": 48,
            }
        )
        one = schedule._generate()[:1]
        one._ensure_lines()
        lines = one.line_ids.filtered(lambda line: "TEST" in line.name)
        lines.with_user(self.users["staff"]).write({"result": "fail"})
        self.env.flush_all()
        rows = self.env["medical.core.round.line"]._medical_check_failed().rows
        self.assertEqual({row.res_id for row in rows} & set(lines.ids), set(lines.ids))
