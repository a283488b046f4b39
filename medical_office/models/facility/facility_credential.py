"""Licences of people, kept here until the people domain keeps them."""

from odoo import api, fields, models
from odoo.exceptions import AccessError


class FacilityCredential(models.Model):
    """A person's licence or certificate, with its last day."""

    _name = "medical.facility.credential"
    _description = "Licence of a Technician"
    _inherit = ["mail.thread", "medical.core.guard"]
    _order = "code, valid_until desc, id"

    user_id = fields.Many2one("res.users", "Person", required=True, index=True)
    code = fields.Char(
        required=True,
        index=True,
        help="As asset kinds and checklists name it, such as “electrical”.",
    )
    number = fields.Char("Licence number")
    issued_by = fields.Char()
    valid_from = fields.Date(required=True, default=fields.Date.context_today)
    valid_until = fields.Date(tracking=True, help="Empty: it does not end.")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )

    _dates = models.Constraint(
        "CHECK (valid_until IS NULL OR valid_until >= valid_from)",
        "The licence ends before it begins.",
    )

    @api.depends("user_id", "code")
    def _compute_display_name(self):
        for one in self:
            one.display_name = f"{one.user_id.name}: {one.code}"

    def _check_editors(self, vals):
        """Nobody records a licence of their own: it opens work and signatures."""
        super()._check_editors(vals)
        people = self.user_id | self.user_id.browse(vals.get("user_id") or [])
        if "user_id" not in vals and not self:  # born with the caller's default
            people = people.browse(self.default_get(["user_id"]).get("user_id") or [])
        if self.env.user in people:
            raise AccessError(
                self.env._(
                    "A licence of your own is recorded by somebody else, who has seen "
                    "it. Ask the office manager or HR."
                )
            )


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.private
    def _medical_with_credential(self, code, day):
        """Add the holders of a licence kept here."""
        holders = super()._medical_with_credential(code, day)
        if not code or holders == self:
            return holders
        # sudo: whether somebody holds a licence is asked, the record is not shown
        kept = self.env["medical.facility.credential"].sudo()
        kept = kept.search(
            [
                ("user_id", "in", self.ids),
                ("code", "=", code),
                ("valid_from", "<=", day),
                "|",
                ("valid_until", "=", False),
                ("valid_until", ">=", day),
            ]
        )
        ids = set(kept.user_id.ids)
        return holders | self.filtered(lambda user: user.id in ids)


class CoreRound(models.Model):
    _inherit = "medical.core.round"

    def _medical_credential_problem(self, user):
        """A checklist that asks for a credential is signed by one of its holders."""
        problem = super()._medical_credential_problem(user)
        code = self.checklist_id.credential_code
        today = fields.Date.context_today(self)
        if problem or user._medical_has_credential(code, today):
            return problem
        return self.env._(
            "“%(round)s” has to be signed by somebody with the credential “%(code)s” in "
            "force. Ask the office manager who that is.",
            round=self.display_name,
            code=code,
        )
