"""The offer letter, its page for the candidate, and the answer."""

import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from ....engine.core.amounts import amount_text
from ....tools.core.digest import sha256
from ....tools.plaintext import storable
from .offer import PREPARERS


class PeopleOffer(models.Model):
    _inherit = "medical.people.offer"

    letter = fields.Text(readonly=True, copy=False)
    letter_digest = fields.Char(
        "SHA-256 of the Letter",
        readonly=True,
        copy=False,
        help="Of the letter as it was sent; the answer is to this text.",
    )
    token = fields.Char(readonly=True, copy=False, groups="base.group_system")
    sent_at = fields.Datetime(readonly=True, copy=False)
    answered_at = fields.Datetime(readonly=True, copy=False)
    answered_name = fields.Char("Signed as", readonly=True, copy=False)

    _token_unique = models.UniqueIndex(
        "(token) WHERE token IS NOT NULL", "This address is taken."
    )

    def _letter_text(self):
        """The wording of the letter, plain text."""
        self.ensure_one()
        _ = self.env._
        pay = amount_text(self.env, self.wage, self.currency_id)
        unit = _("per hour") if self.per == "hour" else _("per year")
        parts = [
            _("Dear %s,", self.name),
            _(
                "%(company)s offers you the position of %(job)s. Your first day of work "
                "would be %(start)s.",
                company=self.company_id.name,
                job=self.job_id.name,
                start=format_date(self.env, self.date_start),
            ),
            _(
                "Your pay would be %(pay)s %(unit)s for %(hours)g hours per week.",
                pay=pay,
                unit=unit,
                hours=self.hours_week,
            ),
            _("This position is exempt from overtime pay.")
            if self.exempt
            else _("This position is eligible for overtime pay."),
        ]
        if self.line_ids:
            rows = [_("You would be eligible for these benefits:")]
            for line in self.line_ids:
                tier = f", {line.tier_id.display_name}" if line.tier_id else ""
                day = format_date(self.env, line.date_coverage)
                rows.append(
                    _("- %(plan)s%(tier)s, from %(day)s", plan=line.plan_id.name,
                      tier=tier, day=day)
                )  # fmt: skip
            parts.append("\n".join(rows))
        if self.conditions:
            parts.append(self.conditions)
        parts.append(
            _(
                "Employment is at will. Please answer by %s; after that day the offer "
                "no longer stands.",
                format_date(self.env, self.date_expiry),
            )
        )
        return "\n\n".join(parts)

    def action_send(self):
        """Freeze the letter, make its page, and mail the address to the candidate.

        :raises UserError: the answer is due already, or there is nowhere to mail it to
        """
        self._check_caller(*PREPARERS)
        self._check_answer_day(
            self.env._("Add an alternative with a later day, and withdraw this one.")
        )
        for offer in self:
            if not offer.email:
                raise UserError(
                    self.env._(
                        "%s: enter the candidate's email address, to which the letter "
                        "goes.",
                        offer.display_name,
                    )
                )
            text = offer._letter_text()
            offer._pen().write({"letter": text, "letter_digest": sha256(text)})
            # sudo: the token is written by the program and read by it alone
            offer.sudo()._pen().write({"token": secrets.token_urlsafe(32)})
            offer._move_to("sent")
        self._mail_letter()
        return True

    def _after_sent(self):
        self._pen().write({"sent_at": fields.Datetime.now()})

    def _offer_url(self):
        self.ensure_one()
        token = self.sudo().token  # sudo: for the candidate's mail
        return f"{self.get_base_url()}/medical_office/offer/{token}"

    def _mail_letter(self):
        """Queue the mail with the address of the page; the terms are not in it."""
        mails = [
            {
                "email_to": offer.email,
                "email_from": offer.company_id.email_formatted
                or self.env.user.email_formatted,
                "subject": self.env._("Your offer from %s", offer.company_id.name),
                "body_html": self.env["ir.qweb"]._render(
                    "medical_office.people_offer_mail",
                    {
                        "name": offer.name,
                        "company": offer.company_id.name,
                        "url": offer._offer_url(),
                        "expiry": format_date(self.env, offer.date_expiry),
                    },
                ),
                "auto_delete": True,
            }
            for offer in self
        ]
        # sudo: outgoing mail is the system's
        self.env["mail.mail"].sudo().create(mails)

    # ------------------------------------------------------------- the answer

    @api.model
    def _from_token(self, token):
        """The offer of a token, as superuser, or empty."""
        token = storable(token)
        # sudo: the token is the right to see this one offer
        return self.sudo().search([("token", "=", token or "-")], limit=1)

    def _is_open(self):
        """Whether it may be answered on this day of the practice."""
        self.ensure_one()
        today = self.company_id._medical_today()
        return self.state == "sent" and self.date_expiry >= today

    def _answer(self, state, name=""):
        """Take the candidate's answer. Called as superuser by the page.

        :param state: ``accepted`` or ``declined``
        :param name: as the candidate signs; asked for an acceptance
        :raises UserError: it was answered before, it no longer stands, or no name
        """
        self.ensure_one()
        family = self._family()
        family.lock_for_update()  # of two alternatives answered at once, one waits
        family.invalidate_recordset(["state"])
        if not self._is_open():
            raise UserError(self._closed_words())
        taken = (family - self).filtered(lambda o: o.state == "accepted")
        if taken:
            raise UserError(
                self.env._("Another offer to you has been accepted already.")
            )
        name = " ".join(storable(name).split())
        if state == "accepted" and len(name) < 3:
            raise UserError(self.env._("Type your full name to accept."))
        values = {"answered_at": fields.Datetime.now(), "answered_name": name[:128]}
        self._pen().write(values)
        self._program_step(state)

    def _closed_words(self):
        """Why the page takes no answer, without a word about the terms."""
        self.ensure_one()
        _ = self.env._
        if self.state in ("accepted", "declined"):
            words = {
                "accepted": _("This offer has been accepted already."),
                "declined": _("This offer has been declined already."),
            }
            return words[self.state]
        return _("This offer no longer stands. Please call %s.", self.company_id.name)
