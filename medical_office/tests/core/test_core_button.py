"""No step in silence: what a button says that moved a record on."""

from odoo.tests import tagged

from ..common import RpcClient
from .check_case import CheckCase


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

    def test_a_refusal_stays_a_refusal(self):
        version = self.text()
        self.sign_in("staff")
        with self.assertRaises(Exception):  # noqa: B017 - the server's own error
            self.press(version, "action_submit")
        self.assertEqual(version.state, "draft")
