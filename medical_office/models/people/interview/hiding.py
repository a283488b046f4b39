"""No way around one's own scorecard: an interview is not called off to read the others'."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError

# who sees what is submitted, and so has something to gain by owing nothing
SEERS = ("core_group_hr", "core_group_director")


class PeopleInterview(models.Model):
    _inherit = "medical.people.interview"

    def write(self, vals):
        """Who is taken off the interview by themselves has no scorecard to give first."""
        before = (
            {one: one.interviewer_ids for one in self}
            if "interviewer_ids" in vals
            else {}
        )
        result = super().write(vals)
        for one, interviewers in before.items():
            if self.env.user in interviewers - one.interviewer_ids:
                one._check_own_card_in(interviewers)
        if before:
            # sudo: who may see which cards follows from who is asked
            self.sudo().scorecard_ids._sync_readers()
        return result

    def _before_canceled(self):
        for one in self:
            one._check_own_card_in(one.interviewer_ids)

    @api.ondelete(at_uninstall=False)
    def _unlink_without_cards(self):
        """Who was to give a scorecard stays on record with the interview."""
        for one in self.sudo():  # sudo: whether there are any, whoever deletes
            if one.scorecard_ids:
                raise UserError(
                    self.env._(
                        "%s has scorecards on record: cancel it instead of deleting it.",
                        one.display_name,
                    )
                )

    def _owes_again(self):
        """Interviewers who owe a scorecard as soon as it is scheduled again."""
        self.ensure_one()
        void = self.scorecard_ids.filtered(lambda card: card.state == "void")
        return self.interviewer_ids & void.interviewer_id

    def _check_own_card_in(self, interviewers):
        """Refuse who would read others' scorecards by owing none.

        :param interviewers: of the interview before the step
        :raises AccessError: the user's own card is not in, those of others are
        """
        self.ensure_one()
        user = self.env.user
        if self._is_program() or not self._guard_user_in(SEERS):
            return
        # sudo: which cards are in, not what they say
        cards = self.env["medical.people.scorecard"].sudo()
        cards = cards.search([("applicant_id", "=", self.applicant_id.id)])
        own = cards.filtered(lambda card: card.interviewer_id == user)
        owed = own.filtered(
            lambda card: card.interview_id == self and card.state != "submitted"
        )
        others = (cards - own).filtered(lambda card: card.state == "submitted")
        if user in interviewers and owed and others:
            raise AccessError(
                self.env._(
                    "%s: your own scorecard is not in, and others' are. Submit it, or "
                    "somebody else of HR has to call this off.",
                    self.display_name,
                )
            )
