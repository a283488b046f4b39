"""The packet for a payer: a cover with what is enclosed, then the papers themselves."""

import base64

from odoo import models
from odoo.exceptions import UserError
from odoo.tools.pdf import merge_pdf

from ...tools.core.sheet import Column, Sheet

PDF = b"%PDF"


class PayerPacketCover(models.AbstractModel):
    _name = "report.medical_office.payer_packet_cover"
    _inherit = "medical.core.report"
    _description = "Enrollment Packet, First Pages"

    def _title(self, docs, _data):
        # sudo: the provider is named to the payer
        name = docs[:1].sudo().provider_id.name
        return self.env._("Enrollment Packet: %s", name or "")

    def _period(self, docs, _data):
        one = docs[:1]
        # sudo: a site is named to the payer
        return ", ".join(
            filter(None, [one.payer_id.name, one.line_id.name, one.sudo().site_id.name])
        )

    def _documents(self, docids):
        """:raises UserError: a credential has expired or the NPI is missing"""
        docs = super()._documents(docids)
        problems = [text for one in docs for text in one._packet_problems()]
        if problems:
            raise UserError("\n".join(dict.fromkeys(problems)))
        return docs

    def _sheets(self, docs, _data):
        _ = self.env._
        sheets = []
        for one in docs:
            credentials = one._packet_credentials()
            # sudo: the provider and the site are what the packet is about
            own = one.sudo()
            facts = [
                (_("Provider"), own.provider_id.name),
                (_("NPI"), one.npi),
                (_("Payer"), one.payer_id.name),
                (_("Payer ID"), one.payer_id.payer_ref),
                (_("Line of business"), one.line_id.name),
                (_("Practice"), one.company_id.name),
                (_("Site"), own.site_id.name),
                (
                    _("Address"),
                    self._address(own.site_id.partner_id),
                ),
                (_("Reference"), one.application_ref),
                (_("Needed from"), self._as_text(one.date_needed, "day", None)),
            ]
            sheets += [
                Sheet(
                    _("Application"),
                    [
                        Column("what", _("What"), width=24),
                        Column("is", _("Value"), width=60),
                    ],
                    [{"what": what, "is": value} for what, value in facts if value],
                ),
                Sheet(
                    _("Credentials"),
                    [
                        Column("what", _("Credential"), width=34),
                        Column("number", _("Number"), width=18),
                        Column("issuer", _("Issued by"), width=24),
                        Column("state", _("State"), width=8),
                        Column("since", _("In force from"), "day"),
                        Column("until", _("Last day"), "day"),
                        Column("copy", _("Enclosed"), "flag"),
                    ],
                    [
                        {
                            "what": credential.type_id.name,
                            "number": credential.number or "",
                            "issuer": credential.issuer or "",
                            "state": credential.state_id.code or "",
                            "since": credential.date_from,
                            "until": credential.date_to or None,
                            "copy": bool(credential.file),
                        }
                        for credential in credentials
                    ],
                    empty=_("No credentials are on file."),
                ),
                Sheet(
                    _("Documents"),
                    [Column("name", _("Document"), width=80)],
                    # sudo: documents of the enrollment that was read
                    [{"name": file.name} for file in own.attachment_ids],
                    empty=_("No other documents are enclosed."),
                ),
            ]
        return sheets

    def _address(self, partner):
        """The address of a site in one line."""
        lines = partner._display_address(without_company=True).splitlines()
        return ", ".join(line.strip() for line in lines if line.strip())


class PayerPacketReport(models.AbstractModel):
    _name = "report.medical_office.payer_packet"
    _description = "Enrollment Packet"

    def _draw_pdf(self, docids, _data):
        """The cover of each enrollment, then the PDFs of credentials and documents.

        :raises UserError: a credential has expired or the NPI is missing, by name
        """
        reports = self.env["ir.actions.report"]
        enrollments = self.env["medical.payer.enrollment"].browse(docids or [])
        enrollments.check_access("read")
        parts = []
        for enrollment in enrollments:
            cover, _kind = reports._render_qweb_pdf(
                "medical_office.payer_packet_cover", enrollment.ids
            )
            parts.append(cover)
            parts += self._papers(enrollment)
        try:
            return merge_pdf(parts)
        except Exception as error:
            raise UserError(
                self.env._(
                    "A document of this packet is not a readable PDF. Open the copies of "
                    "the credentials and the documents, and replace the broken one."
                )
            ) from error

    def _papers(self, enrollment):
        """Content of the PDFs that go behind the cover, in the order of its lists."""
        copies = [
            base64.b64decode(credential.file)
            for credential in enrollment._packet_credentials()
            if credential.file
        ]
        # sudo: documents of an enrollment that was read
        copies += [file.raw or b"" for file in enrollment.sudo().attachment_ids]
        return [content for content in copies if content.startswith(PDF)]
