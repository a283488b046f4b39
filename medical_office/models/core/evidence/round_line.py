"""Evidence of a round's lines, and the score that follows from their weights."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....tools.core.score import Answer, score


class CoreRoundLine(models.Model):
    _inherit = "medical.core.round.line"

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


class CoreRound(models.Model):
    _inherit = "medical.core.round"

    score = fields.Float(
        "Score %",
        compute="_compute_score",
        digits=(5, 1),
        aggregator="avg",
        help="Weight of passed items as a share of all passed or failed items.",
    )

    asks_evidence = fields.Boolean(compute="_compute_asks_evidence")

    @api.depends("checklist_id")
    def _compute_asks_evidence(self):
        asking = self.checklist_id.item_ids.filtered("evidence_check_id").checklist_id
        for record in self:
            record.asks_evidence = record.checklist_id in asking

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

    def _check_not_applicable(self):
        """Refuse to sign “not applicable” without a reason, where one is asked for.

        :raises UserError: naming the line
        """
        silent = self.env["medical.core.round.line"].search(
            [
                ("round_id", "in", self.ids),
                ("result", "=", "na"),
                ("na_needs_note", "=", True),
                ("note", "in", (False, "")),
            ],
            order="round_id, id",
            limit=1,
        )
        if silent:
            raise UserError(
                self.env._(
                    "“%s” is marked as not applicable: enter the reason in its note.",
                    silent.display_name,
                )
            )

    def _seal_evidence(self):
        """Freeze the evidence of rounds that are being signed."""
        # sudo: the signature seals all evidence, whoever of the signers may read it
        self.sudo().evidence_ids._freeze()

    def _unseal_evidence(self):
        """Evidence of reopened rounds is open again, until the next signature."""
        # sudo: as above, for whoever reopens
        self.sudo().evidence_ids._pen().write({"digest": False, "frozen_at": False})
