"""The papers of a surveyor: by area, from the records of the company and the period."""

from datetime import timedelta
from typing import NamedTuple

from odoo import models

from ....engine.core.labels import labels_of
from .surveyor import AREAS


class Paper(NamedTuple):
    """A paper that can be printed.

    :ivar report: XML id of the report action, without module
    :ivar model: of its records
    :ivar domain: which of them; None: the figures of the period
    :ivar values: what else the record of the period is made with
    """

    code: str
    area: str
    name: str
    report: str
    model: str
    domain: list | None
    values: dict = {}


class ComplianceSurveyor(models.Model):
    _inherit = "medical.compliance.surveyor"

    def _papers(self):
        """All papers of the chosen areas."""
        self.ensure_one()
        _ = self.env._
        company = [("company_id", "=", self.company_id.id)]
        years = [
            *company,
            ("year", ">=", self.period_from.year),
            ("year", "<=", self.period_to.year),
        ]
        papers = [
            # the survey binder and the round log of a year take minutes: print them
            Paper(
                "completion", "facility", _("Completion of required checks"),
                "facility_compliance_report_action", "medical.facility.binder", None,
            ),
            Paper(
                "temperatures", "supply", _("Temperature logs"),
                "supply_coldchain_action_report", "maintenance.equipment",
                [*company, ("medical_vaccine_storage", "!=", False)],
            ),
            Paper(
                "controlled", "supply", _("Controlled item log"),
                "supply_controlled_action_report", "medical.supply.controlled.log",
                [
                    *company,
                    ("at", ">=", self.period_from),
                    ("at", "<", self.period_to + timedelta(days=1)),
                ],
            ),
            Paper(
                "credentials", "people", _("Credential matrix"),
                "people_matrix_action_report", "medical.people.readiness", company,
            ),
            Paper(
                "training", "people", _("Training matrix"),
                "compliance_training_matrix_action",
                "medical.compliance.training.status", company,
            ),
            Paper(
                "injuries", "compliance", _("Injury summaries (300A)"),
                "compliance_osha_summary_action", "medical.compliance.osha.year",
                [*years, ("state", "=", "certified")],
            ),
            Paper(
                "sharps", "compliance", _("Sharps injury logs"),
                "compliance_sharps_log_action", "medical.compliance.osha.year", years,
            ),
            Paper(
                "screening", "compliance", _("Certificates of exclusion screening"),
                "compliance_certificate_report_action",
                "medical.compliance.exclusion.screening",
                [
                    *company,
                    ("state", "=", "signed"),
                    ("month", ">=", self.period_from),
                    ("month", "<=", self.period_to),
                ],
            ),
            Paper(
                "associates", "compliance", _("Business associates"),
                "compliance_associate_report_action", "medical.compliance.associate",
                company,
            ),
            Paper(
                "retention", "compliance", _("Retention register"),
                "compliance_retention_report_action", "medical.compliance.retention",
                [],
            ),
        ]  # fmt: skip
        if self.area_audits:
            papers += self._audit_binders()
        return [paper for paper in papers if self[f"area_{paper.area}"]]

    def _audit_binders(self):
        """A binder for each program of which an audit was due in the period."""
        # sudo: granted by the director; which programs were audited
        rounds = self._paper_program().env["medical.core.round"]
        audits = rounds._read_group(
            [
                ("company_id", "=", self.company_id.id),
                ("is_audit", "=", True),
                ("date_due", ">=", self.period_from),
                ("date_due", "<", self.period_to + timedelta(days=1)),
            ],
            ["program"],
        )
        labels = labels_of(rounds, "program")
        return [
            Paper(
                f"audits_{program}", "audits",
                self.env._("Audit binder: %s", labels[program]),
                "compliance_audit_binder_report_action",
                "medical.compliance.audit.binder", None, {"program": program},
            )
            for (program,) in audits
            if program
        ]  # fmt: skip

    def _paper_program(self):
        """This access as the program that prints: no rules, this company alone."""
        # sudo: granted by the director; the surveyor has no right on any model
        return self.sudo().with_context(
            allowed_company_ids=self.company_id.ids,
            tz=str(self.company_id._medical_zone()),
        )

    def _paper_records(self, paper):
        """The records of a paper, as superuser."""
        program = self._paper_program()
        records = program.env[paper.model]
        if paper.domain is not None:
            return records.search(paper.domain)
        return records.create(
            {
                "company_id": self.company_id.id,
                "date_from": self.period_from,
                "date_to": self.period_to,
                **paper.values,
            }
        )

    def _page(self):
        """What the page of the surveyor shows: {areas, until, practice, name}."""
        program = self._paper_program()
        labels = {
            area: self._fields[f"area_{area}"]._description_string(self.env)
            for area in AREAS
        }
        areas = {}
        for paper in self._papers():
            count = (
                1
                if paper.domain is None
                else program.env[paper.model].search_count(paper.domain)
            )
            areas.setdefault(labels[paper.area], []).append(
                {"code": paper.code, "name": paper.name, "is_there": bool(count)}
            )
        return {
            "areas": areas,
            "until": self._until_text(),
            "practice": program.company_id.name,
            "name": self.name,
            "period": (self.period_from, self.period_to),
        }

    def _print_paper(self, code):
        """The PDF of a paper, noted as opened by the surveyor.

        :return: (bytes, file name), or None where there is no such paper in this access
        """
        paper = next((one for one in self._papers() if one.code == code), None)
        if not paper:
            return None
        records = self._paper_records(paper)
        if not records:
            return None
        self.env["medical.core.opened"]._log(self, paper.name, self.name)
        program = self._paper_program()
        report = program.env.ref(f"medical_office.{paper.report}")
        content, _type = program.env["ir.actions.report"]._render_qweb_pdf(
            report.report_name, records.ids
        )
        return content, f"{paper.name}.pdf"
