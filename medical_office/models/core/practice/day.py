"""Who has no time zone of their own works in the practice's days, not in UTC's: a job by
night, and a visitor of a page without a login.

In Chicago it is still November 30 when UTC begins December: without this a job would call
late what is due today, and a page would refuse its last day.
"""

from odoo import models
from odoo.http import request


class ResCompany(models.Model):
    _inherit = "res.company"

    def _medical_day_context(self):
        """What to add to the context of an environment, so that its ``tz`` is somebody's.

        :return: dict, empty for who has a time zone
        """
        if self.env.context.get("tz") or self.env.user.tz:
            return {}
        return {"tz": str(self._medical_zone())}


class IrCron(models.Model):
    _inherit = "ir.cron"

    def _callback(self, cron_name, server_action_id):
        """As the host's, in the days of the practice in whose name the job runs."""
        job = self.with_context(**self.env.company._medical_day_context())
        return super(IrCron, job)._callback(cron_name, server_action_id)


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        """As the host's, with a time zone for visitors.

        Who logs in gets the browser's from the host; to look one up at each of their
        requests would cost queries for nothing.
        """
        super()._pre_dispatch(rule, args)
        if request.env.uid and request.env.user._is_public():
            request.update_context(**request.env.company._medical_day_context())
