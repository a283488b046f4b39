"""Findings, the risk register, the signed risk analysis and the audit binder on paper."""

from odoo import models
from odoo.tools import format_date, format_datetime

from ...engine.core.labels import labels_of
from ...tools.core.sheet import Column, Sheet
from .compliance_audit_report import calendar_sheet, findings_sheet


class ComplianceFindingReport(models.AbstractModel):
    _name = "report.medical_office.compliance_finding_report"
    _inherit = "medical.core.report"
    _description = "Audit Findings, Printed"

    def _sheets(self, docs, _data):
        return [findings_sheet(self.env, docs, self.env._("Audit Findings"))]


class ComplianceFindingXlsx(models.AbstractModel):
    _name = "report.medical_office.compliance_finding_report_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Audit Findings as a Spreadsheet"

    _source = "report.medical_office.compliance_finding_report"


class ComplianceRiskReport(models.AbstractModel):
    """The risk register: likelihood, impact, treatment, what is left of it."""

    _name = "report.medical_office.compliance_risk_report"
    _inherit = "medical.core.report"
    _description = "Risk Register, Printed"

    def _documents(self, docids):
        return (
            super()._documents(docids).filtered("is_risk").sorted("risk", reverse=True)
        )

    def _sheets(self, docs, _data):
        _ = self.env._
        # sudo: names of owners are part of the register
        risks = docs.sudo()
        labels = {
            field: labels_of(risks, field)
            for field in ("state", "risk_level", "treatment", "program")
        }
        return [
            Sheet(
                _("Risk Register"),
                [
                    Column("number", _("Number"), width=14),
                    Column("summary", _("Risk or finding"), width=44),
                    Column("program", _("Program"), width=18),
                    Column("asset", _("System or place"), width=22),
                    Column("threat", _("Threat"), width=26),
                    Column("likelihood", _("Likelihood"), "whole"),
                    Column("impact", _("Impact"), "whole"),
                    Column("risk", _("Points"), "whole"),
                    Column("level", _("Level"), width=10),
                    Column("treatment", _("Treatment"), width=14),
                    Column("residual", _("Afterwards"), "whole"),
                    Column("owner", _("Owner"), width=18),
                    Column("due", _("Correct by"), "day"),
                    Column("state", _("Status"), width=16),
                ],
                [
                    {
                        "number": one.name,
                        "summary": one.summary,
                        "program": labels["program"][one.program],
                        "asset": one.asset or "",
                        "threat": one.threat or "",
                        "likelihood": one.likelihood,
                        "impact": one.impact,
                        "risk": one.risk,
                        "level": labels["risk_level"].get(one.risk_level, ""),
                        "treatment": labels["treatment"][one.treatment],
                        "residual": one.residual or None,
                        "owner": one.user_id.name,
                        "due": one.date_due,
                        "state": labels["state"][one.state],
                    }
                    for one in risks
                ],
                note=_(
                    "Likelihood and impact from 1 to 5; their product: to 4 low, to 9 "
                    "medium, to 15 high, above critical."
                ),
                empty=_("The register has no risks."),
            )
        ]


class ComplianceRiskXlsx(models.AbstractModel):
    _name = "report.medical_office.compliance_risk_report_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Risk Register as a Spreadsheet"

    _source = "report.medical_office.compliance_risk_report"


class ComplianceRiskAnalysisReport(models.AbstractModel):
    """The yearly document: scope, method, risks as copied, conclusion, signature."""

    _name = "report.medical_office.compliance_risk_analysis_report"
    _inherit = "medical.core.report"
    _description = "Risk Analysis, Printed"
    _on_practice_clock = True

    def _period(self, docs, _data):
        return ", ".join(format_date(self.env, one.date) for one in docs)

    def _sheets(self, docs, _data):
        sheets = []
        for one in docs:
            sheets += [analysis_text(self, one), self._risks(one)]
        return sheets

    def _risks(self, one):
        _ = self.env._
        labels = {
            field: labels_of(one.line_ids, field)
            for field in ("risk_level", "treatment")
        }
        return Sheet(
            _("Risks"),
            [
                Column("number", _("Number"), width=14),
                Column("summary", _("Risk or finding"), width=44),
                Column("asset", _("System or place"), width=20),
                Column("threat", _("Threat"), width=24),
                Column("rated", _("Likelihood × impact"), width=12),
                Column("level", _("Level"), width=10),
                Column("treatment", _("Treatment"), width=14),
                Column("residual", _("Afterwards"), "whole"),
                Column("owner", _("Owner"), width=18),
                Column("due", _("Correct by"), "day"),
                Column("status", _("Status"), width=14),
            ],
            [
                {
                    "number": line.number or "",
                    "summary": line.summary,
                    "asset": line.asset or "",
                    "threat": line.threat or "",
                    "rated": f"{line.likelihood} × {line.impact} = {line.risk}",
                    "level": labels["risk_level"].get(line.risk_level, ""),
                    "treatment": labels["treatment"].get(line.treatment, ""),
                    "residual": line.residual or None,
                    "owner": line.owner or "",
                    "due": line.date_due or None,
                    "status": line.status or "",
                }
                for line in one.line_ids
            ],
            empty=_("No risk is listed."),
        )


class ComplianceRiskAnalysisXlsx(models.AbstractModel):
    _name = "report.medical_office.compliance_risk_analysis_report_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Risk Analysis as a Spreadsheet"

    _source = "report.medical_office.compliance_risk_analysis_report"


class ComplianceAuditBinderReport(models.AbstractModel):
    """Everything of a program and a period: calendar, audits, findings, analyses."""

    _name = "report.medical_office.compliance_audit_binder_report"
    _inherit = "medical.core.report"
    _description = "Audit Binder, Printed"
    _on_practice_clock = True

    def _title(self, docs, _data):
        program = docs[:1].program
        if not program:
            return self.env._("Audit binder")
        labels = labels_of(docs, "program")
        return self.env._("Audit binder: %s", labels[program])

    def _period(self, docs, _data):
        return self.env._(
            "%(low)s to %(high)s",
            low=format_date(self.env, docs[:1].date_from),
            high=format_date(self.env, docs[:1].date_to),
        )

    def _sheets(self, docs, data):
        binder = docs[:1]
        audits = binder._audits()
        report = self.env["report.medical_office.compliance_audit_report"]
        sheets = [
            calendar_sheet(self.env, audits, self.env._("Audits")),
            findings_sheet(self.env, binder._findings(), self.env._("Audit findings")),
        ]
        signed = audits.filtered(lambda one: one.state == "done")
        for audit in signed:
            sheets += [
                report._summary(audit),
                report._sections(audit),
                report._answers(audit),
                report._evidence(audit),
            ]
        analysis = self.env["report.medical_office.compliance_risk_analysis_report"]
        return sheets + analysis._sheets(binder._analyses(), data)


class ComplianceAuditBinderXlsx(models.AbstractModel):
    _name = "report.medical_office.compliance_audit_binder_report_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Audit Binder as a Spreadsheet"

    _source = "report.medical_office.compliance_audit_binder_report"


def analysis_text(report, one):
    """What the analysis says beside its list of risks."""
    _ = report.env._
    # sudo: who prepared and signed is part of the document
    people = one.sudo()
    signed = ""
    if one.state == "signed":
        signed = _(
            "%(who)s on %(at)s",
            who=people.signed_by_id.name,
            at=format_datetime(report.env, one.signed_at, tz=report._zone()),
        )
    facts = [
        (_("Practice"), people.company_id.name),
        (_("As of"), format_date(report.env, one.date)),
        (_("Scope"), one.scope),
        (_("Where the information is"), one.systems),
        (_("Method"), one.method),
        (_("Conclusion"), one.conclusion),
        (_("Prepared by"), people.prepared_by_id.name),
        (_("Signed by"), signed),
    ]
    return Sheet(
        one.display_name,
        [Column("what", _("Risk analysis"), width=24), Column("value", "", width=90)],
        [{"what": what, "value": value} for what, value in facts if value],
        note=""
        if one.state == "signed"
        else _("Not signed yet: this is a draft of the analysis."),
    )
