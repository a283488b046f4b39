"""Renewals as tasks: one for the person when the time comes, one for the manager later."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date


class CoreCredential(models.Model):
    _name = "medical.core.credential"
    _inherit = ["medical.core.credential", "mail.activity.mixin"]

    @api.model
    def _cron_remind(self):
        """Give the tasks that are due, close those whose renewal is entered.

        Two queries to find, one insert for all new tasks.
        """
        today = fields.Date.context_today(self)
        todo = self.env.ref("mail.mail_activity_data_todo")
        ending = self._ending(today)
        tasks = self.env["mail.activity"].search(
            [("res_model", "=", self._name), ("activity_type_id", "=", todo.id)]
        )
        tasks.filtered(lambda task: task.res_id not in ending.ids).unlink()
        given = {(task.res_id, task.user_id.id) for task in tasks.exists()}
        values = [
            value
            for credential in ending
            for value in credential._renewal_tasks(today, todo)
            if (value["res_id"], value["user_id"]) not in given
        ]
        self.env["mail.activity"].create(values)
        return len(values)

    @api.model
    def _ending(self, today):
        """Credentials of people that end within their lead and have no later one."""
        furthest = max(
            self.env["medical.core.credential.type"].search([]).mapped("lead_days"),
            default=0,
        )
        near = self.search(
            [
                ("state", "!=", "void"),
                ("user_id.active", "=", True),
                ("date_to", "!=", False),
                ("date_to", "<=", today + timedelta(days=furthest)),
            ]
        )
        later = self.search(
            [
                ("state", "!=", "void"),
                ("user_id", "in", near.user_id.ids),
                ("type_id", "in", near.type_id.ids),
            ]
        )
        last = {}
        for credential in later:
            key = (credential.user_id, credential.type_id, credential.company_id)
            end = credential.date_to or fields.Date.to_date("9999-12-31")
            last[key] = max(last.get(key, end), end)
        return near.filtered(
            lambda c: (
                c.date_to - timedelta(days=c.type_id.lead_days) <= today
                and last[c.user_id, c.type_id, c.company_id] <= c.date_to
            )
        )

    def _renewal_tasks(self, today, todo):
        """Values of the tasks that one ending credential gives."""
        answerable = self._medical_answerable()
        kind, end = self.type_id, self.date_to
        people = [answerable.user_id]
        if end - timedelta(days=kind.manager_lead_days) <= today:
            people.append(answerable.backup_id)
        summary = self.env._(
            "Renew “%(what)s” of %(who)s, last day %(day)s",
            what=kind.name,
            who=self.user_id.name,
            day=format_date(self.env, end),
        )
        model_id = self.env["ir.model"]._get_id(self._name)
        return [
            {
                "res_model_id": model_id,
                "res_id": self.id,
                "activity_type_id": todo.id,
                "summary": summary,
                "date_deadline": max(end, today),
                "user_id": user_id,
            }
            for user_id in dict.fromkeys(filter(None, people))
            if self._may_be_read_by(user_id)
        ]

    def _may_be_read_by(self, user_id):
        """A task is given to who may open it; a head sees no credential of others."""
        user = self.env["res.users"].browse(user_id)
        return self.with_user(user).has_access("read")
