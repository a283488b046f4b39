"""What was moved stays as it was moved."""

import importlib.util
from pathlib import Path

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .bill_case import BillCase

SCRIPT = (
    Path(__file__).parents[2] / "migrations" / "19.0.3.0.0" / "post-cause_index.py"
)  # not importable by its name


@tagged("post_install", "-at_install")
class TestSupplyMoved(BillCase):
    def test_a_done_move_is_corrected_by_another_one(self):
        line = self.order(received=6)
        move = line.move_ids.filtered(lambda move: move.state == "done")
        self.assertTrue(move.move_line_ids)
        place = move.location_dest_id
        before = self.on_hand(place, self.gauze)
        for role in ("manager", "accountant"):
            for told, attempt in self.attempts(move, role).items():
                with self.subTest(f"{role} {told}"), self.assertRaises(UserError):
                    attempt()
        self.assertEqual(self.on_hand(place, self.gauze), before)

    def attempts(self, move, role):
        mine = move.with_user(self.users[role])
        detail = mine.move_line_ids[0]
        moves = {
            "product_id": self.gauze.id,
            "location_id": move.location_id.id,
            "location_dest_id": move.location_dest_id.id,
        }
        more = {"move_id": move.id, "quantity": 500, **moves}
        born = {"product_uom_qty": 5, "state": "done", **moves}
        command = Command.update(detail.id, {"quantity": 5000})
        return {
            "quantity": lambda: mine.write({"quantity": 1}),
            "state": lambda: mine.write({"state": "draft"}),
            "detail": lambda: detail.write({"quantity": 1}),
            "place": lambda: detail.write({"location_id": move.location_dest_id.id}),
            "command": lambda: mine.write({"move_line_ids": [command]}),
            "one more": lambda: detail.create(more),
            "born done": lambda: mine.create(born),
        }

    def test_an_upgrade_leaves_one_index_over_the_cause(self):
        spec = importlib.util.spec_from_file_location("post_cause_index", SCRIPT)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        cr = self.env.cr
        cr.execute("DROP INDEX IF EXISTS stock_move__medical_cause_index")
        cr.execute(
            "CREATE INDEX stock_move__medical_cause_index ON stock_move (medical_cause)"
            " WHERE medical_cause IS NOT NULL"
        )
        for _again in range(2):
            script.migrate(cr, "19.0.2.0.0")
        cr.execute(
            "SELECT indexname FROM pg_indexes"
            " WHERE tablename = 'stock_move' AND indexdef LIKE '%(medical_cause%'"
        )
        self.assertEqual(cr.fetchall(), [("stock_move_medical_cause_date",)])
