"""The candidate's own page: choose a time, without an account, by a token of 256 bits."""

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import LockError, UserError

from ....tools.plaintext import storable
from ...core.mixins.done import done


class PeopleInterview(models.Model):
    _inherit = "medical.people.interview"

    slot_ids = fields.One2many(
        "medical.people.interview.slot",
        "interview_id",
        "Time Taken",
        groups="medical_office.core_group_hr",
    )
    booking_url = fields.Char(
        compute="_compute_booking_url", groups="medical_office.core_group_hr"
    )

    @api.depends("access_token")
    def _compute_booking_url(self):
        for one in self:
            one.booking_url = one.access_token and (
                f"{one.get_base_url()}/medical_office/booking/{one.access_token}"
            )

    @api.model
    def _of_token(self, token):
        """The interview behind a token, as the program; empty for a stale one."""
        # the program itself: whoever holds the token may choose a time, no more
        program = self.with_user(SUPERUSER_ID)
        token = storable(token)
        one = program.search([("access_token", "=", token or "-")], limit=1)
        is_live = one.state in ("draft", "planned") and one.applicant_id.active
        return one if is_live and one.mode != "test" else program.browse()

    def _open_slots(self):
        """Times of the round that are still to come, not taken, and all are free."""
        self.ensure_one()
        slots = self.env["medical.people.interview.slot"].search(
            [
                ("round_id", "=", self.round_id.id),
                ("interview_id", "=", False),
                ("start", ">", fields.Datetime.now()),
            ],
            limit=60,
        )
        busy = self.search(
            [
                ("state", "=", "planned"),
                ("interviewer_ids", "in", self.interviewer_ids.ids),
                ("stop", ">", fields.Datetime.now()),
            ]
        )
        minutes = self.round_id.minutes
        return slots.filtered(
            lambda slot: (
                not any(
                    one.start < fields.Datetime.add(slot.start, minutes=minutes)
                    and one.stop > slot.start
                    for one in busy
                )
            )
        )

    def _book(self, slot_id):
        """Take a time for this interview; two candidates never get the same.

        :param slot_id: what the page sent, unchecked
        :raises UserError: the time is gone, or the interview is booked already
        """
        self.ensure_one()
        gone = UserError(
            self.env._("This time has just been taken. Please choose another one.")
        )
        if self.state != "draft":
            raise UserError(self.env._("This interview is already scheduled."))
        slot = self._open_slots().filtered(lambda one: one.id == slot_id)
        if not slot:
            raise gone
        try:
            slot.lock_for_update()
        except LockError:
            raise gone from None
        slot.invalidate_recordset(["interview_id"])
        if slot.interview_id:
            raise gone
        slot._pen().interview_id = self
        self._pen().start = slot.start
        self._move_to("planned")

    def action_invite(self):
        """Send the candidate the link to choose a time.

        :raises UserError: no address, or no time is offered
        """
        self._check_caller("core_group_hr")
        self.check_access("write")
        for one in self:
            if one.state != "draft" or one.mode == "test":
                raise UserError(
                    self.env._("%s is not to be scheduled.", one.display_name)
                )
            if not one.applicant_id.email_from:
                raise UserError(
                    self.env._("%s has no email address.", one.candidate_name)
                )
            if not one.with_user(SUPERUSER_ID)._open_slots():
                raise UserError(
                    self.env._(
                        "“%s”: offer times for the round first.", one.round_id.name
                    )
                )
            # sudo: the mail holds the token; it is not kept after it was sent
            self.env["mail.mail"].sudo().create(
                {
                    "subject": self.env._(
                        "%s: choose a time for your interview", one.company_id.name
                    ),
                    "email_to": one.applicant_id.email_from,
                    "email_from": one.company_id.email_formatted
                    or self.env.user.email_formatted,
                    "body_html": self.env["ir.qweb"]._render(
                        "medical_office.people_booking_mail", {"one": one}
                    ),
                    "auto_delete": True,
                }
            )
        sent = ", ".join(self.applicant_id.mapped("email_from"))
        return done(self.env, self.env._("The booking link is sent to %s.", sent))
