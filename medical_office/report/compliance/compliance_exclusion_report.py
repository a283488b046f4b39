"""The certificate of a month's screening, and the matches on paper."""

from odoo import models
from odoo.tools import format_date, format_datetime

from ...engine.core.labels import labels_of
from ...tools.core.sheet import Column, Sheet


class ComplianceCertificateReport(models.AbstractModel):
    """Says who was compared with which lists, with what result, and who signed."""

    _name = "report.medical_office.compliance_certificate_report"
    _inherit = "medical.core.report"
    _description = "Certificate of Exclusion Screening"
    _on_practice_clock = True

    def _period(self, docs, _data):
        months = [
            format_date(self.env, one.month, date_format="MMMM y")
            for one in docs.sorted("month")
        ]
        return ", ".join(months)

    def _sheets(self, docs, _data):
        sheets = []
        for one in docs:
            sheets += [self._summary(one), self._lists(one), self._parties(one)]
        return sheets

    def _summary(self, one):
        _ = self.env._
        counts = {}
        for line in one.line_ids:
            counts[line.result] = counts.get(line.result, 0) + 1
        labels = labels_of(one.line_ids, "result")
        rows = [
            {"what": _("Practice"), "value": one.company_id.name},
            {
                "what": _("Screened on"),
                "value": format_datetime(self.env, one.screened_at, tz=self._zone()),
            },
            {"what": _("Parties screened"), "value": str(one.party_count)},
            *(
                {"what": labels[result], "value": str(count)}
                for result, count in sorted(counts.items())
            ),
            {"what": _("Signed by"), "value": self._signature(one)},
            {"what": _("SHA-256 as signed"), "value": one.digest or ""},
        ]
        return Sheet(
            one.display_name,
            [Column("what", _("Certificate"), width=24), Column("value", "", width=70)],
            rows,
            note=""
            if one.state == "signed"
            else _("Not signed yet: this is no certificate."),
        )

    def _signature(self, one):
        if not one.signed_by_id:
            return ""
        return self.env._(
            "%(who)s on %(at)s",
            # sudo: who signed is part of the certificate
            who=one.sudo().signed_by_id.name,
            at=format_datetime(self.env, one.signed_at, tz=self._zone()),
        )

    def _lists(self, one):
        _ = self.env._
        return Sheet(
            _("Lists"),
            [
                Column("list", _("List"), width=30),
                Column("lines", _("Lines"), "whole"),
                Column("imported", _("Imported"), "moment"),
                Column("digest", _("SHA-256 of the file"), width=66),
            ],
            [
                {
                    "list": each.display_name,
                    "lines": each.row_count,
                    "imported": each.imported_at,
                    "digest": each.digest,
                }
                for each in one.list_ids
            ],
        )

    def _parties(self, one):
        _ = self.env._
        labels = {name: labels_of(one.line_ids, name) for name in ("kind", "result")}
        return Sheet(
            _("Parties"),
            [
                Column("name", _("Name"), width=40),
                Column("kind", _("Kind"), width=14),
                Column("result", _("Result"), width=20),
            ],
            [
                {
                    "name": line.name,
                    "kind": labels["kind"][line.kind],
                    "result": labels["result"][line.result],
                }
                for line in one.line_ids
            ],
        )


class ComplianceCertificateXlsx(models.AbstractModel):
    _name = "report.medical_office.compliance_certificate_report_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Certificate of Exclusion Screening as a Spreadsheet"

    _source = "report.medical_office.compliance_certificate_report"


class ComplianceMatchReport(models.AbstractModel):
    """The matches that were chosen, with reasons and how they were resolved."""

    _name = "report.medical_office.compliance_match_report"
    _inherit = "medical.core.report"
    _description = "Exclusion Matches, Printed"

    def _sheets(self, docs, _data):
        _ = self.env._
        labels = {
            name: labels_of(docs, name) for name in ("state", "source", "answer", "how")
        }
        rows = [
            {
                "party": match.party_id.name,
                "listed": match.listed_name,
                "facts": match.listed_facts or "",
                "score": match.score,
                "reason": match.reason,
                "source": labels["source"][match.source],
                "state": labels["state"][match.state],
                "how": labels["how"].get(match.how, ""),
                "looked_up": match.looked_up_on or None,
                # sudo: who answered and confirmed is part of the record
                "answered": match.sudo().answered_by_id.name or "",
                "confirmed": match.sudo().confirmed_by_id.name or "",  # sudo: as above
            }
            for match in docs
        ]
        return [
            Sheet(
                _("Matches"),
                [
                    Column("party", _("Party"), width=24),
                    Column("listed", _("On the list"), width=24),
                    Column("facts", _("Also on the line"), width=24),
                    Column("score", _("Score"), "whole"),
                    Column("reason", _("Why"), width=50),
                    Column("source", _("List"), width=14),
                    Column("state", _("Status"), width=14),
                    Column("how", _("Told apart by"), width=20),
                    Column("looked_up", _("Looked up"), "day"),
                    Column("answered", _("Answered by"), width=18),
                    Column("confirmed", _("Second person"), width=18),
                ],
                rows,
                empty=_("No match is open."),
            )
        ]


class ComplianceMatchXlsx(models.AbstractModel):
    _name = "report.medical_office.compliance_match_report_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Exclusion Matches as a Spreadsheet"

    _source = "report.medical_office.compliance_match_report"
