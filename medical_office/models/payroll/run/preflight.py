"""The preflight of a run: runs its checks and keeps what they find."""

from typing import NamedTuple

from odoo import api, fields, models

from ....engine.payroll.lawbook import by_law
from ...core.mixins.done import done

OF_A_VOID = ("problems", "dates")


class Found(NamedTuple):
    """A finding in the making; ``key`` with code and person tells it from others."""

    code: str
    level: str
    summary: str
    employee_id: int = 0
    can_waive: bool = True
    res_model: str = ""
    res_id: int = 0


class HrPayslipRun(models.Model):
    """Checks are methods ``_preflight_<x>`` named in ``_preflight_checks``; a domain that
    knows more (licenses) adds its own."""

    _inherit = "hr.payslip.run"

    medical_finding_ids = fields.One2many(
        "medical.payroll.finding", "run_id", "Preflight", readonly=True
    )
    medical_checked_at = fields.Datetime("Checked at", readonly=True, copy=False)
    medical_blocker_count = fields.Integer(
        "Blockers", compute="_compute_medical_findings", compute_sudo=True
    )
    medical_warning_count = fields.Integer(
        "Warnings", compute="_compute_medical_findings", compute_sudo=True
    )

    @api.depends("medical_finding_ids.level", "medical_finding_ids.is_waived")
    def _compute_medical_findings(self):
        counts = {
            (run.id, level): count
            for run, level, count in self.env["medical.payroll.finding"]._read_group(
                [("run_id", "in", self.ids), ("is_waived", "=", False)],
                ["run_id", "level"],
                ["__count"],
            )
        }
        for run in self:
            run.medical_blocker_count = counts.get((run.id, "blocker"), 0)
            run.medical_warning_count = counts.get((run.id, "warning"), 0)

    def action_medical_preflight(self):
        """Look again."""
        self._check_preparer()
        for run in self:
            run._check_draft()
            run._medical_preflight()
        found = len(self.medical_finding_ids)
        return done(
            self.env,
            self.env._("Checked again: findings: %s.", found)
            if found
            else self.env._("Checked again: nothing stands in the way."),
        )

    @by_law
    def _medical_preflight(self):
        """Run every check; keep waivers of findings that say the same as before."""
        self.ensure_one()
        # sudo: a check reads attendances, bank changes and leaves that payroll sees only here
        run = self.sudo()
        found = {
            (row.code, row.employee_id, row.summary): row
            for name in run._preflight_names()
            for row in getattr(run, f"_preflight_{name}")()
        }
        there = {
            (f.code, f.employee_id.id or 0, f.summary): f
            for f in run.medical_finding_ids
        }
        findings = run.env["medical.payroll.finding"]._pen()
        findings.union(
            *(finding for key, finding in there.items() if key not in found)
        ).unlink()
        findings.create(
            [
                {
                    **row._asdict(),
                    "employee_id": row.employee_id or False,
                    "run_id": run.id,
                }
                for key, row in found.items()
                if key not in there
            ]
        )
        run._pen().with_context(
            tracking_disable=True
        ).medical_checked_at = fields.Datetime.now()
        self.invalidate_recordset(["medical_finding_ids"])

    def _preflight_names(self):
        """The checks of this run: a void mirrors confirmed pay and moves no money, so that
        accounts, forms, hours and wages of now are no matter of it."""
        self.ensure_one()
        return OF_A_VOID if self.medical_kind == "void" else self._preflight_checks()

    def _law_book(self):
        """The tables by which the slips of the run are computed."""
        self.ensure_one()
        day = self.medical_date_pay or self.date_end
        # sudo: the needs of people and plans are asked; no person is named
        return self.company_id.sudo()._medical_law(day).book

    @api.model
    def _preflight_checks(self):
        """Names of the checks, in the order in which a preparer works them off."""
        return [
            "problems",
            "law",
            "dates",
            "people",
            "bars",
            "net",
            "bank",
            "forms",
            "catch_up",
            "hours",
            "leave",
            "minimum",
            "by_hand",
            "change",
            "licenses",
            "remarks",
        ]
