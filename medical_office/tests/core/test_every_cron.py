"""Every scheduled action of the addon calls a method that there is."""

import re

from odoo.tests import TransactionCase, tagged


@tagged("-at_install", "post_install")
class TestEveryCron(TransactionCase):
    def test_every_scheduled_action_calls_a_method(self):
        crons = self.env["ir.cron"].with_context(active_test=False).search([])
        own = [
            cron
            for cron, xmlid in zip(
                crons, map(crons.get_external_id().get, crons.ids), strict=True
            )
            if xmlid.startswith("medical_office.")
        ]
        called = [
            (cron.name, self.env[cron.model_id.model], name)
            for cron in own
            for name in re.findall(r"\bmodel\.(\w+)\(", cron.code or "")
        ]
        self.assertGreaterEqual(len(called), len(own))
        self.assertFalse(
            [(who, name) for who, model, name in called if not hasattr(model, name)]
        )
