"""A sensitive file goes to who has just opened it, once, and to nobody else."""

import base64

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import PracticeCase, RpcClient


@tagged("post_install", "-at_install")
class TestCoreOpenedCopy(PracticeCase, RpcClient):
    def setUp(self):
        super().setUp()
        copies = self.env["medical.core.opened.copy"].with_user(self.users["payroll"])
        self.action = copies._handed("w2.txt", base64.b64encode(b"a secret"))
        self.env.flush_all()

    def test_it_is_taken_once_by_who_opened_it(self):
        for role in ("hr", "director"):
            self.sign_in(role)
            self.assertEqual(self.url_open(self.action["url"]).status_code, 404)
        self.authenticate(None, None)
        self.assertNotIn(b"a secret", self.url_open(self.action["url"]).content)
        self.sign_in("payroll")
        taken = self.url_open(self.action["url"])
        self.assertEqual(taken.content, b"a secret")
        self.assertIn("w2.txt", taken.headers["Content-Disposition"])
        self.assertEqual(taken.headers["Cache-Control"], "no-store")
        self.assertEqual(self.url_open(self.action["url"]).status_code, 404)

    def test_no_role_reads_or_makes_one(self):
        copy = self.copy_of(self.action)
        for role in ("payroll", "hr", "manager", "director", "staff"):
            with self.assertRaises(AccessError):
                copy.with_user(self.users[role]).read(["content"])
            with self.assertRaises(AccessError):
                copy.with_user(self.users[role]).create(
                    {"name": "x", "content": base64.b64encode(b"x")}
                )
