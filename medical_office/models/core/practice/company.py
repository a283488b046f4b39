from datetime import datetime
from zoneinfo import ZoneInfo

from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _medical_zone(self):
        """The time zone in which the company's days begin and end.

        It is that of the opening hours, else of the company's address, else UTC. An
        empty recordset asks for the company one works in.

        :return: ``zoneinfo.ZoneInfo``
        """
        # sudo: what time it is at the practice is no secret, its calendar may be closed
        company = (self or self.env.company).sudo()
        company.ensure_one()
        return ZoneInfo(
            company.resource_calendar_id.tz or company.partner_id.tz or "UTC"
        )

    def _medical_today(self):
        """The practice's day, whoever asks: a job by night and a page without login have
        no time zone of their own."""
        return datetime.now(self._medical_zone()).date()

    def _medical_open_action(self, finding=None):
        """Where a finding about the practice itself is dealt with. Hook."""
        self.ensure_one()
        return self.get_formview_action()
