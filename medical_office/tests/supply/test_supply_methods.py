"""Public methods: a client names any of them, so each is listed with who may call it."""

import base64
import csv
import re
from datetime import timedelta
from pathlib import Path

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..access_matrix import ROLES
from .bill_case import BillCase
from .proof_case import ProofCase
from .supply_case import NOW

TABLE = Path(__file__).with_name("method_matrix.csv")
TURNED_AWAY = re.compile("Your role |not allowed to|Only the office manager")
REASON = ("Because",)
# the state in which the role is what a step asks for
STATES = {
    ("medical.supply.count", "action_approve"): "review",
    ("medical.supply.count", "action_count_again"): "review",
    ("medical.supply.discrepancy", "action_close"): "explained",
    ("medical.supply.discrepancy", "action_reject"): "explained",
    ("medical.supply.excursion", "action_sign"): "quarantined",
    ("medical.supply.excursion", "action_release"): "signed",
    ("medical.supply.recall", "action_close"): "quarantined",
    ("medical.supply.recall", "action_reopen"): "closed",
}
WIZARDS = {
    "medical.supply.catalog.wizard": {},
    "medical.supply.visits.wizard": {"file": base64.b64encode(b"x")},
    "medical.supply.par.wizard": {},
    "medical.supply.report.wizard": {},
    "medical.supply.writeoff.wizard": {},
    "medical.supply.logger.wizard": {"file": base64.b64encode(b"x")},
}


def read_table():
    with TABLE.open(encoding="utf-8", newline="") as handle:
        return {
            (row["model"], row["method"]): row["roles"].split()
            for row in csv.DictReader(handle)
        }


@tagged("post_install", "-at_install")
class TestSupplyMethods(BillCase, ProofCase):
    def records(self):
        """{model: a record on which its methods are called}"""
        env = self.env
        self.par(self.exam_1, self.gauze, 300, 900)
        lot = self.lot(self.vaccine, "R1", NOW + timedelta(days=28))
        self.par(self.exam_1, self.vaccine, 2, 40, medical_week_use=1)
        self.par(self.exam_2, self.vaccine, 2, 40, medical_week_use=10)
        self.stock(self.exam_1, self.vaccine, 24, lot)
        old = self.lot(self.vaccine, "OLD", NOW - timedelta(days=2))
        self.stock(self.exam_2, self.vaccine, 5, old)
        self.rooms.medical_manager_id = self.users["director"]
        line = self.order(received=6)
        bill = self.bill(line, 10, 2.0)
        review = env["medical.supply.review"]._review(self.site)
        count = env["medical.supply.count"].create({"room_id": self.exam_1.id})
        count.with_user(self.users["staff"]).action_start()
        env.flush_all()
        return {
            "account.move": bill,
            "maintenance.equipment": self.fridge,
            "medical.supply.controlled.log": self.counted(),
            "medical.supply.count": count,
            "medical.supply.discrepancy": self.discrepancy(),
            "medical.supply.excursion": env["medical.supply.excursion"].create(
                {"equipment_id": self.fridge.id, "kind": "warm", "worst": 12}
            ),
            "medical.supply.kit": env["medical.supply.kit"].create(
                {
                    "name": "Box",
                    "location_id": self.exam_1.id,
                    "line_ids": [Command.create({"product_id": self.gauze.id})],
                }
            ),
            "medical.supply.match": env["medical.supply.match"].browse(line.id),
            "medical.supply.proposal": env["medical.supply.proposal"]._refresh(
                self.site
            )[:1],
            "medical.supply.proposed": env["medical.supply.proposed"],
            "medical.supply.reading": self.reading(),
            "medical.supply.logger.file": self.file(),
            "medical.supply.recall": env["medical.supply.recall"].create(
                {"name": "R1", "company_id": self.company.id}
            ),
            "medical.supply.rescue": env["medical.supply.rescue"]._refresh(self.site)[
                :1
            ],
            "medical.supply.review": review,
            "medical.supply.review.line": review.line_ids[:1],
            "medical.supply.value": env["medical.supply.value"].search(
                [("room_id", "=", self.exam_1.id)], limit=1
            ),
            "product.template": self.gauze.product_tmpl_id,
            "purchase.order": line.order_id,
            "stock.picking": line.order_id.picking_ids[:1],
            "stock.location": self.exam_1,
            "stock.quant": env["stock.quant"].search(
                [
                    ("location_id", "=", self.exam_2.id),
                    ("lot_id", "=", old.id),
                ]
            ),
            "stock.warehouse": self.site,
            "stock.warehouse.orderpoint": env["stock.warehouse.orderpoint"],
        }

    def file(self):
        made = (
            self.env["medical.supply.logger.file"]
            ._pen()
            .create(
                {
                    "name": "fridge.csv",
                    "equipment_id": self.fridge.id,
                    "company_id": self.company.id,
                    "first_at": NOW,
                    "last_at": NOW,
                }
            )
        )
        return made.with_env(self.env)

    def reading(self):
        """A logger's reading, as the program writes it."""
        made = (
            self.env["medical.supply.reading"]
            ._pen()
            .create(
                {
                    "equipment_id": self.fridge.id,
                    "company_id": self.company.id,
                    "at": NOW,
                    "celsius": 5,
                    "file_id": self.file().id,
                }
            )
        )
        return made.with_env(self.env)

    def own(self, model, user):
        """A record of this model that is the user's own, or None."""
        few = [self.users[role] for role in ("staff", "hr", "payroll")]
        if model == "medical.supply.proposal" and user in few:
            # staff see what they asked for
            values = {"room_id": self.exam_1.id, "product_id": self.gauze.id}
            return self.env[model].with_user(user).create({**values, "needed": 5})
        if model.startswith("medical.supply.receive."):
            return self.receiving(model, user)
        if model not in WIZARDS:
            return None
        values = dict(WIZARDS[model])
        if "equipment_id" in self.env[model]._fields:
            values["equipment_id"] = self.fridge.id
        # with the rights of the program, so that the method itself has to refuse
        return self.env[model].with_user(user).sudo().create(values).sudo(False)

    def receiving(self, model, user):
        """The dialog of a delivery, or its first line, made by that user."""
        delivery = self.env["stock.picking"].search(
            [("picking_type_code", "=", "incoming")], order="id desc", limit=1
        )
        wizards = self.env["medical.supply.receive.wizard"].with_user(user)
        # with the rights of the program, so that the method itself has to refuse
        action = wizards.sudo()._asking(delivery.with_user(user).sudo())
        wizard = wizards.browse(action["res_id"])
        lines = wizard.sudo().line_ids[:1].with_env(wizards.env)
        return lines if model.endswith(".line") else wizard

    def calls(self):
        """{(model, method): function of a user that calls it}"""
        records = self.records()
        count = records["medical.supply.count"]
        arguments = {
            "action_cancel": REASON,
            "action_count_again": REASON,
            "action_medical_release": REASON,
            "action_mistaken": REASON,
            "action_withdraw": REASON,
            "action_medical_send_back": REASON,
            "action_open": REASON,
            "action_reject": REASON,
            "action_reopen": REASON,
            "action_send_back": REASON,
            "par_grid_save": (self.site.id, []),
            "phone_count": (count.id,),
            "phone_enter": (count.id, []),
            "phone_fill_scan": (count.id, "000"),
            "phone_lot": (count.id, count.line_ids[:1].id, "N7"),
            "phone_open": (self.exam_1.id,),
            "phone_scan": (count.id, "000"),
            "phone_submit": (count.id,),
            "scan_carton": ("000",),
            "scan_new": ("000", {}),
            ("medical.supply.review.line", "action_reject"): (),
        }

        def call(model, method):
            given = arguments.get((model, method), arguments.get(method, ()))

            def by(user):
                record = self.own(model, user) or records[model].with_user(user)
                if (model, method) in STATES:
                    record.sudo()._pen().state = STATES[model, method]
                return getattr(record, method)(*given)

            return by

        return {key: call(*key) for key in read_table()}

    def test_who_is_not_listed_is_refused(self):
        tries, opened, table = 0, [], read_table()
        for (model, method), call in self.calls().items():
            self.assertLessEqual(set(table[model, method]), set(ROLES))
            for role in sorted(set(ROLES) - set(table[model, method])):
                tries += 1
                error = self.error_of(call, role)
                if not isinstance(error, AccessError):
                    opened.append(f"{role}: {model}.{method}(): {error!r}")
        self.assertFalse(opened, "\n" + "\n".join(opened))
        self.assertGreater(tries, 250)

    def error_of(self, call, role):
        """What a role gets as an answer, None for no error; the call is taken back."""
        try:
            with self.env.cr.savepoint():
                call(self.users[role])
                raise _Undo
        except _Undo:
            return None
        except UserError as error:
            return error

    def test_who_is_listed_is_not_turned_away_for_the_role(self):
        """What else a method asks for (a state, a second person) is another test's."""
        closed, table = [], read_table()
        for (model, method), call in self.calls().items():
            for role in table[model, method]:
                error = self.error_of(call, role)
                if TURNED_AWAY.search(str(error)):
                    closed.append(f"{role}: {model}.{method}(): {error}")
        self.assertFalse(closed, "\n" + "\n".join(closed))


class _Undo(Exception):
    """Takes back a call that went through."""
