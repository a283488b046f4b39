from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import models
from odoo.tools import format_datetime


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

    def _medical_moments(self, first, last):
        """Begin of a first day and end of a last one here, as naive UTC."""
        zone = self._medical_zone()

        def begin(day):
            local = datetime.combine(day, time.min, tzinfo=zone)
            return local.astimezone(UTC).replace(tzinfo=None)

        return begin(first), begin(last + timedelta(days=1))

    def _medical_last_moment(self, day):
        """The last second of a day here, as naive UTC; False without a day."""
        if not day:
            return False
        _begin, end = self._medical_moments(day, day)
        return end - timedelta(seconds=1)

    def _medical_day(self, moment):
        """The day of a naive UTC moment on the practice's clock."""
        return moment.replace(tzinfo=UTC).astimezone(self._medical_zone()).date()

    def _medical_clock(self, moment, weekday=False):
        """A moment for a reader outside: on the practice's clock, to the minute, with
        its zone, such as “November 30, 2026, 5:00 PM CST”.

        :param moment: naive UTC datetime
        """
        return format_datetime(
            self.env,
            moment,
            tz=str(self._medical_zone()),
            dt_format=("EEEE, " if weekday else "") + "MMMM d, y, h:mm a zzz",
        )

    def _medical_today(self):
        """The practice's day, whoever asks: a job by night and a page without login have
        no time zone of their own."""
        return datetime.now(self._medical_zone()).date()

    def _medical_open_action(self, finding=None):
        """Where a finding about the practice itself is dealt with. Hook."""
        self.ensure_one()
        return self.get_formview_action()
