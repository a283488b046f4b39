"""Each job of supplies meets a bad record: the rest is done, the bad one is named."""

from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from .bill_case import BillCase
from .supply_case import NOW

FAULTS = "odoo.addons.medical_office.models.core.job.fault"


@tagged("post_install", "-at_install")
class TestSupplyJobs(BillCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bad_site = cls.env["stock.warehouse"].create(
            {
                "name": "Elm Street",
                "code": "ELM",
                "company_id": cls.company.id,
                "medical_is_site": True,
            }
        )
        cls.faults = cls.env["medical.core.job.fault"]

    def spoil(self, query, *values):
        """A record as no screen of ours leaves it."""
        self.env.flush_all()
        self.env.cr.execute(query, values)
        self.env.invalidate_all()

    def named(self, record):
        """What is on record about it, as the register says it."""
        fault = self.faults.search(
            [("res_model", "=", record._name), ("res_id", "=", record.id)]
        )
        summaries = [row.summary for row in self.faults._medical_check_faults().rows]
        self.assertTrue(
            all(any(one.cause in said for said in summaries) for one in fault)
        )
        return fault

    @contextmanager
    def fails_for(self, model, method, bad):
        """Until the block is left, ``method`` fails where ``bad`` is in its hands.

        :return: what it was done for
        """
        kind = type(self.env[model])
        right, done = getattr(kind, method), []

        def step(records, *given):
            some = given[0] if given else records
            if bad in some:
                raise ValueError("spoiled")
            done.append(some)
            return right(records, *given)

        with patch.object(kind, method, step):
            yield done

    @mute_logger(FAULTS)
    def test_a_lot_that_cannot_be_moved_stops_no_quarantine(self):
        good, bad = (
            self.lot(self.vaccine, name, NOW - timedelta(days=2)) for name in "GB"
        )
        for lot in (good, bad):
            self.stock(self.exam_1, self.vaccine, 4, lot)
        self.spoil(
            "UPDATE stock_lot SET product_id = %s WHERE id = %s", self.gauze.id, bad.id
        )
        self.env["stock.quant"]._cron_medical_quarantine()
        self.assertEqual(self.on_hand(self.exam_1, self.vaccine, good), 0)
        self.assertEqual(
            self.on_hand(self.site._medical_quarantine(), self.vaccine, good), 4
        )
        self.assertEqual(self.on_hand(self.exam_1, self.vaccine, bad), 4)
        self.assertTrue(self.named(bad.quant_ids))

    @mute_logger(FAULTS)
    def test_an_item_that_cannot_be_worked_out_stops_no_order(self):
        pack = self.env["uom.uom"].create(
            {
                "name": "Pack of 7",
                "relative_factor": 7,
                "relative_uom_id": self.unit.id,
            }
        )
        bad = self.item("Syringe", 0.2, pack, price=2.0)
        for item in (self.gauze, bad):
            self.par(self.exam_1, item, 10, 20)
        self.spoil("UPDATE uom_uom SET factor = 0 WHERE id = %s", pack.id)
        proposals = self.env["medical.supply.proposal"]
        proposals._cron_refresh()
        self.assertEqual(proposals.search([]).product_id, self.gauze)
        self.assertTrue(self.named(bad))
        self.assertFalse(self.named(self.gauze))
        # the pack is mended: what was said of the item is gone
        self.spoil("UPDATE uom_uom SET factor = 7 WHERE id = %s", pack.id)
        proposals._cron_refresh()
        self.assertEqual(proposals.search([]).product_id, self.gauze | bad)
        self.assertFalse(self.faults.search([]))

    @mute_logger(FAULTS)
    def test_a_site_that_fails_stops_no_other(self):
        for model, method, run in (
            ("medical.supply.review", "_review", "_cron_review"),
            ("medical.supply.rescue", "_refresh", "_cron_refresh"),
            ("medical.supply.proposal", "_refresh", "_cron_refresh"),
        ):
            with (
                self.subTest(model),
                self.fails_for(model, method, self.bad_site) as done,
            ):
                getattr(self.env[model], run)()
                self.assertIn(self.site, done)
                self.assertTrue(self.named(self.bad_site))
            self.faults.search([])._pen().unlink()

    @mute_logger(FAULTS)
    def test_a_bill_that_fails_stops_no_other(self):
        good, bad = (self.bill(self.order(), 10, 3.0) for _bill in "GB")
        register = self.env["medical.core.decision"].sudo()
        waiting = [("res_model", "=", "account.move"), ("state", "=", "open")]
        self.assertEqual(
            set(register.search(waiting).mapped("res_id")), {good.id, bad.id}
        )
        self.spoil("UPDATE purchase_order_line SET price_unit = 3")  # as was agreed
        self.gauze.seller_ids.write({"price": 3.0, "medical_contract_price": 3.0})
        with self.fails_for("account.move", "_decision_sync", bad):
            self.env["account.move"]._cron_medical_holds()
        self.assertEqual(register.search(waiting).mapped("res_id"), bad.ids)
        self.assertEqual(self.named(bad).cause, "spoiled")
