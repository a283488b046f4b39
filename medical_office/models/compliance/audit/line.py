"""Lines of an audit: their evidence, and what a failed one does not set off."""

from odoo import fields, models
from odoo.exceptions import UserError

from ..measure.measure import Period


class CoreRoundLine(models.Model):
    _inherit = "medical.core.round.line"

    is_audit = fields.Boolean(related="round_id.is_audit")
    evidence_count = fields.Integer(
        "Pieces of evidence", compute="_compute_evidence_count"
    )
    evidence_text = fields.Char("Evidence says", compute="_compute_evidence_count")
    finding_id = fields.Many2one(
        "medical.compliance.audit.finding",
        "Audit finding",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )

    def _compute_evidence_count(self):
        found = self.env["medical.core.evidence"].search([("line_id", "in", self.ids)])
        by_line = found.grouped("line_id")
        for line in self:
            evidence = by_line.get(line, found.browse())
            line.evidence_count = len(evidence)
            line.evidence_text = ", ".join(one.standing or one.name for one in evidence)

    # -------------------------------------------------------------------- evidence

    def _period(self):
        """What a measure of this line speaks of."""
        self.ensure_one()
        first, last = self.round_id._evidence_period(self)
        today = fields.Date.context_today(self)
        return Period(
            min(first, today), min(last, today), self.company_id, self.round_id.site_id
        )

    def action_ask_measure(self):
        """Ask the measure behind these lines again.

        :raises UserError: a measure has nothing to count, with the remedy
        """
        self._check_caller("core_group_staff")
        self.check_access("write")
        self._check_not_closed()
        silent = self.filtered(lambda line: not line.measure_id)
        if silent:
            raise UserError(
                self.env._(
                    "“%s” names no measure: bring a file as evidence.",
                    silent[0].display_name,
                )
            )
        refusals = self._gather_measures()
        if refusals:
            raise UserError("\n".join(refusals.values()))
        return True

    def _gather_measures(self):
        """Ask the measures behind these lines, each once for a period.

        :return: {measure and period: why it could not say anything}; what an earlier
            asking said of those lines is gone, too
        """
        lines = self.filtered("measure_id")
        # sudo: what a measure says is written by the program; people bring files
        register = self.env["medical.core.evidence"].sudo()._pen()
        register.search(
            [("line_id", "in", lines.ids), ("kind", "=", "measure")]
        ).unlink()
        values, refusals, answers = [], {}, {}
        for line in lines:
            key = (line.measure_id, line._period())
            if key not in answers:
                try:
                    answers[key] = line.measure_id._count(line._period())
                except UserError as refusal:
                    answers[key] = None
                    refusals[key] = str(refusal)
            if answers[key] is not None:
                values.append(
                    {
                        "line_id": line.id,
                        "kind": "measure",
                        "name": line.measure_id.name,
                        "measure_id": line.measure_id.id,
                        "date_from": key[1].first,
                        "date_to": key[1].last,
                        **answers[key]._asdict(),
                    }
                )
        register.create(values)
        return refusals

    def action_open_evidence(self):
        """The evidence of this line: what was counted, and files."""
        self.check_access("read")
        self.ensure_one()
        is_open = self.round_id.state in ("planned", "in_progress")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Evidence: %s", self.name),
            "res_model": "medical.core.evidence",
            "views": [
                (
                    self.env.ref("medical_office.compliance_evidence_view_list").id,
                    "list",
                ),
                (
                    self.env.ref("medical_office.compliance_evidence_view_form").id,
                    "form",
                ),
            ],
            "domain": [("line_id", "=", self.id)],
            "context": {"default_line_id": self.id, "create": is_open},
        }

    # ------------------------------------------------------------ what does not follow

    def _medical_on_fail(self):
        """A failed line of an audit becomes a finding when the audit is signed."""
        others = self.filtered(lambda line: not line.is_audit)
        if others:
            super(CoreRoundLine, others)._medical_on_fail()

    def _medical_on_pass(self):
        others = self.filtered(lambda line: not line.is_audit)
        if others:
            super(CoreRoundLine, others)._medical_on_pass()
