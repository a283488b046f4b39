"""Evidence of a round's lines, and the score that follows from their weights."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....tools.core.score import Answer, score


class CoreRoundLine(models.Model):
    _inherit = "medical.core.round.line"

    weight = fields.Float(default=1.0, readonly=True, aggregator=None)
    na_needs_note = fields.Boolean(readonly=True)
    evidence_ids = fields.One2many("medical.core.evidence", "line_id")

    def _evidence_groups(self):
        """Lines whose items name a check, by that check and the period."""
        groups = {}
        for line in self:
            check = line.item_id.evidence_check_id
            if check:
                key = (check, *line.round_id._evidence_period(line), line.company_id)
                groups[key] = groups.get(key, self.browse()) | line
        return groups

    def _check_not_applicable(self):
        """Refuse “not applicable” without a reason, where one is asked for.

        :raises UserError: naming the line
        """
        for line in self:
            if line.na_needs_note and line.result == "na" and not line.note:
                raise UserError(
                    self.env._(
                        "“%s” is marked as not applicable: write in its note why.",
                        line.display_name,
                    )
                )


class CoreRound(models.Model):
    _inherit = "medical.core.round"

    score = fields.Float(
        "Score %",
        compute="_compute_score",
        digits=(5, 1),
        aggregator="avg",
        help="Weights that passed, of all that passed or failed.",
    )

    @api.depends("line_ids.result", "line_ids.weight")
    def _compute_score(self):
        for record in self:
            answers = [Answer(line.weight, line.result) for line in record.line_ids]
            record.score = score(answers) or 0.0

    def action_gather_evidence(self):
        """Ask the checks behind the lines what they found; each is asked once.

        :raises UserError: the round is closed, or a check has not run
        """
        self.check_access("write")
        for record in self:
            record.line_ids._check_not_closed()
        lines = self.line_ids
        # sudo: what a check says is written by the program; people bring files
        register = self.env["medical.core.evidence"].sudo()._pen()
        register.search([("line_id", "in", lines.ids), ("kind", "=", "check")]).unlink()
        register.create(
            [
                {
                    "line_id": line.id,
                    "kind": "check",
                    "name": check.name,
                    "check_id": check.id,
                    "date_from": first,
                    "date_to": last,
                    **measure._asdict(),
                }
                for (
                    check,
                    first,
                    last,
                    company,
                ), group in lines._evidence_groups().items()
                for measure in [check._measure(first, last, company)]
                for line in group
            ]
        )
        return True

    def _seal_evidence(self):
        """Freeze the evidence of rounds that are being signed."""
        self.line_ids._check_not_applicable()
        # sudo: the signature seals all evidence, whoever of the signers may read it
        self.sudo().evidence_ids._freeze()
