"""Audits on paper: score, answers with their evidence, findings; and their calendar."""

from odoo import models
from odoo.tools import format_date, format_datetime

from ...engine.core.labels import labels_of
from ...tools.compliance.audit import trend
from ...tools.core.sheet import GROUP, Column, Sheet


class ComplianceAuditReport(models.AbstractModel):
    """Each audit with what stood behind each answer when it was signed."""

    _name = "report.medical_office.compliance_audit_report"
    _inherit = "medical.core.report"
    _description = "Audit Report"
    _on_practice_clock = True

    def _documents(self, docids):
        docs = super()._documents(docids)
        return docs.filtered("is_audit").sorted(lambda one: (one.date_due, one.id))

    def _period(self, docs, _data):
        days = [format_date(self.env, one.day_due) for one in docs]
        return ", ".join(dict.fromkeys(days))

    def _sheets(self, docs, _data):
        sheets = []
        for audit in docs:
            sheets += [
                self._summary(audit),
                self._sections(audit),
                self._trend(audit),
                self._answers(audit),
                self._evidence(audit),
                findings_sheet(self.env, audit.finding_ids, self.env._("Findings")),
            ]
        return sheets

    def _summary(self, audit):
        _ = self.env._
        # sudo: names of site and people belong to the record of the audit
        one = audit.sudo()
        states = labels_of(one, "state")
        programs = labels_of(one, "program")
        facts = [
            (_("Practice"), one.company_id.name),
            (_("Site"), one.site_id.name or _("The practice as a whole")),
            (_("Audit program"), programs.get(one.program, "")),
            (_("Library"), one.checklist_id.name),
            (_("Citation"), one.checklist_id.citation or ""),
            (_("Edition of the rule"), one.checklist_id.edition or ""),
            (_("Version of the library"), str(one.checklist_version or "")),
            (_("Due"), format_date(self.env, one.day_due)),
            (_("Owner"), one.schedule_id.owner_id.name or ""),
            (_("Auditors"), ", ".join(one._auditors().mapped("name"))),
            (_("Status"), states[one.state]),
            (_("Signed"), self._signature(one)),
            (_("Score"), f"{one.score} %" if one.line_count else ""),
            (
                _("Items"),
                _(
                    "%(lines)s, failed: %(failed)s, open: %(open)s",
                    lines=one.line_count,
                    failed=one.failed_count,
                    open=one.open_count,
                ),
            ),
            (_("Note"), one.note or ""),
        ]
        return Sheet(
            audit.display_name,
            [Column("what", _("Audit"), width=24), Column("value", "", width=80)],
            [{"what": what, "value": value} for what, value in facts if value],
            note="" if one.state == "done" else _("Not signed: answers may change."),
        )

    def _signature(self, one):
        if not one.signed_by_id or one.state != "done":
            return ""
        return self.env._(
            "%(who)s on %(at)s",
            who=one.signed_by_id.name,
            at=format_datetime(self.env, one.signed_at, tz=self._zone()),
        )

    def _sections(self, audit):
        _ = self.env._
        rows = [
            {
                "section": one.section or _("Without a section"),
                "score": None if one.score is None else one.score / 100,
                **one.counts,
            }
            for one in audit._sections()
        ]
        return Sheet(
            _("Score by section"),
            [
                Column("section", _("Section"), width=46),
                Column("score", _("Score"), "percent"),
                Column("pass", _("Passed"), "whole", total=True),
                Column("fail", _("Failed"), "whole", total=True),
                Column("na", _("Not applicable"), "whole", total=True),
                Column("open", _("Open"), "whole", total=True),
            ],
            rows,
            note=_(
                "Weight of passed items as a share of passed and failed ones; what does "
                "not apply does not count."
            ),
        )

    def _trend(self, audit):
        """The signed audits of the same library and place, to this one."""
        _ = self.env._
        others = self.env["medical.core.round"].search(
            [
                ("is_audit", "=", True),
                ("state", "=", "done"),
                ("checklist_id", "=", audit.checklist_id.id),
                ("company_id", "=", audit.company_id.id),
                ("site_id", "=", audit.site_id.id),
                ("date_due", "<=", audit.date_due),
            ]
        )
        points = trend((one.day_due, one.score) for one in others)
        return Sheet(
            _("Trend of this library"),
            [
                Column("day", _("Audit of"), "day"),
                Column("score", _("Score"), "percent"),
                Column("change", _("Change (points)"), "number"),
            ],
            [
                {
                    "day": point.day,
                    "score": None if point.score is None else point.score / 100,
                    "change": point.change,
                }
                for point in points
            ],
            empty=_("No audit of this library is signed yet."),
        )

    def _answers(self, audit):
        _ = self.env._
        results = labels_of(audit.line_ids, "result")
        duties = labels_of(audit.line_ids, "requirement")
        rows, section = [], None
        for line in audit.line_ids.sorted("id"):
            if line.section != section:
                section = line.section
                rows.append({GROUP: section or _("Without a section")})
            rows.append(
                {
                    "item": line.name,
                    "citation": line.citation or "",
                    "duty": duties.get(line.requirement, ""),
                    "result": results[line.result],
                    "answer": line._value_text() or "",
                    "note": line.note or "",
                    "evidence": line.evidence_text,
                    # sudo: who answered is part of the record
                    "by": line.sudo().entered_by_id.name or "",
                }
            )
        return Sheet(
            _("Answers"),
            [
                Column("item", _("Item"), width=50),
                Column("citation", _("Citation"), width=26),
                Column("duty", _("Duty"), width=12),
                Column("result", _("Result"), width=12),
                Column("answer", _("Answer"), width=16),
                Column("note", _("Note"), width=34),
                Column("evidence", _("Evidence"), width=16),
                Column("by", _("Answered by"), width=16),
            ],
            rows,
            empty=_("The items are set out when the audit begins."),
        )

    def _evidence(self, audit):
        _ = self.env._
        kinds = labels_of(audit.evidence_ids, "kind")
        return Sheet(
            _("Evidence"),
            [
                Column("item", _("Item"), width=30),
                Column("name", _("Evidence"), width=26),
                Column("kind", _("Type"), width=10),
                Column("standing", _("In order"), width=12),
                Column("from", _("From"), "day"),
                Column("to", _("To"), "day"),
                Column("summary", _("What it says"), width=50),
                Column("digest", _("SHA-256"), width=20),
            ],
            [
                {
                    "item": one.line_id.name,
                    "name": one.name,
                    "kind": kinds[one.kind],
                    "standing": one.standing or "",
                    "from": one.date_from or None,
                    "to": one.date_to or None,
                    "summary": one.summary or "",
                    "digest": (one.digest or "")[:16],
                }
                for one in audit.evidence_ids
            ],
            note=_("The first 16 digits of each hash; the record holds all of them."),
            empty=_("No evidence was gathered."),
        )


class ComplianceAuditXlsx(models.AbstractModel):
    _name = "report.medical_office.compliance_audit_report_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Audit Report as a Spreadsheet"

    _source = "report.medical_office.compliance_audit_report"


class ComplianceAuditCalendar(models.AbstractModel):
    """Which audits are due when, who answers for them, what came of them."""

    _name = "report.medical_office.compliance_audit_calendar_report"
    _inherit = "medical.core.report"
    _description = "Audit Calendar, Printed"

    def _documents(self, docids):
        return super()._documents(docids).filtered("is_audit").sorted("date_due")

    def _sheets(self, docs, _data):
        return [calendar_sheet(self.env, docs, self.env._("Audit Calendar"))]


class ComplianceAuditCalendarXlsx(models.AbstractModel):
    _name = "report.medical_office.compliance_audit_calendar_report_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Audit Calendar as a Spreadsheet"

    _source = "report.medical_office.compliance_audit_calendar_report"


def calendar_sheet(env, audits, name):
    """One row for each audit, by month."""
    _ = env._
    # sudo: names of sites and people are part of the calendar
    audits = audits.sudo()
    states = labels_of(audits, "state")
    rows, month = [], None
    for audit in audits:
        title = format_date(env, audit.day_due, date_format="MMMM y")
        if title != month:
            month = title
            rows.append({GROUP: month})
        rows.append(
            {
                "due": audit.day_due,
                "audit": audit.schedule_id.name,
                "site": audit.site_id.name or _("The practice as a whole"),
                "owner": audit.schedule_id.owner_id.name or "",
                "auditors": ", ".join(audit.auditor_ids.mapped("name")),
                "state": states[audit.state],
                "signed": audit.signed_at or None,
                "score": audit.score / 100 if audit.state == "done" else None,
                "findings": audit.finding_count,
            }
        )
    return Sheet(
        name,
        [
            Column("due", _("Due"), "day"),
            Column("audit", _("Audit"), width=38),
            Column("site", _("Site"), width=22),
            Column("owner", _("Owner"), width=20),
            Column("auditors", _("Auditors"), width=26),
            Column("state", _("Status"), width=12),
            Column("signed", _("Signed"), "moment"),
            Column("score", _("Score"), "percent"),
            Column("findings", _("Findings"), "whole", total=True),
        ],
        rows,
        empty=_("No audit is planned."),
    )


def findings_sheet(env, findings, name):
    """One row for each finding with cause, risk, actions and how it ended."""
    _ = env._
    # sudo: names of people and their actions are part of the finding
    findings = findings.sudo()
    labels = {
        field: labels_of(findings, field)
        for field in ("state", "risk_level", "severity")
    }
    rows = [
        {
            "number": one.name,
            "summary": one.summary,
            "citation": one.citation or "",
            "risk": f"{one.risk} ({labels['risk_level'].get(one.risk_level, '')})",
            "cause": one.cause or "",
            "owner": one.user_id.name,
            "found": one.date_found,
            "due": one.date_due,
            "actions": "; ".join(
                _(
                    "%(what)s (%(who)s, %(when)s)",
                    what=action.name,
                    who=action.user_id.name,
                    when=_(
                        "done %s",
                        format_date(env, one.company_id._medical_day(action.done_at)),
                    )
                    if action.done_at
                    else _("due %s", format_date(env, action.date_due)),
                )
                for action in one.action_ids
            ),
            "state": labels["state"][one.state],
            "checked": one.checked_by_id.name or "",
            "repeat": one.earlier_id.name or "",
        }
        for one in findings
    ]
    return Sheet(
        name,
        [
            Column("number", _("Number"), width=14),
            Column("summary", _("Finding"), width=44),
            Column("citation", _("Citation"), width=24),
            Column("risk", _("Risk"), width=12),
            Column("cause", _("Cause"), width=30),
            Column("owner", _("Owner"), width=16),
            Column("found", _("Found"), "day"),
            Column("due", _("Correct by"), "day"),
            Column("actions", _("Actions"), width=44),
            Column("state", _("Status"), width=14),
            Column("checked", _("Checked by"), width=16),
            Column("repeat", _("Repeat of"), width=14),
        ],
        rows,
        empty=_("Nothing was found."),
    )
