"""Interviews in the calendar: private, and without the name of the candidate."""

from odoo import Command, models
from odoo.exceptions import UserError


class PeopleInterview(models.Model):
    _inherit = "medical.people.interview"

    def _make_events(self):
        """A private event for each interview.

        The host makes interview events public and names the applicant; a private one
        still counts in a search by name or applicant, so both stay out of it.
        """
        # sudo: an event in somebody else's calendar, made by the program
        events = (
            self.env["calendar.event"]
            .sudo()
            .with_context(
                no_mail_to_attendees=True,
                mail_create_nosubscribe=True,
                active_model=False,
                active_id=False,
            )
            .create(
                [
                    {
                        "name": self.env._("Interview"),
                        "start": one.start,
                        "stop": one.stop,
                        "privacy": "private",
                        "show_as": "busy",
                        "user_id": one.interviewer_ids[:1].id,
                        "partner_ids": [
                            Command.set(one.interviewer_ids.partner_id.ids)
                        ],
                        "res_model_id": False,
                        "res_id": False,
                        "applicant_id": False,
                    }
                    for one in self
                ]
            )
        )
        for one, event in zip(self, events, strict=True):
            one.sudo()._pen().event_id = event  # sudo: a program field

    def _send_test(self):
        """An answer of the candidate's own to the round's survey, its link by mail.

        :raises UserError: the candidate has no email address
        """
        for one in self:
            # sudo: HR may not own the survey, the program asks for an answer
            applicant = one.applicant_id.sudo()
            if not applicant.email_from:
                raise UserError(
                    self.env._(
                        "%s has no email address, which a skills test needs.",
                        one.candidate_name,
                    )
                )
            survey = one.round_id.survey_id.sudo()  # sudo: as above
            answer = survey._create_answer(
                email=applicant.email_from, check_attempts=False
            )
            one.sudo()._pen().user_input_id = answer  # sudo: a program field
            # sudo: the mail holds the link; it is not kept after it was sent
            self.env["mail.mail"].sudo().create(
                {
                    "subject": self.env._(
                        "%s: a test for your application", one.company_id.name
                    ),
                    "email_to": applicant.email_from,
                    "email_from": one.company_id.email_formatted
                    or self.env.user.email_formatted,
                    "body_html": self.env["ir.qweb"]._render(
                        "medical_office.people_test_mail",
                        {
                            "one": one,
                            "url": f"{one.get_base_url()}{answer.get_start_url()}",
                        },
                    ),
                    "auto_delete": True,
                }
            )
