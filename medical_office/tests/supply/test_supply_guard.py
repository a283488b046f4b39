"""What the program alone writes of supplies: at birth, afterwards, by any role."""

from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .proof_case import PEOPLE, ProofCase
from .supply_case import NOW, TODAY


@tagged("post_install", "-at_install")
class TestSupplyBirth(ProofCase):
    def test_a_count_is_not_born_posted(self):
        head = self.users["head"].id
        self.assert_born_clean(
            "medical.supply.count",
            "staff",
            {"room_id": self.exam_1.id},
            {
                "state": "posted",
                "approved_by_id": head,
                "counted_by_id": head,
                "date_posted": NOW,
                "is_blind": True,
            },
        )

    def test_a_proposal_is_not_born_approved(self):
        head = self.users["head"].id
        self.assert_born_clean(
            "medical.supply.proposal",
            "staff",
            {
                "product_id": self.gauze.id,
                "room_id": self.exam_1.id,
                "needed": 5,
            },
            {
                "state": "approved",
                "approved_by_id": head,
                "approved_at": NOW,
                "requested_by_id": head,
                "source": "need",
                "company_id": self.other_company.id,
            },
        )

    def test_a_witness_signs_or_is_none(self):
        head = self.users["head"].id
        self.assert_born_clean(
            "medical.supply.controlled.log",
            "staff",
            {
                "kind": "counted",
                "product_id": self.drug.id,
                "location_id": self.exam_1.id,
                "lot_id": self.batch.id,
                "counted": 8,
            },
            {
                "state": "final",
                "witness_id": head,
                "witnessed_at": NOW - timedelta(days=1),
                "user_id": head,
                "difference": 3.0,
                "change": 3.0,
            },
        )

    def test_an_excursion_is_not_born_released(self):
        head = self.users["head"].id
        self.assert_born_clean(
            "medical.supply.excursion",
            "staff",
            {"equipment_id": self.fridge.id, "kind": "warm", "worst": 12},
            {
                "state": "released",
                "reported_by_id": head,
                "first_signed_by_id": head,
                "second_signed_by_id": head,
                "ended_at": NOW,
                "shelf_id": self.exam_1.id,
            },
        )

    def test_a_recall_is_not_born_closed(self):
        self.assert_born_clean(
            "medical.supply.recall",
            "staff",
            {"name": "L1"},
            {
                "state": "closed",
                "quarantined_by_id": self.users["head"].id,
                "quarantined_at": NOW,
            },
        )

    def test_a_kit_is_not_born_sealed(self):
        self.assert_born_clean(
            "medical.supply.kit",
            "head",
            {"name": "Box", "location_id": self.exam_1.id},
            {
                "state": "sealed",
                "seal_number": "4711",
                "sealed_by_id": self.users["manager"].id,
                "sealed_at": NOW,
                "checked_at": NOW,
                "checked_by_id": self.users["manager"].id,
            },
        )

    def test_a_number_of_visits_is_born_without_corrections(self):
        self.assert_born_clean(
            "medical.supply.visits",
            "manager",
            {
                "site_id": self.site.id,
                "department_id": self.nursing.id,
                "month": TODAY.replace(month=10, day=1),
                "visits": 5,
            },
            {"corrections": 3},
        )

    def test_a_discrepancy_that_the_program_opens_is_open(self):
        """The witness' own defaults have no say in what the signature makes."""
        boss = self.users["manager"].id
        for name, value in (
            ("state", "closed"),
            ("closed_by_id", boss),
            ("explained_by_id", boss),
            ("closed_at", "2026-11-01 12:00:00"),
        ):
            with self.own_default("medical.supply.discrepancy", name, value, "head"):
                one = self.discrepancy()
            self.assertEqual(one.state, "open")
            self.assertFalse(one[name] and name != "state")
            entry = self.counted().with_user(self.users["head"])
            entry.with_context(**{f"default_{name}": value}).action_witness()
            self.assertEqual(entry.discrepancy_id.state, "open")
            self.assertFalse(entry.discrepancy_id.closed_by_id)
        for role in PEOPLE:
            with self.assertRaises(AccessError):
                self.env["medical.supply.discrepancy"].with_user(
                    self.users[role]
                ).create({"log_id": one.log_id.id})

    def test_a_review_that_the_manager_starts_is_open(self):
        manager = self.users["manager"]
        with self.own_default("medical.supply.review", "state", "closed", "manager"):
            action = (
                self.env["medical.supply.review"]
                .with_user(manager)
                .with_context(default_state="closed", default_looked_at=99)
                .action_review_now()
            )
        made = self.env["medical.supply.review"].browse(action["domain"][0][2])
        self.assertEqual(set(made.mapped("state")), {"open"})

    def test_a_move_is_not_born_with_the_proof_of_another(self):
        entry = self.counted()
        loss = self.gauze.with_company(self.company).property_stock_inventory
        self.assert_born_clean(
            "stock.move",
            "manager",
            {
                "product_id": self.gauze.id,
                "product_uom_qty": 1,
                "location_id": self.exam_1.id,
                "location_dest_id": loss.id,
                "company_id": self.company.id,
            },
            {"medical_controlled_id": entry.id, "medical_cause": "used"},
        )


@tagged("post_install", "-at_install")
class TestSupplyWrites(ProofCase):
    def test_a_discrepancy_in_any_state(self):
        one = self.discrepancy()
        forged = {
            "difference": -9,
            "log_id": self.counted().id,
            "counted_by_id": self.users["hr"].id,
            "witness_id": self.users["hr"].id,
            "explained_by_id": self.users["hr"].id,
            "closed_by_id": self.users["hr"].id,
            "product_id": self.gauze.id,
            "location_id": self.exam_2.id,
            "company_id": self.other_company.id,
            "state": "closed",
        }
        told = {"cause": "count", "explanation": "x", "report_number": "1"}
        self.refuse(one, forged)
        staff = one.with_user(self.users["staff"])
        staff.write({"cause": "record", "explanation": "Two were not entered."})
        staff.action_explain()
        self.refuse(one, forged | told)
        one.with_user(self.users["manager"]).action_close()
        self.refuse(one, forged | told)
        # the books followed what was counted, and nothing else
        self.assertEqual(self.on_hand(self.exam_1, self.drug, self.batch), 8)
        self.refuse(one, {"difference": 5}, ("auditor", "plain"))

    def test_a_discrepancy_and_a_log_stay(self):
        one = self.discrepancy()
        for role in PEOPLE:
            for record in (one, one.log_id):
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    record.with_user(self.users[role]).unlink()
                # lent rights are no pen
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    record.with_user(self.users[role]).sudo().unlink()

    def test_the_sheet_of_a_count_and_its_stamps(self):
        self.par(self.exam_1, self.gauze, 50, 100)
        self.stock(self.exam_1, self.gauze, 80)
        counts = self.env["medical.supply.count"].with_user(self.users["staff"])
        count = counts.browse(counts.phone_open(self.exam_1.id)["id"])
        line = count.line_ids.filtered(lambda one: one.product_id == self.gauze)
        forged = {
            "book": 7,
            "is_counted": True,
            "counted_by_id": self.users["head"].id,
            "counted_at": NOW,
            "needs_recount": False,
            "product_id": self.drug.id,
            "count_id": count.id,
            "final": 3,
            "difference": 3,
        }
        self.refuse(line, forged)
        # a key that a client can send opens nothing
        self.refuse(line.with_context(medical_stamped=True), forged)
        self.refuse(count, {"state": "posted", "counted_by_id": 1, "room_id": 1})
        self.refuse(
            count, {"line_ids": [Command.update(line.id, {"book": 1})]}, ("manager",)
        )

    def test_a_proposal(self):
        asked = (
            self.env["medical.supply.proposal"]
            .with_user(self.users["head"])
            .create(
                {"product_id": self.gauze.id, "room_id": self.exam_1.id, "needed": 5}
            )
        )
        self.refuse(
            asked,
            {
                "state": "approved",
                "approved_by_id": self.users["director"].id,
                "requested_by_id": self.users["hr"].id,
                "amount": 1,
                "price": 0.01,
                "quantity": 1,
                "company_id": self.other_company.id,
                "needed": 50,
                "room_id": self.exam_2.id,
            },
        )

    def test_a_sealed_kit_is_not_archived_nor_moved_by_staff(self):
        kit = (
            self.env["medical.supply.kit"]
            .with_user(self.users["head"])
            .create(
                {
                    "name": "Box",
                    "location_id": self.exam_1.id,
                    "new_seal": "4711",
                    "line_ids": [Command.create({"product_id": self.gauze.id})],
                }
            )
        )
        self.refuse(
            kit,
            {"active": False, "location_id": self.exam_2.id},
            ("staff", "hr", "payroll", "accountant"),
            AccessError,
        )
        kit.with_user(self.users["staff"]).action_seal()
        self.refuse(
            kit,
            {
                "active": False,
                "name": "Other",
                "seal_number": "1",
                "checked_at": NOW,
                "equipment_id": self.fridge.id,
                "earliest_expiry": TODAY,
                "line_ids": [Command.clear()],
            },
        )
        self.refuse(kit, {"location_id": self.exam_2.id}, ("staff", "hr"), AccessError)
        # the cart is rolled elsewhere with its seal on it
        kit.with_user(self.users["head"]).location_id = self.exam_2
        self.assertEqual(kit.state, "sealed")
        other = kit.copy({"name": "Second"})
        self.assertEqual((other.state, other.seal_number), ("open", False))
        lines = kit.line_ids
        for values in ({"kit_id": other.id}, {"quantity": 5}):
            self.refuse(lines, values)
        # nor does a line move into it
        self.refuse(other.line_ids, {"kit_id": kit.id})

    def test_an_excursion(self):
        one = (
            self.env["medical.supply.excursion"]
            .with_user(self.users["staff"])
            .create({"equipment_id": self.fridge.id, "kind": "warm", "worst": 12})
        )
        self.refuse(
            one,
            {
                "state": "released",
                "worst": 4,
                "started_at": NOW,
                "ended_at": NOW,
                "kind": "cold",
                "reported_by_id": self.users["hr"].id,
                "first_signed_by_id": self.users["hr"].id,
                "second_signed_by_id": self.users["hr"].id,
                "shelf_id": self.exam_1.id,
                "company_id": self.other_company.id,
                "value_at_risk": 0,
                "unanswered": 0,
            },
        )

    def test_a_recall_that_put_something_away(self):
        self.stock(self.exam_1, self.vaccine, 3, self.lot(self.vaccine, "R1", NOW))
        recall = (
            self.env["medical.supply.recall"]
            .with_user(self.users["staff"])
            .create({"name": "R1"})
        )
        recall.action_quarantine()
        self.refuse(
            recall,
            {
                "name": "R2",
                "date": TODAY - timedelta(days=9),
                "product_id": self.gauze.id,
                "state": "closed",
                "quarantined_by_id": self.users["hr"].id,
                "quarantined_at": NOW - timedelta(days=1),
                "line_ids": [Command.clear()],
            },
        )
        self.refuse(recall.line_ids, {"quantity": 1, "lot_id": self.batch.id})
        with self.assertRaises(AccessError):
            recall.with_user(self.users["auditor"]).action_search()

    def test_a_review(self):
        self.par(self.exam_1, self.gauze, 300, 900)
        review = self.env["medical.supply.review"]._review(self.site)
        review.line_ids |= review.line_ids.create(
            {
                "review_id": review.id,
                "product_id": self.gauze.id,
                "room_id": self.exam_1.id,
                "new_par": 3,
            }
        )
        roles = ("manager", "director")
        self.refuse(
            review,
            {
                "state": "closed",
                "site_id": self.site.id,
                "date": TODAY,
                "looked_at": 1,
                "line_ids": [Command.clear()],
            },
            roles,
        )
        line = review.line_ids[:1]
        self.refuse(
            line,
            {
                "decision": "accepted",
                "decided_by_id": self.users["director"].id,
                "old_par": 1,
                "par": 1,
                "money": 0,
                "reason": "-",
            },
            roles,
        )
        review.with_user(self.users["manager"]).action_close()
        self.refuse(line, {"new_par": 5, "new_reorder": 1}, roles)

    def test_visits(self):
        one = self.env["medical.supply.visits"].create(
            {
                "site_id": self.site.id,
                "department_id": self.nursing.id,
                "month": TODAY.replace(month=10, day=1),
                "visits": 5,
            }
        )
        self.refuse(
            one,
            {
                "corrections": 0,
                "month": TODAY.replace(month=9, day=1),
                "site_id": self.site.id,
                "department_id": self.front_desk.id,
                "company_id": self.other_company.id,
            },
        )

    def test_a_reading(self):
        reading = self.env["medical.supply.reading"].create(
            {
                "equipment_id": self.fridge.id,
                "company_id": self.company.id,
                "at": NOW,
                "celsius": 9,
            }
        )
        self.refuse(reading, {"celsius": 5, "at": NOW, "is_outside": False})
        for role in PEOPLE:
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                reading.with_user(self.users[role]).sudo().write({"celsius": 5})

    def test_proof_on_records_of_the_host(self):
        par = self.par(self.exam_1, self.gauze, 5, 10)
        self.refuse(par, {"medical_counted_on": TODAY, "medical_week_use": 9})
        self.refuse(self.fridge, {"medical_shelf_id": self.exam_1.id})
        self.site._medical_quarantine()
        self.refuse(self.site, {"medical_quarantine_id": self.exam_1.id})
        move = self.env["stock.move"].search([], limit=1)
        entry = self.counted()
        self.refuse(
            move,
            {
                "medical_cause": "used",
                "medical_controlled_id": entry.id,
                "medical_room_id": self.exam_1.id,
            },
        )
