"""Who comes second reads what happened, whatever the database said."""

import json
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.service import model as service
from odoo.tests import HttpCase, tagged

from odoo.addons.web.controllers import dataset


class Lost(SerializationFailure):
    """As the database says it: others have written the same row."""

    pgcode = "40001"

    def __init__(self):
        super().__init__("could not serialize access due to concurrent update")


@tagged("post_install", "-at_install")
class TestCoreBusy(HttpCase):
    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(service, "MAX_TRIES_ON_CONCURRENCY_FAILURE", 2))
        self.startPatcher(patch.object(service.time, "sleep", lambda _seconds: None))
        self.authenticate("admin", "admin")

    def called(self, model, method="search_read"):
        """The error of a call in whose place others wrote, each time it was tried."""
        tries = []

        def lose(*_args, **_kwargs):
            tries.append(1)
            raise Lost

        with patch.object(dataset, "call_kw", lose):
            answer = self.url_open(
                f"/web/dataset/call_kw/{model}/{method}",
                data=json.dumps(
                    {
                        "jsonrpc": "2.0",
                        "params": {
                            "model": model,
                            "method": method,
                            "args": [],
                            "kwargs": {},
                        },
                    }
                ),
                headers={"Content-Type": "application/json"},
            )
        self.assertEqual(len(tries), 2)
        return answer.json()["error"]["data"]

    def test_a_call_of_ours_says_so_in_words(self):
        told = self.called("medical.core.checklist")
        self.assertEqual(told["name"], "odoo.exceptions.LockError")
        self.assertIn("Somebody else is doing this right now", told["message"])
        self.assertIn("Checklist", told["message"])
        self.assertNotIn("serialize", told["message"])

    def test_a_model_of_the_host_that_is_guarded_does_too(self):
        told = self.called("hr.payslip.run")
        self.assertIn("Somebody else is doing this right now", told["message"])

    def test_a_model_of_the_host_is_left_alone(self):
        told = self.called("res.country")
        self.assertIn("could not serialize", told["message"])

    def test_a_public_page_says_so_with_a_conflict(self):
        faults = self.env.registry["maintenance.request"]

        def lose(*_args):
            raise Lost

        with patch.object(faults, "_medical_public_target", lose):
            answer = self.url_open("/medical_office/fault/any")
        self.assertEqual(answer.status_code, 409)
        self.assertIn("Somebody else is doing this right now", answer.text)
