"""What is no number, or larger than money is, is refused in words by every table, and a
text of which nothing can be seen is none."""

import json
import math

from odoo.exceptions import UserError, ValidationError
from odoo.tests import JsonRpcException, tagged

from ..common import PracticeCase, RpcClient

BAD = math.inf, -math.inf, math.nan, 1e308, 10**400, "many"


@tagged("post_install", "-at_install")
class TestAmounts(PracticeCase):
    def test_every_number_of_every_table_and_dialog_is_looked_at(self):
        tried = 0
        for name in sorted(self.env.registry):
            model = self.env[name]
            if not name.startswith("medical.") or model._abstract or not model._auto:
                continue
            numbers = [
                field.name
                for field in model._fields.values()
                if field.type in ("float", "monetary", "integer")
                and field.store
                and field.name not in ("id", "create_uid", "write_uid")
            ]
            for field in numbers:
                tried += 1
                for bad in BAD:
                    with self.assertRaises(ValidationError, msg=f"{name}.{field}"):
                        model._check_number_values([{field: bad}])
                for good in (0, False, None, 1):
                    model._check_number_values([{field: good}])
        self.assertGreater(tried, 300)

    def test_a_text_that_nobody_can_see_is_none_in_every_table_and_dialog(self):
        tried = 0
        for name in sorted(self.env.registry):
            model = self.env[name]
            if not name.startswith("medical.") or model._abstract or not model._auto:
                continue
            for field in model._fields.values():
                if field.type in ("char", "text") and field.store:
                    tried += 1
                    for silent in (" ", "\u200b", "\ufeff\u2060"):
                        values = model._said_values({field.name: silent})
                        self.assertEqual(values, {field.name: False}, name)
                    values = {field.name: "Flu\u200b"}
                    self.assertEqual(model._said_values(values), values)
        asked = self.env["medical.core.reason.wizard"].with_context(
            default_reason="\u200b"
        )
        self.assertFalse(asked.default_get(["reason"]).get("reason"))
        self.assertGreater(tried, 300)


@tagged("post_install", "-at_install")
class TestAmountsByCall(PracticeCase, RpcClient):
    """The host's tables of people that we compute pay from, as HR sends them."""

    def test_no_wage_without_end(self):
        person = self.employees["staff"]
        # sudo: the version is named for the call
        version = person.sudo().version_id
        for bad in (math.inf, math.nan, 1e308):
            for model, number in (
                ("hr.employee", person.id),
                ("hr.version", version.id),
            ):
                with self.assertRaisesRegex(ValidationError, "“Wage”: enter a number"):
                    self.env[model].with_user(self.users["hr"]).browse(number).write(
                        {"wage": bad}
                    )
            for model in ("hr.employee", "hr.version"):
                with self.assertRaisesRegex(ValidationError, "“Wage”: enter a number"):
                    self.env[model].with_user(self.users["hr"]).create(
                        {"name": "Nobody", "wage": bad}
                    )
                with self.assertRaisesRegex(ValidationError, "“Wage”: enter a number"):
                    self.env[model].with_user(self.users["hr"]).onchange(
                        {"wage": bad}, ["wage"], {"wage": {}}
                    )
        self.sign_in("hr")
        # JSON as Python writes and reads it knows Infinity
        body = {
            "jsonrpc": "2.0",
            "params": {
                "model": "hr.employee",
                "method": "write",
                "args": [[person.id], {"wage": math.inf}],
                "kwargs": {},
            },
        }
        answer = self.opener.post(
            f"{self.base_url()}/web/dataset/call_kw/hr.employee/write",
            data=json.dumps(body),
            headers={"Content-Type": "application/json"},
        ).json()
        self.assertIn("“Wage”: enter a number", answer["error"]["data"]["message"])

    def test_a_reason_that_nobody_can_see_is_none(self):
        self.sign_in("manager")
        asked = {"res_model": "x", "res_ids": "1", "method": "x"}
        for silent in ("\u200b", "\u3164", "\xa0 "):
            with self.assertRaisesRegex(UserError, "Write a reason"):
                self.env["medical.core.guard"]._reason_given(silent)
            with self.assertRaisesRegex(JsonRpcException, "ValidationError"):
                self.call(
                    "medical.core.reason.wizard", "create", {**asked, "reason": silent}
                )
