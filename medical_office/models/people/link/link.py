"""A link by which a person gives something without signing in: what all kinds share."""

import hashlib
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....tools.plaintext import storable

DAYS = 14
TRIES = 40  # what is taken through one link, wrong ones included


class PeopleLink(models.AbstractModel):
    """Only the digest of the token is kept: the link itself is in the mail alone."""

    _name = "medical.people.link"
    _description = "Link of a Person"
    _inherit = ["medical.core.guard"]
    _order = "id desc"

    _deletable_in = frozenset()

    employee_id = fields.Many2one(
        "hr.employee", required=True, readonly=True, index=True
    )
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True
    )
    digest = fields.Char(readonly=True, index=True, groups="base.group_system")
    valid_until = fields.Datetime(readonly=True)
    sent_to = fields.Char(readonly=True)
    tries = fields.Integer(readonly=True)
    last_used_at = fields.Datetime(readonly=True)

    @api.model
    def _mail(self, person, page, subject, body, values):
        """Mail one person the address of a page; earlier links of the kind end.

        :param page: of the address, before the token
        :param body: words of the mail, with ``%(url)s`` and ``%(days)s``
        :param values: what the link is for
        :return: link and token
        :raises UserError: no address
        """
        # sudo: the person's own address, whatever the sender's rights on the record
        address = person.sudo().private_email or person.sudo().work_email
        if not address:
            raise UserError(
                self.env._("%s has no email address: enter one first.", person.name)
            )
        token = secrets.token_urlsafe(32)
        # sudo: links are made by the program alone
        links = self.sudo()._pen()
        now = fields.Datetime.now()
        links.search([("employee_id", "=", person.id)])._end()
        link = links.create(
            {
                "employee_id": person.id,
                "digest": self._digest(token),
                "valid_until": now + timedelta(days=DAYS),
                "sent_to": address,
                **values,
            }
        )
        text = body % {
            "url": f"{person.get_base_url()}/medical_office/{page}/{token}",
            "days": DAYS,
            "practice": person.company_id.name,
        }
        # sudo: the mail holds the only copy of the token, nobody has the right to read it
        self.env["mail.mail"].sudo().create(
            {
                "subject": subject,
                "body_html": "<br/>".join(text.splitlines()),
                "email_to": address,
                "auto_delete": True,
            }
        )
        return link, token

    @api.model
    def _digest(self, token):
        return hashlib.sha256(token.encode()).hexdigest()

    @api.model
    def _from_token(self, token):
        """The link that a token opens, as the program, or an empty one."""
        # sudo: whoever holds the token is a visitor without rights
        link = self.sudo().search(
            [("digest", "=", self._digest(storable(token)))], limit=1
        )
        now = fields.Datetime.now()
        if not link or link.valid_until <= now or link.tries >= TRIES:
            return link.browse()
        return link

    def _end(self):
        """The links open nothing from now on."""
        self._pen().write({"valid_until": fields.Datetime.now()})

    def _note_use(self):
        """Count one use of the link, a wrong one included."""
        self._pen().write(
            {"tries": self.tries + 1, "last_used_at": fields.Datetime.now()}
        )

    def _mailed(self):
        """The notification that a link was mailed."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The link was mailed to %s.", self.sent_to),
            },
        }
