"""Audits: rounds of a library, with auditors, evidence, scores and findings."""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_date

from ....engine.core.sealreader import covers
from ....tools.compliance.audit import Judged, section_scores
from ...core.mixins.done import done
from ...core.mixins.open_action import form_action
from ...core.round.round import CoreRound as Core
from ..library.checklist import PROGRAMS


class CoreRound(models.Model):
    _inherit = "medical.core.round"

    # one scheme more: sections, measures and scores of an audit are sealed, too
    _seal_schemes = (
        *Core._seal_schemes,
        covers(
            "checklist_id checklist_version company_id site_id date_due state note "
            "started_at signed_by_id signed_at program",
            line_ids="name item_type severity citation weight room_id equipment_id required "
            "result value_number value_text value_choice_id note entered_by_id "
            "entered_at photo section requirement measure_id",
            line_ids__evidence_ids="kind name check_id measure_id date_from date_to "
            "looked_at found summary digest frozen_at file",
            score_ids="section score is_counted passed failed not_applicable",
        ),
    )

    is_audit = fields.Boolean("Audit", readonly=True)
    program = fields.Selection(PROGRAMS, "Audit program", readonly=True)
    auditor_ids = fields.Many2many(
        "res.users",
        "medical_compliance_round_auditor_rel",
        "round_id",
        "user_id",
        string="Auditors",
        readonly=True,
        copy=False,
    )
    score_ids = fields.One2many(
        "medical.compliance.audit.score", "round_id", "Sections", readonly=True
    )
    finding_ids = fields.One2many(
        "medical.compliance.audit.finding", "round_id", "Audit findings", readonly=True
    )
    finding_count = fields.Integer("Findings", compute="_compute_finding_count")
    section_text = fields.Text("Score by section", compute="_compute_section_text")
    day_due = fields.Date("Due day", compute="_compute_day_due")

    _audits = models.Index("(company_id, date_due DESC) WHERE is_audit")

    @api.depends("finding_ids")
    def _compute_finding_count(self):
        counts = dict(
            self.env["medical.compliance.audit.finding"]._read_group(
                [("round_id", "in", self.ids)], ["round_id"], ["__count"]
            )
        )
        for audit in self:
            audit.finding_count = counts.get(audit, 0)

    @api.depends("date_due")
    def _compute_day_due(self):
        for audit in self:
            zone = str(audit.schedule_id._zone())
            audit.day_due = (
                audit.date_due
                and fields.Datetime.context_timestamp(
                    audit.with_context(tz=zone), audit.date_due
                ).date()
            )

    def _sections(self):
        """Scores of one audit by section, as it is answered now."""
        self.ensure_one()
        return section_scores(
            Judged(line.section or "", line.weight, line.result)
            for line in self.line_ids.sorted("id")
        )

    @api.depends("line_ids.result", "line_ids.weight", "line_ids.section")
    def _compute_section_text(self):
        for audit in self:
            lines = []
            for one in audit._sections() if audit.is_audit else ():
                percent = self.env._("not counted") if one.score is None else one.score
                lines.append(
                    self.env._(
                        "%(section)s: %(score)s (failed: %(failed)s, open: %(open)s)",
                        section=one.section or self.env._("Without a section"),
                        score=f"{percent} %" if one.score is not None else percent,
                        failed=one.counts["fail"],
                        open=one.counts["open"],
                    )
                )
            audit.section_text = "\n".join(lines)

    @api.depends("checklist_id")
    def _compute_asks_evidence(self):
        """Evidence is asked of measures as well."""
        super()._compute_asks_evidence()
        asking = self.checklist_id.item_ids.filtered("measure_id").checklist_id
        for record in self.filtered(lambda one: one.checklist_id in asking):
            record.asks_evidence = True

    @api.depends("is_audit", "day_due")
    def _compute_display_name(self):
        """An audit is known by its day; the hour says nothing."""
        audits = self.filtered("is_audit")
        super(CoreRound, self - audits)._compute_display_name()
        for audit in audits:
            audit.display_name = self.env._(
                "%(schedule)s, %(due)s",
                schedule=audit.schedule_id.name or audit.checklist_id.name or "",
                due=format_date(self.env, audit.day_due),
            )

    # -------------------------------------------------------------------- actions

    def action_gather_evidence(self):
        """Ask checks and measures; what could not say anything is told, with the remedy.

        :raises UserError: the audit is closed, or a check has not run
        """
        result = super().action_gather_evidence()
        refusals = self.line_ids._gather_measures()
        audits = self.filtered("is_audit")
        if not audits:
            return result
        gathered = audits.line_ids.filtered("evidence_ids")
        message = self.env._("Evidence gathered for %s items.", len(gathered))
        if refusals:
            message = "\n".join([message, *dict.fromkeys(refusals.values())])
        return done(self.env, message, kind="warning" if refusals else "success")

    def action_open_findings(self):
        """The findings of these audits."""
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "medical_office.compliance_finding_action"
        )
        return action | {
            "domain": [("round_id", "in", self.ids)],
            "context": {},
            "path": False,
        }

    def action_answer_audit(self):
        """The lines of an audit in a list, by section, to be answered one after another."""
        self.check_access("read")
        self.ensure_one()
        if self.state == "planned":
            self.action_start()
        view = self.env.ref("medical_office.compliance_audit_line_view_list")
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "medical.core.round.line",
            "views": [(view.id, "list")],
            "search_view_id": [
                self.env.ref("medical_office.compliance_audit_line_view_search").id
            ],
            "domain": [("round_id", "=", self.id)],
            "context": {"search_default_group_section": 1},
        }

    def _medical_open_action(self, finding=None):
        """An audit opens in its own form."""
        self.ensure_one()
        if self.is_audit:
            return form_action(self, "compliance_audit_view_form")
        return self.get_formview_action()

    def get_formview_id(self, access_uid=None):
        """An audit opens in its own form."""
        if len(self) == 1 and self.is_audit:
            return self.env.ref("medical_office.compliance_audit_view_form").id
        return super().get_formview_id(access_uid=access_uid)

    def _check_auditor(self):
        """Only the auditors of an audit answer and sign it.

        :raises AccessError: naming who may
        """
        for audit in self.filtered("is_audit"):
            # sudo: who the auditors are, whoever asks
            people = audit.sudo()._auditors()
            if self.env.user not in people:
                raise AccessError(
                    self.env._(
                        "“%(audit)s” is signed by one of its auditors: %(names)s.",
                        audit=audit.display_name,
                        names=", ".join(people.mapped("name")),
                    )
                )

    def _auditors(self):
        """The owner of an audit, who it fell to, and its auditors."""
        self.ensure_one()
        return self.auditor_ids | self.user_id | self.schedule_id.owner_id
