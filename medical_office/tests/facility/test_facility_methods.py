"""Public methods: a client names any of them, so each is listed with who may call it."""

import csv
from pathlib import Path

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..access_matrix import ROLES
from .request_case import RequestCase

TABLE = Path(__file__).with_name("method_matrix.csv")


def read_table():
    with TABLE.open(encoding="utf-8", newline="") as handle:
        return {
            (row["model"], row["method"]): row["roles"].split()
            for row in csv.DictReader(handle)
        }


@tagged("post_install", "-at_install")
class TestFacilityMethods(RequestCase):
    def calls(self):
        """{(model, method): function of a user that calls it}."""
        request = self.fail_line(self.autoclave)
        one = self.round
        tag = self.autoclave.medical_tagout_ids
        panel = self.env["medical.facility.panel"].create(
            {"name": "A", "company_id": self.company.id, "room_id": self.exam_1.id}
        )
        breaker = self.env["medical.facility.breaker"].create(
            {"position": 1, "panel_id": panel.id}
        )
        plan = self.env["medical.facility.maintenance.plan"].create(
            {
                "equipment_id": self.chair.id,
                "company_id": self.company.id,
                "owner_id": self.users["staff"].id,
                "date_next": "2026-12-01",
            }
        )
        binder = self.env["medical.facility.binder"].create({})
        propose = self.env["medical.facility.propose.wizard"].create({})
        reader = self.env["medical.facility.import.wizard"].create({})
        arguments = {
            "action_return": ("Mended",),
            "power_asset": (self.chair.id,),
            "power_breaker": (breaker.id,),
            "power_find": ("Chair",),
        }
        records = {
            "maintenance.equipment": self.autoclave,
            "maintenance.request": request,
            "medical.core.round": one,
            "medical.facility.binder": binder,
            "medical.facility.import.wizard": reader,
            "medical.facility.kind": self.kind,
            "medical.facility.panel": panel,
            "medical.facility.maintenance.plan": plan,
            "medical.facility.propose.wizard": propose,
            "medical.facility.tagout": tag,
            "stock.location": self.exam_1,
        }

        def call(model, method):
            return lambda user: getattr(records[model].with_user(user), method)(
                *arguments.get(method, ())
            )

        return {key: call(*key) for key in read_table()}

    def test_who_is_not_listed_is_refused_at_the_top(self):
        tries = 0
        for (model, method), call in self.calls().items():
            allowed = read_table()[model, method]
            self.assertLessEqual(set(allowed), set(ROLES))
            for role in set(ROLES) - set(allowed):
                tries += 1
                with self.subTest(model=model, method=method, role=role):
                    with self.assertRaises(AccessError):
                        call(self.users[role])
        self.assertGreater(tries, 50)

    def test_who_is_listed_is_not_turned_away_for_the_role(self):
        """What else a method asks for (one's own work, a state) is another test's."""
        for (model, method), call in self.calls().items():
            for role in read_table()[model, method]:
                with self.subTest(model=model, method=method, role=role):
                    try:
                        with self.env.cr.savepoint():
                            call(self.users[role])
                            raise UserError("undo")
                    except UserError as error:
                        self.assertNotIn("Your role may not do this", str(error))
