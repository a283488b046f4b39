"""One reminder of scorecards that are still owed, of interviews that took place."""

from odoo import api, fields, models


class PeopleScorecard(models.Model):
    _inherit = "medical.people.scorecard"

    @api.model
    def _cron_remind(self):
        """Remind who owes a scorecard, once, of interviews that took place."""
        cards = self.search(
            [
                ("state", "=", "open"),
                ("interview_state", "=", "held"),
                ("applicant_id.active", "=", True),
                ("reminded_at", "=", False),
                ("due_at", "<", fields.Datetime.add(fields.Datetime.now(), hours=4)),
            ]
        )
        self.env["medical.core.job.fault"]._each(
            self.env._("remind of scorecards"), cards, lambda some: some._remind()
        )

    def _remind(self):
        for user, own in self.grouped("interviewer_id").items():
            if user.email:
                # names neither the candidate nor the job: a mail goes far
                self.env["mail.mail"].create(
                    {
                        "subject": self.env._("Scorecards to fill in: %s", len(own)),
                        "email_to": user.email_formatted,
                        "email_from": user.company_id.email_formatted or user.email,
                        "body_html": self.env["ir.qweb"]._render(
                            "medical_office.people_scorecard_mail",
                            {"count": len(own), "url": self.get_base_url()},
                        ),
                        "auto_delete": True,
                    }
                )
        self._pen().write({"reminded_at": fields.Datetime.now()})
