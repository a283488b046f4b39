"""The sample practice's audits: a HIPAA audit signed with findings, an OSHA one begun."""

import base64
import io
from datetime import datetime, time, timedelta

from reportlab.pdfgen.canvas import Canvas

from odoo import Command, models

SIGNED_DAYS = 60  # ago
ANALYZED_DAYS = 120
# code -> what the auditor wrote; the rest passed or did not apply
FAILED = {
    "SEC-310-C": "Two screens at the main desk can be read from the waiting room.",
    "SEC-308-A7-TR": "The last restore was tried more than two years ago.",
    "SEC-308-A5-SR": "No reminder was sent this year.",
}
NOT_HERE = {
    "SEC-308-A4-IC": "The practice is no clearinghouse.",
    "SEC-314-A2-OA": "No government body handles our information.",
    "SEC-314-B": "The insurer keeps all information of the health plan.",
}
NAMED = {"SEC-308-A2": "Maria Alvarez, appointed in January"}
OSHA_ANSWERED = 9
# library, site, days from today
AHEAD = (
    ("clia_waived", "lm", 75),
    ("oig_elements", False, 130),
    ("controlled", "lm", 165),
    ("vaccine", "lm", 200),
    ("osha_exits", "ln", 240),
)
RISKS = (
    (
        "A laptop with patient information is stolen",
        "Laptops",
        "Theft from a car",
        2,
        5,
    ),
    ("Ransomware stops the records system", "Records system", "Email attachment", 3, 5),
)


class CoreSample(models.AbstractModel):
    _inherit = "medical.core.sample"

    def _load_audits(self, practice):
        """A year's program; one audit signed two months ago, one under way."""
        self._sample_risks(practice)
        hipaa = self._audit_program(practice, "hipaa_security", False, -SIGNED_DAYS - 5)
        due = practice.today - timedelta(days=SIGNED_DAYS + 5)
        hipaa._generate(due, due + timedelta(days=4))
        self._signed_audit(practice, hipaa.round_ids.sorted("date_due")[:1])
        osha = self._audit_program(practice, "osha_bloodborne", "lm", 20)
        self._begun_audit(practice, osha.round_ids.sorted("date_due")[:1])
        for library, site, days in AHEAD:
            self._audit_program(practice, library, site, days)

    def _audit_program(self, practice, code, site, days):
        libraries = practice.env["medical.core.checklist"]
        return practice.env["medical.core.schedule"].create(
            {
                "checklist_id": libraries.search([("library_code", "=", code)]).id,
                "company_id": practice.company.id,
                "site_id": practice.get(f"site_{site}").id if site else False,
                "owner_id": practice.user("alvarez").id,
                "backup_id": practice.user("cole").id,
                "auditor_ids": [Command.set(practice.user("cole").ids)],
                "date_start": practice.today + timedelta(days=days),
            }
        )

    # --------------------------------------------------------------- the signed one

    def _signed_audit(self, practice, audit):
        """Answered and signed by HR, with what the measures say today; dated back."""
        at = datetime.combine(
            practice.today - timedelta(days=SIGNED_DAYS), time(16, 30)
        )
        audit = audit.with_user(practice.user("cole"))
        audit._start(at - timedelta(days=3))
        audit.action_gather_evidence()
        self._bring_files(audit)
        for line in audit.line_ids:
            line.write(self._audit_answer(line))
        audit._sign(at)
        audit.sudo()._seal()  # sudo: sealed again, since it was dated back
        findings = {
            one.item_id.code: one
            for one in audit.sudo().finding_ids.with_user(practice.user("alvarez"))
        }
        self._closed_finding(practice, findings["SEC-310-C"])
        self._finding_in_action(practice, findings["SEC-308-A7-TR"])

    def _audit_answer(self, line):
        code = line.item_id.code
        if code in FAILED:
            return {"result": "fail", "note": FAILED[code]}
        for begin, why in NOT_HERE.items():
            if code.startswith(begin):
                return {"result": "na", "note": why}
        if line.item_type == "text":
            return {"value_text": NAMED.get(code, "Seen")}
        return {"result": "pass"}

    def _bring_files(self, audit):
        """A file where a measure had nothing to count."""
        bare = audit.line_ids.filtered(
            lambda line: line.measure_id and not line.evidence_ids
        )
        content = _paper("Seen by the auditor on paper; original in the binder.")
        self.env["medical.core.evidence"].with_user(audit.env.user).create(
            [
                {"line_id": line.id, "name": "seen-on-paper.pdf", "file": content}
                for line in bare
            ]
        )

    def _closed_finding(self, practice, finding):
        """Screens were turned; two weeks later the director looked."""
        doer = practice.user("murphy")
        finding.write(
            {
                "cause": "The desk was moved and nobody looked from the other side.",
                "cause_kind": "procedure",
                "asset": "Main desk",
                "threat": "A visitor reads a screen",
                "likelihood": 4,
                "look_days": 14,
                "action_ids": [
                    Command.create(
                        {
                            "name": "Turn both screens and fit privacy filters",
                            "user_id": doer.id,
                            "date_due": practice.today - timedelta(days=45),
                        }
                    )
                ],
            }
        )
        finding.action_begin()
        action = finding.action_ids.with_user(doer)
        action.proof = "Filters fitted; photo from the waiting room is in the binder."
        action.action_done()
        back = datetime.combine(practice.today - timedelta(days=48), time(15))
        finding.action_ids.sudo()._pen().done_at = back  # sudo: dated back
        finding.action_corrected()
        checker = finding.with_user(practice.user("whitfield"))
        checker.write(
            {
                "effect": "Looked from each seat: no screen can be read.",
                "proof_note": "Binder, page 4",
                "residual_likelihood": 1,
                "residual_impact": 4,
            }
        )
        checker.action_close()
        # sudo: dated back, and sealed again as it stands now
        finding.sudo()._pen().closed_at = back + timedelta(days=16)
        finding.sudo()._seal()  # sudo: as above

    def _finding_in_action(self, practice, finding):
        finding.write(
            {
                "cause": "No schedule asks for a restore; it depends on one person.",
                "cause_kind": "procedure",
                "asset": "Backup of the records system",
                "threat": "Data cannot be restored after an attack",
                "impact": 5,
                "action_ids": [
                    Command.create(
                        {
                            "name": "Schedule “Backup and restore test” every quarter",
                            "user_id": practice.user("cole").id,
                            "date_due": practice.today + timedelta(days=10),
                        }
                    )
                ],
            }
        )
        finding.action_begin()

    # ------------------------------------------------------------- the one under way

    def _begun_audit(self, practice, audit):
        audit = audit.with_user(practice.user("cole"))
        audit._start()
        audit.action_gather_evidence()
        for line in audit.line_ids.sorted("id")[:OSHA_ANSWERED]:
            if line.item_type == "text":
                line.write({"value_text": "Reviewed in February"})
            else:
                line.write({"result": "pass"})

    # --------------------------------------------------------------------- the risks

    def _sample_risks(self, practice):
        """Two risks that no audit found, and the analysis the director signed."""
        manager = practice.user("alvarez")
        risks = practice.env["medical.compliance.audit.finding"].with_user(manager)
        risks.create(
            [
                {
                    "summary": summary,
                    "source": "risk",
                    "program": "hipaa_security",
                    "asset": asset,
                    "threat": threat,
                    "likelihood": likelihood,
                    "impact": impact,
                    "severity": "high",
                    "company_id": practice.company.id,
                }
                for summary, asset, threat, likelihood, impact in RISKS
            ]
        )
        analyses = practice.env["medical.compliance.risk.analysis"].with_user(manager)
        analysis = analyses.create(
            {
                "company_id": practice.company.id,
                "date": practice.today - timedelta(days=ANALYZED_DAYS),
                "systems": "Records system (hosted)\nEmail and calendar (hosted)\n"
                "Eight desktops, four laptops\nCopier with a disk\nPaper charts, room 2",
                "conclusion": "First: restore test every quarter, laptops encrypted by "
                "spring. Nothing above medium is accepted.",
            }
        )
        analysis.action_fill()
        analysis.action_submit()
        analysis.with_user(practice.user("whitfield")).action_sign()


def _paper(text):
    """A PDF of one line, as a file field takes it."""
    content = io.BytesIO()
    canvas = Canvas(content, invariant=True)
    canvas.drawString(72, 720, text)
    canvas.save()
    return base64.b64encode(content.getvalue())
