"""Renewals as tasks: one for the person when the time comes, one for the manager later."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

# in one commit; the host writes a hundred rows of them with each statement
BATCH = 10_000


class CoreCredential(models.Model):
    _name = "medical.core.credential"
    _inherit = ["medical.core.credential", "mail.activity.mixin"]

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """A task that the program gives makes nobody a follower of a credential."""
        if self._holds_pen():
            return True
        return super().message_subscribe(partner_ids, subtype_ids)

    @api.model
    def _cron_remind(self):
        """Give the tasks that are due, close those whose renewal is entered.

        In batches, each committed: what is cut off, the next run does; a record on which
        it fails is kept as a fault and stops none of the others.
        """
        today = fields.Date.context_today(self)
        ending = self._ending(today).filtered("user_id")
        given = self._tasks([])
        settled = self.browse(set(given.mapped("res_id")) - set(ending.ids))
        each_batch = self.env["medical.core.job.fault"]._each_batch
        title = self.env._("give tasks to renew credentials")
        if each_batch(title, settled, lambda those: those._close_tasks(), BATCH):
            each_batch(title, ending, lambda those: those._give_tasks(today), BATCH)

    @api.model
    def _tasks(self, domain):
        """Tasks to renew credentials."""
        # sudo: of everybody, kept by the program
        return (
            self.env["mail.activity"]
            .sudo()
            .search_fetch(
                [
                    ("res_model", "=", self._name),
                    ("activity_type_id", "=", self._todo().id),
                    *domain,
                ],
                ["res_id", "user_id"],
            )
        )

    @api.model
    def _todo(self):
        return self.env.ref("mail.mail_activity_data_todo")

    def _close_tasks(self):
        self._tasks([("res_id", "in", self.ids)]).unlink()

    def _give_tasks(self, today):
        """The tasks these ending credentials give and did not yet: a fixed number of
        queries, and the host's one for each hundred rows it writes. Who is told by mail
        reads of them in the morning digest."""
        tasks = self._tasks([("res_id", "in", self.ids)])
        given = {(task.res_id, task.user_id.id) for task in tasks}
        readers, answers = self._readers_of_all(), self._medical_answerables()
        self._read_ahead()
        common = {
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "activity_type_id": self._todo().id,
        }
        values = [
            {**common, **value}
            for credential in self
            for value in credential._renewal_tasks(today, readers, answers[credential])
            if (value["res_id"], value["user_id"]) not in given
        ]
        # sudo: the time zone, which the host would write after the task, a second time
        users = self.env["res.users"].sudo().browse(v["user_id"] for v in values)
        for value, user in zip(values, users, strict=True):
            value["user_tz"] = user.tz
        quiet = self._pen().with_context(mail_activity_quick_update=True)
        quiet.env["mail.activity"].create(values)

    def _renewal_tasks(self, today, readers, answers):
        """Values of the tasks that one ending credential gives.

        :param readers: users who may open credentials of others: a task is given to
            who may open it, and a head of a department sees none of others
        :param answers: who answers for it
        """
        kind, end = self.type_id, self.date_to
        people = [answers.user_id]
        if end - timedelta(days=kind.manager_lead_days) <= today:
            people.append(answers.backup_id)
        summary = self.env._(
            "Renew “%(what)s” of %(who)s, last day %(day)s",
            what=kind.name,
            who=self.user_id.name,
            day=format_date(self.env, end),
        )
        return [
            {
                "res_id": self.id,
                "res_name": self.display_name,
                "summary": summary,
                "date_deadline": max(end, today),
                "user_id": user_id,
            }
            for user_id in dict.fromkeys(filter(None, people))
            if user_id == self.user_id.id or user_id in readers
        ]

    @api.model
    def _readers_of_all(self):
        """Ids of users who may open everybody's credentials."""
        # sudo: who has a role is asked, to give tasks
        groups = [
            self.env.ref(f"medical_office.core_group_{role}").sudo()
            for role in ("hr", "manager", "director")
        ]
        return {user.id for group in groups for user in group.all_user_ids}
