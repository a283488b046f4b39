"""Signing an audit: nothing open, evidence there, scores kept, findings raised."""

from odoo import fields, models
from odoo.exceptions import UserError

SHOWN = 10


class CoreRound(models.Model):
    _inherit = "medical.core.round"

    def _check_complete(self):
        """No line of an audit stays open, and what names evidence has some.

        :raises UserError: naming the lines
        """
        super()._check_complete()
        audits = self.filtered("is_audit")
        if audits:
            audits._check_no_open_line()
            audits._check_evidence_there()

    def _check_no_open_line(self):
        open_lines = self.line_ids.filtered(lambda line: line.result == "open")
        if open_lines:
            raise UserError(
                self.env._(
                    "“%(audit)s” cannot be signed with open items: %(count)s. Answer "
                    "each, or mark it as not applicable with the reason:\n%(lines)s",
                    audit=open_lines[0].round_id.display_name,
                    count=len(open_lines),
                    lines=self._line_list(open_lines),
                )
            )

    def _check_evidence_there(self):
        """An item that names a measure is judged with evidence: counted, or a file."""
        bare = self.line_ids.filtered(
            lambda line: (
                line.measure_id
                and line.result in ("pass", "fail")
                and not line.evidence_ids
            )
        )
        if bare:
            raise UserError(
                self.env._(
                    "These items name evidence and have none. Press Gather Evidence, or "
                    "bring a file:\n%s",
                    self._line_list(bare),
                )
            )

    def _line_list(self, lines):
        names = [f"• {line.display_name}" for line in lines[:SHOWN]]
        if len(lines) > SHOWN:
            names.append(self.env._("and %(more)s more", more=len(lines) - SHOWN))
        return "\n".join(names)

    def _check_signer(self):
        self._check_auditor()
        return super()._check_signer()

    def _seal_evidence(self):
        """Freeze the evidence; keep the score of each section with it."""
        super()._seal_evidence()
        self.filtered("is_audit")._keep_scores()

    def _keep_scores(self):
        values = []
        # sudo: the signature writes the scores, whoever of the auditors signs
        for audit in self.sudo():
            day = fields.Date.context_today(audit)
            values += [
                {
                    "round_id": audit.id,
                    "checklist_id": audit.checklist_id.id,
                    "program": audit.program,
                    "site_id": audit.site_id.id,
                    "date": day,
                    "section": one.section or self.env._("Without a section"),
                    "score": one.score or 0.0,
                    "is_counted": one.score is not None,
                    "passed": one.counts["pass"],
                    "failed": one.counts["fail"],
                    "not_applicable": one.counts["na"],
                }
                for one in audit._sections()
            ]
        # sudo: as above
        scores = self.env["medical.compliance.audit.score"].sudo()._pen()
        scores.search([("round_id", "in", self.ids)]).unlink()
        scores.create(values)

    def _unseal_evidence(self):
        super()._unseal_evidence()
        # sudo: scores are the signature's; they go while the audit is open again
        self.filtered("is_audit").sudo().score_ids._pen().unlink()

    def _medical_on_signed(self):
        """What failed becomes findings."""
        super()._medical_on_signed()
        audits = self.filtered("is_audit")
        if audits:
            # sudo: findings are made by the signature, whoever of the auditors signs
            findings = self.env["medical.compliance.audit.finding"].sudo()
            findings._raise_from(audits.sudo())  # sudo: as above
