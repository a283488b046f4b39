"""Scheduled jobs of the practice, and whether they still run."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..check.check import STALE_HOURS, CheckResult, CheckRow


class CoreJob(models.Model):
    """The heartbeat of a scheduled action of ours, as its readers may see it."""

    _name = "medical.core.job"
    _description = "Scheduled Job"
    _auto = False
    _order = "id"
    _depends = {"ir.cron": ["active", "lastcall", "nextcall", "failure_count"]}

    name = fields.Char(
        "Job", compute="_compute_name", search="_search_name", compute_sudo=True
    )
    code = fields.Char(readonly=True)
    active = fields.Boolean("On", readonly=True)
    lastcall = fields.Datetime("Last run", readonly=True)
    nextcall = fields.Datetime("Next run", readonly=True)
    failure_count = fields.Integer("Failures in a row", readonly=True, aggregator="sum")
    status = fields.Selection(
        [
            ("ok", "Running"),
            ("failing", "Failing"),
            ("late", "Has not run"),
            ("off", "Turned off"),
        ],
        compute="_compute_status",
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT cron.id, data.name AS code, cron.active, cron.lastcall,
                   cron.nextcall, cron.failure_count
              FROM ir_cron cron
              JOIN ir_model_data data
                ON data.model = 'ir.cron' AND data.res_id = cron.id
               AND data.module = 'medical_office'
            """
        )

    def _compute_name(self):
        # sudo: the name alone of a scheduled action, whose code nobody reads here
        crons = self.env["ir.cron"].sudo().browse(self.ids)
        for job, cron in zip(self, crons, strict=True):
            job.name = cron.name.removeprefix("Medical Office: ")

    def _search_name(self, operator, value):
        # sudo: as above
        crons = self.env["ir.cron"].sudo().with_context(active_test=False)
        return [("id", "in", crons._search([("cron_name", operator, value)]))]

    @api.depends("active", "nextcall", "failure_count")
    def _compute_status(self):
        stale = fields.Datetime.subtract(fields.Datetime.now(), hours=STALE_HOURS)
        for job in self:
            if not job.active:
                job.status = "off"
            elif job.failure_count:
                job.status = "failing"
            else:
                job.status = "late" if job.nextcall < stale else "ok"

    # ---------------------------------------------------------------------- checks

    @api.model
    def _medical_check_jobs(self):
        """Jobs that are off, fail, or did not run for over a day after their time."""
        jobs = self.with_context(active_test=False).search([])
        words = {
            "off": self.env._(
                "is turned off. Ask the administrator to turn it on again under "
                "Scheduled Actions."
            ),
            "late": self.env._(
                "has not run for over a day. Ask the administrator whether the server "
                "runs scheduled actions."
            ),
        }
        rows = []
        for job in jobs:
            if job.status == "ok":
                continue
            what = words.get(job.status) or self.env._(
                "failed %s times in a row. Ask the administrator to look at the "
                "server's log.",
                job.failure_count,
            )
            summary = self.env._("The job “%(job)s” %(what)s", job=job.name, what=what)
            rows.append(CheckRow(self._name, job.id, summary))
        return CheckResult(len(jobs), rows)
