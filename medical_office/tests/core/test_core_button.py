"""No act in silence: what a button says that moved a record on, and that each button of
ours says something."""

import ast
import inspect
from pathlib import Path
from textwrap import dedent

from lxml import etree

from odoo.tests import tagged

from ..common import RpcClient
from .check_case import CheckCase

ROOT = Path(__file__).resolve().parents[2]
# what moves a record on: the client is told by the door of all buttons
MOVES = (
    *("_move_to(", '"state"', '"stage_id"', "_decide(", "_submit_count(", "_start("),
    *("_sign(", "button_approve(", "action_payslip_done("),
)
# acts that are seen where they are pressed, on the same row or field
SEEN = {
    ("medical.core.exception", "action_assign_to_me"),  # the owner
    ("medical.core.round.line", "action_ask_measure"),  # the answer of the line
    ("medical.core.round.line", "action_confirm_number"),  # as above
}


@tagged("post_install", "-at_install")
class TestCoreButton(CheckCase, RpcClient):
    def press(self, record, method, *args):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_button/{record._name}/{method}",
            {
                "model": record._name,
                "method": method,
                "args": [record.ids, *args],
                "kwargs": {},
            },
        )

    def text(self):
        text = self.env["medical.core.text"].create(
            {"name": "Hand Hygiene", "company_id": self.company.id}
        )
        return self.env["medical.core.text.version"].create(
            {"text_id": text.id, "body": "<p>Wash.</p>"}
        )

    def test_a_step_says_state_and_who_decides(self):
        version = self.text()
        self.sign_in("manager")
        said = self.press(version, "action_submit")
        self.assertEqual(said["tag"], "display_notification")
        message = said["params"]["message"]
        self.assertIn(version.display_name, message)
        self.assertIn("Now waits for", message)
        self.assertIn("Director", message)

    def test_what_moved_nothing_says_nothing(self):
        [exception] = self.found(self.row(0, user_id=self.staff.id))
        self.sign_in("manager")
        self.assertFalse(self.press(exception, "action_assign_to_me"))

    def test_a_dialog_that_asks_why_says_what_followed(self):
        version = self.text()
        version.with_user(self.users["manager"]).action_submit()
        self.sign_in("director")
        dialog = self.env["medical.core.reason.wizard"].with_user(
            self.users["director"]
        )
        asked = dialog.create(
            {
                "res_model": version._name,
                "res_ids": str(version.id),
                "method": "action_return",
                "reason": "Name the soap",
            }
        )
        said = self.press(asked, "action_confirm")
        self.assertIn(version.display_name, said["params"]["message"])
        self.assertEqual(said["params"]["next"]["type"], "ir.actions.act_window_close")

    def test_a_refusal_stays_a_refusal(self):
        version = self.text()
        self.sign_in("staff")
        with self.assertRaises(Exception):  # noqa: B017 - the server's own error
            self.press(version, "action_submit")
        self.assertEqual(version.state, "draft")

    # ------------------------------------------------------------- every button of ours

    def test_no_button_is_silent(self):
        """Each returns something to show, or moves the record on, which is told."""
        tried, silent = 0, []
        for model, method in sorted(self.buttons()):
            found = getattr(type(self.env[model]), method)
            if ".medical_office." not in found.__module__:
                continue
            tried += 1
            if (model, method) not in SEEN and not self.says(model, found):
                silent.append(f"{model}.{method}")
        self.assertFalse(silent)
        self.assertGreater(tried, 300)

    def test_no_dialog_closes_in_silence(self):
        """What a dialog did is said when it is gone."""
        silent = [
            f"{path.name}:{node.lineno}"
            for path in sorted(ROOT.glob("wizard/**/*.py"))
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Return)
            and node.value
            and ast.unparse(node.value)
            in ("CLOSE", "{'type': 'ir.actions.act_window_close'}")
        ]
        self.assertFalse(silent)

    def buttons(self):
        """{(model, method)} of the buttons of our views."""
        views = self.env["ir.ui.view"].search(
            [("type", "in", ("form", "list", "kanban"))]
        )
        names = views.get_external_id()
        found = set()
        for view in views:
            if names[view.id].startswith("medical_office.") and view.model in self.env:
                arch = self.env[view.model].get_view(view.id, view.type)["arch"]
                self.gather(etree.fromstring(arch), self.env[view.model], found)
        return found

    def gather(self, node, model, found):
        for child in node:
            field = child.tag == "field" and model._fields.get(child.get("name"))
            if child.tag == "button" and child.get("type") == "object":
                found.add((model._name, child.get("name")))
            inner = (
                self.env[field.comodel_name] if field and field.comodel_name else model
            )
            self.gather(child, inner, found)

    def says(self, model, method):
        source = dedent(inspect.getsource(inspect.unwrap(method)))
        shown = any(
            isinstance(node, ast.Return)
            and node.value
            and not isinstance(node.value, ast.Constant)
            for node in ast.walk(ast.parse(source))
        )
        record = self.env[model]
        stands = (
            isinstance(record, self.env.registry["medical.core.guard"])
            and record._standing_field in record._fields
        )
        return shown or (stands and any(move in source for move in MOVES))
