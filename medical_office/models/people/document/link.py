"""A link by which a person hands in documents without signing in."""

from odoo import api, fields, models
from odoo.exceptions import UserError

KEEPERS = ("core_group_hr", "core_group_manager")


class PeopleDocumentLink(models.Model):
    """Opens the page on which the files that are asked for are handed in."""

    _name = "medical.people.document.link"
    _description = "Document Request Link"
    _inherit = ["medical.people.link"]

    document_ids = fields.Many2many("medical.people.document", readonly=True)

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
        return self._mail(
            person,
            "documents",
            self.env._("Documents for %s", person.company_id.name),
            self.env._(
                "Hello,\n\n%(practice)s asks you for documents. Hand them in here within "
                "%(days)s days:\n%(url)s\n\nNobody else should get this link."
            ),
            {"document_ids": [(6, 0, wanted.ids)]},
        )

    def _hand_in(self, document_id, content, name):
        """Take one file through the link.

        :return: "" or the sentence that says why not
        """
        self.ensure_one()
        self._note_use()
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
        return link._mailed()
