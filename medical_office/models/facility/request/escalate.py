"""Requests that nobody takes in hand go to the backup, then to the manager."""

from odoo import api, fields, models

from .request import OPEN

LEVELS = [("0", "On time"), ("1", "With backup"), ("2", "With the manager")]
ACTIVITY = "mail.mail_activity_data_todo"


class MaintenanceRequest(models.Model):
    _inherit = "maintenance.request"

    medical_escalation = fields.Selection(
        LEVELS, "Escalation", default="0", required=True, readonly=True, copy=False
    )

    @api.model
    def _cron_medical_escalate(self):
        """Take the steps that are due by age and priority, each once.

        Level 1: not taken in hand in time, goes to the backup if that one may do it and
        is there. Level 2: still open, the manager of the site gets a task.
        """
        now = fields.Datetime.now()
        waiting = self.search([*OPEN, ("medical_escalation", "!=", "2")])
        level_of = self.env["medical.facility.sla"]._in_force()
        to_backup, to_manager = self.browse(), self.browse()
        for request in waiting:
            start = request.medical_reported_at
            level = start and level_of(
                request.priority,
                request.company_id.id,
                request.company_id._medical_day(start),
            )
            if not level:
                continue
            hours = (now - start).total_seconds() / 3600
            if hours >= level.manager_hours:
                to_manager |= request
            elif (
                hours >= level.backup_hours
                and request.medical_escalation == "0"
                and not request.medical_started_at
            ):
                to_backup |= request
        each = self.env["medical.core.job.fault"]._each
        job = self.env._("escalate repair requests")
        each(job, to_backup, lambda some: some._medical_to_backup())
        each(job, to_manager, lambda some: some._medical_to_manager())

    def _medical_to_backup(self):
        day = fields.Date.context_today(self)
        bodies, fit = {}, {}
        for request in self.filtered("medical_backup_id"):
            backup = request.medical_backup_id
            key = (backup, request.medical_credential_type_id)
            if key not in fit:  # one look for each person and credential
                fit[key] = backup in request._medical_fit(backup, day)
            if fit[key]:
                request.user_id = backup
                bodies[request.id] = self.env._(
                    "Nobody started work in time: assigned to the backup, %(user)s.",
                    user=backup.name,
                )
        self._pen().write({"medical_escalation": "1"})
        if bodies:
            self.browse(list(bodies))._message_log_batch(bodies)

    def _medical_to_manager(self):
        self._pen().write({"medical_escalation": "2"})
        for request in self:
            manager = (
                request.medical_site_id.medical_manager_id
                or request.medical_room_id.medical_manager_id
            )
            if manager:
                request.activity_schedule(
                    ACTIVITY,
                    user_id=manager.id,
                    summary=self.env._("Open too long: %s", request.name),
                )
