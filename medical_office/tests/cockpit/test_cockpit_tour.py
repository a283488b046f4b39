"""The cockpit in a browser, as the manager uses it in the morning."""

from datetime import datetime
from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from ...models.core.check.check import CheckResult
from ..core.check_case import CheckCase


@tagged("post_install", "-at_install")
class TestCockpitTour(CheckCase, HttpCase):
    def test_the_managers_morning(self):
        self.failed(ValueError("no table"), check=self.new_check("payer_test"))
        severe = self.row(1, severity="high")
        self.found(
            self.row(0, date_due=datetime(2026, 11, 24, 13, 15), user_id=self.staff.id),
            severe,
        )
        # by the time of the refresh, the first is mended
        self.answers["supply_test"] = CheckResult(4, [severe])
        with patch("odoo.addons.medical_office.models.core.check.check._logger"):
            self.start_tour("/odoo", "medical_office_cockpit", login=self.manager.login)
        first, second = self.register()
        self.assertEqual(first.state, "closed")
        self.assertEqual(second.user_id, self.manager)
