"""Evidence: what stands behind an answer of a round, frozen when the round is signed."""

import base64
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ....tools.core.digest import sha256
from ....tools.core.evidencefile import MAX_BYTES, file_type

# what the digest of a piece of evidence covers, in this order
COVERED = ("kind", "name", "date_from", "date_to", "looked_at", "found", "summary")


class Measure(NamedTuple):
    """What a check or a measure says of a period.

    :param looked_at: how many records or occasions it looked at
    :param found: how many of them were not as they should be
    :param summary: plain sentences for the auditor, the gaps named
    """

    looked_at: int
    found: int
    summary: str


class CoreEvidence(models.Model):
    """A check's result over a period, or a file. The auditor judges; this only shows."""

    _name = "medical.core.evidence"
    _description = "Evidence"
    _inherit = ["medical.core.guard"]
    _order = "line_id, id"

    _locked_by = ("line_id",)

    line_id = fields.Many2one(
        "medical.core.round.line", required=True, index=True, ondelete="restrict"
    )
    round_id = fields.Many2one(related="line_id.round_id", store=True, index=True)
    company_id = fields.Many2one(related="line_id.company_id", store=True)
    kind = fields.Selection(
        [("check", "Check"), ("file", "File")], required=True, default="file"
    )
    name = fields.Char(required=True)
    check_id = fields.Many2one("medical.core.check", readonly=True, ondelete="restrict")
    date_from = fields.Date(readonly=True)
    date_to = fields.Date(readonly=True)
    looked_at = fields.Integer(readonly=True, aggregator=None)
    found = fields.Integer("Not in order", readonly=True, aggregator=None)
    summary = fields.Text(readonly=True)
    file = fields.Binary(attachment=True)
    digest = fields.Char(
        readonly=True,
        help="SHA-256 hash of the evidence, recorded when the round is signed.",
    )
    frozen_at = fields.Datetime(readonly=True)

    _file_or_check = models.Constraint(
        "CHECK (kind <> 'check' OR check_id IS NOT NULL)",
        "Choose the check that the evidence comes from.",
    )

    @api.constrains("file")
    def _check_file(self):
        for evidence in self.with_context(bin_size=False).filtered("file"):
            data = base64.b64decode(evidence.file)
            if len(data) > MAX_BYTES or file_type(data) is None:
                raise ValidationError(
                    self.env._(
                        "“%(file)s” cannot be kept as evidence. Use a PDF, a picture "
                        "(PNG, JPEG, WebP) or an office file of at most %(limit)s MB.",
                        file=evidence.name,
                        limit=MAX_BYTES // 1024 // 1024,
                    )
                )

    def _birth_values(self, vals):
        # people bring files; what a check says is asked of the check
        return {"kind": "file"}

    def _freeze(self):
        """Write the digest that a later change would not match."""
        now = fields.Datetime.now()
        # sudo: evidence is sealed by the signature, not by who may edit it
        for evidence in self.sudo()._pen():
            evidence.write({"digest": evidence._digest(), "frozen_at": now})

    def _digest(self):
        self.ensure_one()
        values = {name: self[name] or None for name in COVERED}
        file = self.with_context(bin_size=False).file
        return sha256({**values, "line": self.line_id.id, "file": file or None})

    def _is_unchanged(self):
        """Whether frozen evidence is still what was signed.

        Evidence of a signed round that has lost its digest is not.
        """
        self.ensure_one()
        if not self.digest:
            return self.round_id.state != "done"
        return self.digest == self._digest()


class CoreCheck(models.Model):
    _inherit = "medical.core.check"

    def _measure(self, date_from, date_to, company):
        """What this check found in a period, for an audit.

        A domain overrides it where it can count more exactly (50 of 52 weeks). The core
        counts the exceptions that were open at any time of the period.

        :param date_from, date_to: first and last day of the period
        :return: :class:`Measure`
        :raises UserError: the check has not run: an empty list would be silence, no proof
        """
        self.ensure_one()
        check = self.sudo()  # sudo: an auditor reads the proof, not the register
        low, high = company._medical_moments(date_from, date_to)
        # one that ran before the period, or was turned off, found nothing in it
        if not check.active or not check.ran_at or check.error or check.ran_at < low:
            raise UserError(
                self.env._(
                    "The check “%s” has not run in this period without an error. Turn it "
                    "on and refresh it, then request the evidence again.",
                    check.name,
                )
            )
        # sudo: as above, and an audit looks at all departments
        exceptions = (
            self.env["medical.core.exception"]
            .sudo()
            .search(
                [
                    ("check_id", "=", self.id),
                    ("company_id", "in", [company.id, False]),
                    ("date_opened", "<", high),
                    "|",
                    ("date_closed", "=", False),
                    ("date_closed", ">=", low),
                ],
                order="date_opened",
            )
        )
        lines = [
            self.env._(
                "%(what)s (%(state)s)",
                what=exception.summary,
                state=self.env._("open")
                if not exception.date_closed
                else self.env._(
                    "closed on %s", format_date(self.env, exception.date_closed)
                ),
            )
            for exception in exceptions
        ]
        # the last run may have looked at fewer than were wrong in the whole period
        looked_at = max(check.looked_at, len(exceptions))
        return Measure(looked_at, len(exceptions), "\n".join(lines))


class CoreRound(models.Model):
    _inherit = "medical.core.round"

    evidence_ids = fields.One2many("medical.core.evidence", "round_id")

    @api.model
    def _evidence_period(self, line):
        """First and last day that a line's evidence speaks of."""
        day = fields.Date.context_today(self, line.date_due)
        return fields.Date.subtract(day, days=line.item_id.evidence_days - 1), day
