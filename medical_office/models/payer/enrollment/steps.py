"""The steps of an enrollment, from its plan to its end."""

from odoo import fields, models
from odoo.exceptions import UserError

from ...core.mixins.done import done
from .enrollment import KEEPERS, PENDING


class PayerEnrollment(models.Model):
    _inherit = "medical.payer.enrollment"

    def action_gather(self):
        """Begin to gather what the application takes."""
        self._check_caller(*KEEPERS)
        self._move_to("gathering")

    def action_submit(self):
        """The application went to the payer.

        :raises UserError: the NPI is missing, or a credential has expired
        """
        self._check_caller(*KEEPERS)
        self._move_to("submitted")

    def action_review(self):
        """The payer has confirmed that it works on the application."""
        self._check_caller(*KEEPERS)
        self._move_to("in_review")

    def action_return(self, reason):
        """The payer sent it back.

        :param reason: what is wrong or missing, as the payer says
        """
        self._check_caller(*KEEPERS)
        self._move_to("returned", reason)

    def action_effective(self):
        """The payer has confirmed from when on it pays.

        :raises UserError: the day is not entered, or it overlaps with another one
        """
        self._check_caller(*KEEPERS)
        self._move_to("effective")

    def action_terminate(self, reason):
        """The enrollment ends, or a pending one is given up.

        :param reason: why, for the record
        """
        self._check_caller(*KEEPERS)
        self._move_to("terminated", reason)

    def action_release_claims(self):
        """Claims that were held go out, now that the enrollment is effective.

        :raises UserError: it is not effective yet
        """
        self._check_caller(*KEEPERS, "core_group_accountant")
        self.check_access("read")
        today = fields.Date.context_today(self)
        for enrollment in self:
            if enrollment.state != "effective" or enrollment.date_effective > today:
                raise UserError(
                    self.env._(
                        "%s is not effective yet: claims stay held until it is.",
                        enrollment.display_name,
                    )
                )
        held = self.filtered(lambda one: one.claims == "held")
        # sudo: the accountant releases claims and changes nothing else
        held.sudo()._pen().write({"claims": "released"})
        return done(
            self.env,
            self.env._(
                "Claims released: %s.",
                ", ".join(held.mapped("display_name"))
                or self.env._("nothing was held"),
            ),
        )

    def _state_values(self, state, reason):
        if state == "submitted":
            return {"submitted_on": fields.Date.context_today(self)}
        return {}

    def _before_submitted(self):
        for enrollment in self:
            problems = enrollment._packet_problems()
            if problems:
                raise UserError("\n".join(problems))

    def _before_effective(self):
        missing = self.filtered(lambda one: not one.date_effective)
        if missing:
            raise UserError(
                self.env._(
                    "%s: enter “Effective from” as the payer's letter says it.",
                    missing[0].display_name,
                )
            )

    def _before_terminated(self):
        missing = self.filtered(
            lambda one: one.state == "effective" and not one.date_terminated
        )
        if missing:
            raise UserError(
                self.env._("%s: enter “Terminated on” first.", missing[0].display_name)
            )
        # given up while pending: it never paid, whatever day was entered already
        given_up = self.filtered(
            lambda one: one.state in PENDING and one.date_effective
        )
        given_up._pen().write({"date_effective": False, "date_terminated": False})

    def _after_effective(self):
        self._pen().write({"next_touch": False})

    def _after_terminated(self):
        self._pen().write({"next_touch": False})
