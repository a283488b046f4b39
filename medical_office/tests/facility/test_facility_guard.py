"""What only the program writes of assets, tag-outs and repairs: tried as each role."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import RpcClient
from .request_case import RequestCase

# field of a request -> a value that would be a proof, as a client would send it
PROOFS = {
    "medical_source": "plan",
    "medical_reported_at": "2026-01-01 08:00:00",
    "medical_started_at": "2026-01-01 08:00:00",
    "medical_repaired_at": "2026-01-01 08:00:00",
    "medical_closed_at": "2026-01-01 08:00:00",
    "medical_due": "2030-01-01 08:00:00",
    "medical_escalation": "2",
    "medical_status_token": "guessed",
    "medical_reporter_email": "somebody@example.com",
}
WRITERS = ("staff", "head", "hr", "payroll", "manager")


@tagged("post_install", "-at_install")
class TestFacilityGuard(RequestCase):
    def setUp(self):
        super().setUp()
        self.staff, self.manager = self.users["staff"], self.users["manager"]
        self.done = self.env["maintenance.stage"]._medical_stage("done")

    def own_default(self, role, model, name, value):
        """The user's own default, as every internal user may set it."""
        defaults = self.env["ir.default"].with_user(self.users[role])
        defaults.set(model, name, value, user_id=True)

    def tags(self, role):
        return self.env["medical.facility.tagout"].with_user(self.users[role])

    # ----------------------------------------------------------------- tag-outs

    def test_one_person_does_not_tag_out_and_return(self):
        for role in ("head", "manager", "director"):
            tag = self.tags(role).create(
                {"equipment_id": self.chair.id, "reason": "Leg broken"}
            )
            other = self.users["staff"].id
            for values in (
                {"state": "returned"},
                {"tagged_by_id": other},
                {"returned_by_id": other, "date_returned": "2026-11-24 18:00:00"},
                {"date_out": "2020-01-01 00:00:00"},
            ):
                with self.subTest(role=role, values=values):
                    with self.assertRaises(UserError):
                        tag.write(values)
                    with self.assertRaises(UserError):  # sudo is no key either
                        tag.sudo().write(values)
            with self.assertRaisesRegex(AccessError, "somebody else"):
                tag.action_return("Looks fine to me")
            self.assertTrue(self.chair.medical_is_out)
            tag.with_user(
                self.users["director" if role != "director" else "manager"]
            ).action_return("New leg")
            self.env.flush_all()

    def test_a_tag_is_not_born_returned(self):
        base = {"equipment_id": self.chair.id, "reason": "Leg broken"}
        proof = {
            "state": "returned",
            "returned_by_id": self.users["director"].id,
            "date_returned": "2026-11-24 18:00:00",
            "tagged_by_id": self.users["director"].id,
        }
        for name, value in proof.items():
            with self.subTest(name), self.assertRaises(UserError):
                self.tags("staff").create({**base, name: value})
            self.own_default("staff", "medical.facility.tagout", name, value)
        context = {f"default_{name}": value for name, value in proof.items()}
        tag = self.tags("staff").with_context(**context).create(base)
        self.assertEqual(tag.state, "out")
        self.assertEqual(tag.tagged_by_id, self.staff)
        self.assertFalse(tag.returned_by_id or tag.date_returned)
        self.assertTrue(self.chair.medical_is_out)

    def test_the_programs_tag_takes_no_defaults_of_whoever_found_the_fault(self):
        self.own_default("staff", "medical.facility.tagout", "state", "returned")
        self.fail_line(self.autoclave)
        tag = self.autoclave.medical_tagout_ids
        self.assertEqual((tag.state, tag.tagged_by_id), ("out", self.staff))

    def test_the_repair_of_a_tag_is_neither_taken_away_nor_changed(self):
        request = self.fail_line(self.autoclave)
        tag = self.autoclave.medical_tagout_ids.with_user(self.manager)
        easy = self.report("manager", equipment_id=self.autoclave.id)
        for values in ({"request_id": False}, {"request_id": easy.id}):
            with self.assertRaisesRegex(UserError, "stays on record"):
                tag.write(values)
        with self.assertRaisesRegex(UserError, "stays on record"):
            tag.equipment_id = self.chair
        self.assertEqual(tag.sudo().request_id, request)

    def test_a_tag_names_a_repair_of_its_own_asset(self):
        request = self.report("manager", equipment_id=self.autoclave.id)
        with self.assertRaisesRegex(UserError, "not a repair of"):
            self.tags("manager").create(
                {
                    "equipment_id": self.chair.id,
                    "reason": "Leg broken",
                    "request_id": request.id,
                }
            )

    def test_a_tag_is_not_deleted_through_its_asset(self):
        self.chair._medical_tag_out("Leg broken")
        tag = self.chair.medical_tagout_ids
        with self.assertRaises(UserError):
            self.chair.with_user(self.manager).write(
                {"medical_tagout_ids": [Command.delete(tag.id)]}
            )
        with self.assertRaisesRegex(UserError, "stays on record"):
            tag.with_user(self.manager).sudo().unlink()
        self.assertTrue(tag.exists())

    # ------------------------------------------------------------------- assets

    def test_what_follows_is_not_written_on_an_asset(self):
        self.chair._medical_tag_out("Leg broken")
        for role in ("hr", "payroll", "manager"):
            asset = self.chair.with_user(self.users[role])
            for values in (
                {"medical_is_out": False},
                {"medical_condition": "a"},
                {"medical_life_safety": True},
                {"medical_end_of_life": "2090-01-01"},
                {"medical_qr_token": "guessed"},
                {"medical_schedule_ids": [Command.clear()]},
                {"currency_id": self.env.ref("base.EUR").id},
            ):
                with self.subTest(role=role, values=values):
                    with self.assertRaises(AccessError):
                        asset.write(values)
        self.assertTrue(self.chair.medical_is_out)

    def test_an_asset_is_not_born_with_what_follows(self):
        values = {"name": "Stool", "equipment_assign_to": "other"}
        assets = self.env["maintenance.equipment"].with_user(self.manager)
        for name, value in (("medical_is_out", True), ("medical_qr_token", "guessed")):
            with self.subTest(name), self.assertRaises(AccessError):
                assets.create({**values, name: value})
            self.own_default("manager", "maintenance.equipment", name, value)
        asset = assets.with_context(
            default_medical_is_out=True, default_medical_qr_token="guessed"
        ).create(values)
        self.assertFalse(asset.medical_is_out)
        self.assertGreater(len(asset.sudo().medical_qr_token), 15)

    def test_a_copied_asset_has_a_label_of_its_own_and_no_history(self):
        self.chair._medical_tag_out("Leg broken")
        twin = self.chair.with_user(self.manager).copy()
        self.assertFalse(twin.medical_is_out or twin.medical_schedule_ids)
        self.assertNotEqual(
            twin.sudo().medical_qr_token, self.chair.sudo().medical_qr_token
        )

    def test_a_counter_is_read_by_whoever_enters_it(self):
        readings = self.env["medical.facility.usage"].with_user(self.staff)
        values = {"equipment_id": self.autoclave.id, "value": 10}
        with self.assertRaises(AccessError):
            readings.create({**values, "user_id": self.manager.id})
        reading = readings.with_context(default_user_id=self.manager.id).create(values)
        self.assertEqual(reading.user_id, self.staff)

    # ----------------------------------------------------------------- requests

    def test_proofs_of_a_request_are_refused_to_every_role(self):
        for role in WRITERS:
            request = self.report(role, equipment_id=self.chair.id)
            proofs = {**PROOFS, "medical_repaired_by_id": self.users["director"].id}
            for name, value in proofs.items():
                with self.subTest(role=role, name=name):
                    with self.assertRaises(AccessError):
                        request.write({name: value})
                    with self.assertRaises(AccessError):
                        request.sudo().write({name: value})
                    with self.assertRaises(AccessError):
                        self.report(role, **{name: value})

    def test_defaults_give_a_request_no_proof(self):
        proofs = {**PROOFS, "medical_repaired_by_id": self.users["director"].id}
        for name, value in proofs.items():
            self.own_default("staff", "maintenance.request", name, value)
        # the host itself refuses a context's default for a field with groups
        for name in ("medical_status_token", "medical_reporter_email"):
            del proofs[name]
        context = {f"default_{name}": value for name, value in proofs.items()}
        made = (
            self.env["maintenance.request"]
            .with_user(self.staff)
            .with_context(**context)
            .create({"name": "Broken", "company_id": self.company.id, "priority": "2"})
        ).sudo()
        self.assertEqual(made.medical_source, "manual")
        self.assertEqual(str(made.medical_reported_at), "2026-11-24 18:30:00")
        self.assertEqual(str(made.medical_due), "2026-11-26 18:30:00")
        self.assertEqual(made.medical_escalation, "0")
        for name in (
            "medical_started_at", "medical_repaired_at", "medical_closed_at",
            "medical_repaired_by_id", "medical_status_token", "medical_reporter_email",
        ):  # fmt: skip
            self.assertFalse(made[name], name)

    def test_a_failure_is_not_born_closed_by_its_finders_defaults(self):
        for name, value in (
            ("stage_id", self.done.id),
            ("archive", True),
            ("close_date", "2026-11-24"),
            ("medical_closed_at", "2026-11-24 18:00:00"),
            ("medical_repaired_by_id", self.staff.id),
        ):
            self.own_default("staff", "maintenance.request", name, value)
        request = self.fail_line(self.chair)
        self.assertFalse(request.done or request.archive or request.close_date)
        self.assertFalse(request.medical_closed_at or request.medical_repaired_by_id)
        by_hand = self.report("staff", stage_id=self.done.id, archive=True)
        self.assertFalse(by_hand.done or by_hand.archive)

    def test_a_closed_request_keeps_what_it_says(self):
        request = self.report("staff", equipment_id=self.chair.id, priority="1")
        request.with_user(self.manager).action_medical_close()
        closed_at = request.medical_closed_at
        for role in ("staff", "manager"):
            own = request.with_user(self.users[role])
            for values in (
                {"priority": "0"},
                {"equipment_id": self.autoclave.id},
                {"medical_photo": b"R0lGODlhAQABAAAAACw="},
                {"medical_vendor_id": self.vendor.id},
                {"medical_cost_ids": [Command.create({"hours": 3})]},
            ):
                with self.subTest(role=role, values=values):
                    with self.assertRaisesRegex(UserError, "is closed"):
                        own.write(values)
        with self.assertRaisesRegex(UserError, "stays on record"):
            request.with_user(self.manager).unlink()
        self.assertEqual(request.medical_closed_at, closed_at)
        request.with_user(self.manager).reset_equipment_request()
        request.with_user(self.manager).priority = "0"
        self.assertFalse(request.medical_closed_at)

    def test_a_round_signed_or_not_is_tied_to_no_request_by_hand(self):
        request = self.report("manager", equipment_id=self.chair.id)
        self.round.with_user(self.staff).action_start()
        self.round.line_ids.with_user(self.staff).result = "pass"
        self.round.with_user(self.staff).action_sign()
        self.assertEqual(self.round.state, "done")
        for role in ("staff", "head", "manager", "director"):
            one = self.round.with_user(self.users[role])
            with self.subTest(role), self.assertRaises(AccessError):
                one.write({"medical_request_id": request.id})
            line = one.line_ids[:1]
            for name in ("medical_request_id", "medical_retest_request_id"):
                with self.subTest(role, name=name), self.assertRaises(AccessError):
                    line.write({name: request.id})
        self.assertFalse(self.round.medical_request_id)

    def test_requests_are_found_by_how_they_are_kept(self):
        requests = self.env["maintenance.request"]
        fault = self.fail_line(self.chair)
        free, closed = self.report("staff"), self.report("staff")
        closed.with_user(self.manager).action_medical_close()
        own = [("id", "in", (fault | free | closed).ids)]
        for key, record in (("fault", fault), ("free", free), ("closed", closed)):
            found = requests.search([*own, ("medical_lock", "=", key)])
            self.assertEqual((found, record.medical_lock), (record, key))
        kept = requests.search([*own, ("medical_lock", "not in", ["free"])])
        self.assertEqual(kept, fault | closed)

    def test_a_stage_that_closes_requests_is_the_managers(self):
        stage = self.env["maintenance.stage"]._medical_stage("work")
        for role in ("hr", "payroll"):
            with self.subTest(role), self.assertRaisesRegex(AccessError, "Manager"):
                stage.with_user(self.users[role]).done = True
        stage.with_user(self.manager).name = "In hand"
        self.assertFalse(stage.done)

    # -------------------------------------------------------------------- costs

    def test_costs_are_neither_born_nor_written_with_an_amount(self):
        request = self.report("staff", equipment_id=self.chair.id)
        costs = self.env["medical.facility.cost"].with_user(self.manager)
        base = {"request_id": request.id, "hours": 1}
        for name in ("rate", "amount"):
            with self.subTest(name), self.assertRaises(AccessError):
                costs.create({**base, name: 9999})
            self.own_default("manager", "medical.facility.cost", name, 9999)
        cost = costs.with_context(default_rate=9999, default_amount=9999).create(base)
        self.assertEqual((cost.rate, cost.amount), (40, 40))
        for name in ("rate", "amount", "move_id"):
            with self.subTest(name), self.assertRaises(AccessError):
                cost.write({name: 1})
        with self.assertRaisesRegex(UserError, "cannot become a part"):
            cost.kind = "part"

    def test_a_closed_requests_costs_are_locked_with_it(self):
        request = self.report("staff", equipment_id=self.chair.id)
        other = self.report("staff", equipment_id=self.chair.id)
        costs = self.env["medical.facility.cost"].with_user(self.manager)
        cost = costs.create({"request_id": request.id, "hours": 1})
        moved = costs.create({"request_id": other.id, "hours": 1})
        request.with_user(self.manager).action_medical_close()
        for change in (
            lambda: cost.write({"hours": 5}),
            lambda: cost.write({"request_id": other.id}),
            lambda: moved.write({"request_id": request.id}),
            lambda: cost.unlink(),
            lambda: costs.create({"request_id": request.id, "hours": 1}),
        ):
            with self.assertRaisesRegex(UserError, "is closed"):
                change()
        self.assertEqual((cost.hours, cost.request_id), (1, request))

    def test_an_empty_cost_line_opens(self):
        costs = self.env["medical.facility.cost"].with_user(self.manager)
        answer = costs.onchange({}, [], {"amount": {}, "rate": {}, "hours": {}})
        self.assertEqual(answer["value"]["amount"], 0)

    # ---------------------------------------------------------------- approvals

    def test_nobody_gives_a_credential_to_themselves(self):
        for role in ("hr", "manager"):
            user = self.users[role]
            credentials = self.env["medical.core.credential"].with_user(user)
            values = {
                "type_id": self.credential_type("electrical").id,
                "company_id": self.company.id,
            }
            with self.subTest(role):
                with self.assertRaisesRegex(AccessError, "your own credential"):
                    credentials.create({**values, "user_id": user.id})
                with self.assertRaisesRegex(AccessError, "your own credential"):
                    credentials.with_context(default_user_id=user.id).create(values)
                other = credentials.create({**values, "user_id": self.staff.id})
                with self.assertRaisesRegex(AccessError, "your own credential"):
                    other.user_id = user
            own = self.env["medical.core.credential"].create(
                {**values, "user_id": user.id, "date_to": "2026-12-01"}
            )
            with self.assertRaisesRegex(AccessError, "your own credential"):
                own.with_user(user).date_to = "2036-12-01"
            self.assertFalse(
                self.env["medical.core.credential"].search_count(
                    [("user_id", "=", user.id), ("date_to", "!=", "2026-12-01")]
                )
            )

    def test_a_vendor_is_approved_and_insured_by_the_manager_alone(self):
        approval = self.approve_vendor(insurance_until="2026-11-25")
        for role in ("staff", "head", "hr", "payroll", "accountant", "director"):
            approvals = approval.with_user(self.users[role])
            with self.subTest(role), self.assertRaises(AccessError):
                approvals.insurance_until = "2036-01-01"
            with self.subTest(role), self.assertRaises(AccessError):
                approvals.with_context(
                    default_insurance_until="2036-01-01",
                    default_partner_id=self.manager.partner_id.id,
                ).create({})
        self.assertEqual(str(approval.insurance_until), "2026-11-25")

    def test_an_agreement_is_the_managers_and_its_notice_is_worked_out(self):
        values = {
            "name": "Service",
            "partner_id": self.vendor.id,
            "company_id": self.company.id,
            "date_start": "2026-01-01",
            "date_end": "2026-12-31",
            "notice_days": 60,
        }
        for role in ("staff", "head", "accountant", "director"):
            agreements = self.env["medical.facility.agreement"].with_user(
                self.users[role]
            )
            with self.subTest(role), self.assertRaises(AccessError):
                agreements.create(values)
        agreements = self.env["medical.facility.agreement"].with_user(self.manager)
        self.own_default(
            "manager", "medical.facility.agreement", "date_notice", "2036-01-01"
        )
        agreement = agreements.with_context(default_date_notice="2036-01-01").create(
            values
        )
        self.assertEqual(str(agreement.date_notice), "2026-11-01")
        with self.assertRaises(AccessError):
            agreement.date_notice = "2036-01-01"

    def test_a_plan_keeps_the_schedule_it_made(self):
        plan = self.env["medical.facility.maintenance.plan"].create(
            {
                "equipment_id": self.chair.id,
                "company_id": self.company.id,
                "owner_id": self.staff.id,
                "date_next": "2026-12-01",
            }
        )
        before = plan.schedule_id
        with self.assertRaises(AccessError):
            plan.with_user(self.manager).schedule_id = self.schedule
        with self.assertRaises(AccessError):
            plan.with_user(self.manager).copy({"schedule_id": self.schedule.id})
        self.assertEqual(plan.schedule_id, before)


@tagged("post_install", "-at_install")
class TestFacilityGuardRpc(RequestCase, RpcClient):
    def test_a_client_gets_nothing_past_the_guard(self):
        request = self.fail_line(self.autoclave)
        tag = self.autoclave.medical_tagout_ids
        director = self.users["director"].id
        self.sign_in("manager")
        for model, record, values in (
            ("medical.facility.tagout", tag, {"state": "returned"}),
            ("medical.facility.tagout", tag, {"tagged_by_id": director}),
            ("medical.facility.tagout", tag, {"request_id": False}),
            ("maintenance.equipment", self.autoclave, {"medical_is_out": False}),
            ("maintenance.request", request, {"medical_due": "2030-01-01 00:00:00"}),
            ("maintenance.request", request, {"medical_repaired_by_id": director}),
            ("medical.core.round", self.round, {"medical_request_id": request.id}),
        ):
            # a key that a client can send opens nothing
            for context in ({}, {"medical_pen": True}, {"medical_pen": {}}):
                with self.subTest(values=values, context=context):
                    self.call_refused(
                        model, "write", record.ids, values, context=context
                    )
        self.assertTrue(self.autoclave.medical_is_out)

    def test_a_clients_context_makes_no_returned_tag(self):
        self.sign_in("staff")
        [tag] = self.call(
            "medical.facility.tagout",
            "create",
            [{"equipment_id": self.chair.id, "reason": "Leg broken"}],
            context={
                "default_state": "returned",
                "default_returned_by_id": self.users["director"].id,
                "medical_pen": 1,
            },
        )
        tag = self.env["medical.facility.tagout"].browse(tag)
        self.assertEqual((tag.state, tag.returned_by_id.id), ("out", False))
        self.call_refused("medical.facility.tagout", "action_return", tag.ids, "Fine")

    def test_an_onchange_writes_no_program_field(self):
        self.chair._medical_tag_out("Leg broken")
        self.sign_in("manager")
        self.call(
            "maintenance.equipment",
            "onchange",
            self.chair.ids,
            {"medical_is_out": False, "name": "Chair"},
            ["name"],
            {"name": {}, "medical_is_out": {}},
        )
        self.assertTrue(self.chair.medical_is_out)
