"""Checks of offers: what is about to expire without an answer."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools.misc import format_date

from ...core.check.answerable import finding
from ...core.check.check import CheckResult

SOON_DAYS = 2


class PeopleOffer(models.Model):
    _inherit = "medical.people.offer"

    @api.model
    def _medical_check_expiring(self):
        """Offers sent and not answered whose last day is near."""
        last = fields.Date.context_today(self) + timedelta(days=SOON_DAYS)
        offers = self.search([("state", "=", "sent")])
        rows = [
            finding(
                offer,
                self.env._(
                    "%(offer)s: no answer yet, due on %(day)s.",
                    offer=offer.display_name,
                    day=format_date(self.env, offer.date_expiry),
                ),
                date_due=offer.date_expiry,
            )
            for offer in offers
            if offer.date_expiry <= last
        ]
        return CheckResult(len(offers), rows)

    @api.model
    def _expire(self):
        """Offers whose last day has passed at the practice no longer stand. Called by a
        cron."""
        sent = self.search([("state", "=", "sent")])
        today = {company: company._medical_today() for company in sent.company_id}
        late = sent.filtered(lambda one: one.date_expiry < today[one.company_id])
        self.env["medical.core.job.fault"]._each(
            self.env._("end offers that nobody answered"),
            late,
            lambda some: some._program_step("expired"),
        )
