"""A link by which a person hands in documents without signing in."""

import hashlib
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....tools.plaintext import storable

KEEPERS = ("core_group_hr", "core_group_manager")
DAYS = 14
TRIES = 40  # files taken through one link, wrong ones included


class PeopleDocumentLink(models.Model):
    """Only the digest of the token is kept: the link itself is in the mail alone."""

    _name = "medical.people.document.link"
    _description = "Document Request Link"
    _inherit = ["medical.core.guard"]
    _order = "id desc"

    _deletable_in = frozenset()

    employee_id = fields.Many2one(
        "hr.employee", required=True, readonly=True, index=True
    )
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True
    )
    document_ids = fields.Many2many("medical.people.document", readonly=True)
    digest = fields.Char(readonly=True, index=True, groups="base.group_system")
    valid_until = fields.Datetime(readonly=True)
    sent_to = fields.Char(readonly=True)
    tries = fields.Integer(readonly=True)
    last_used_at = fields.Datetime(readonly=True)

    @api.depends("employee_id.name")
    def _compute_display_name(self):
        for link in self:
            link.display_name = self.env._(
                "Documents asked of %s", link.employee_id.name or ""
            )

    @api.model
    def _send(self, documents):
        """Mail one person the link for these documents; earlier links end.

        :raises UserError: several people, nothing to hand in, or no address
        """
        person = documents.employee_id
        if len(person) != 1:
            raise UserError(self.env._("Choose documents of one person."))
        wanted = documents.filtered(
            lambda d: d.state == "requested" and d.type_id.by_person
        )
        if not wanted:
            raise UserError(
                self.env._("Nothing of %s waits to be handed in.", person.name)
            )
        # sudo: the person's own address, whatever HR's rights on the record
        address = person.sudo().private_email or person.sudo().work_email
        if not address:
            raise UserError(
                self.env._("%s has no email address: enter one first.", person.name)
            )
        token = secrets.token_urlsafe(32)
        # sudo: links are made by the program alone
        links = self.sudo()._pen()
        links.search([("employee_id", "=", person.id)]).write(
            {"valid_until": fields.Datetime.now()}
        )
        link = links.create(
            {
                "employee_id": person.id,
                "document_ids": [(6, 0, wanted.ids)],
                "digest": self._digest(token),
                "valid_until": fields.Datetime.now() + timedelta(days=DAYS),
                "sent_to": address,
            }
        )
        url = f"{person.get_base_url()}/medical_office/documents/{token}"
        body = self.env._(
            "Hello,\n\n%(practice)s asks you for documents. Hand them in here within "
            "%(days)s days:\n%(url)s\n\nNobody else should get this link.",
            practice=person.company_id.name,
            days=DAYS,
            url=url,
        )
        # sudo: the mail holds the only copy of the token, nobody has the right to read it
        mails = self.env["mail.mail"].sudo()
        mails.create(
            {
                "subject": self.env._("Documents for %s", person.company_id.name),
                "body_html": "<br/>".join(body.splitlines()),
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

    def _hand_in(self, document_id, content, name):
        """Take one file through the link.

        :return: "" or the sentence that says why not
        """
        self.ensure_one()
        self._pen().write(
            {"tries": self.tries + 1, "last_used_at": fields.Datetime.now()}
        )
        document = self.document_ids.filtered(
            lambda d: d.id == document_id and d.state in ("requested", "received")
        )
        if not document:
            return self.env._("This document is no longer asked for.")
        problem = document._file_problem(content)
        if not problem:
            # who holds the link has no rights: the program takes the file in
            document._pen()._take(content, name)
        return problem and self.env._(
            "%(what)s was not taken: %(why)s", what=document.type_id.name, why=problem
        )


class PeopleDocument(models.Model):
    _inherit = "medical.people.document"

    def action_send_link(self):
        """Mail the person a link to hand these documents in."""
        self._check_caller(*KEEPERS)
        self.check_access("write")
        link, _token = self.env["medical.people.document.link"]._send(self)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The link was mailed to %s.", link.sent_to),
            },
        }
