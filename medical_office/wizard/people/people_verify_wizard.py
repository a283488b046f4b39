"""The dialog of whoever looks a credential up: where, when, and what was seen."""

from odoo import fields, models
from odoo.exceptions import UserError

from ...models.core.mixins.done import CLOSE, done


class PeopleVerifyWizard(models.TransientModel):
    _name = "medical.people.verify.wizard"
    _description = "Verify a Credential"
    _inherit = ["medical.core.wizard"]

    credential_id = fields.Many2one("medical.core.credential", required=True)
    proof_required = fields.Boolean(related="credential_id.type_id.proof_required")
    source = fields.Char(
        "Looked up at",
        required=True,
        help="The issuer itself, such as “Wisconsin DSPS license look-up”.",
    )
    day = fields.Date("Looked up on", required=True, default=fields.Date.context_today)
    proof = fields.Binary(help="The issuer's page, printed as a file.")
    proof_name = fields.Char()

    def action_confirm(self):
        """Verify as the calling user, with what was seen.

        :raises UserError: the look-up lies in the future
        :raises AccessError: the caller entered the credential, or it is their own
        """
        self.ensure_one()
        self.env["medical.core.guard"]._check_caller(
            "core_group_hr", "core_group_manager"
        )
        if self.day > fields.Date.context_today(self):
            raise UserError(
                self.env._("The day of the look-up is still to come: correct it.")
            )
        credential = self.credential_id
        credential._take_proof(self.day, self.proof, self.proof_name)
        credential.action_verify(self.source)
        return done(
            self.env,
            self.env._("Verified: %s.", credential.display_name),
            then=CLOSE,
        )
