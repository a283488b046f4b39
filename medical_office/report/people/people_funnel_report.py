"""The recruitment funnel of a job: how many came how far, how long it took, why refused."""

from collections import Counter

from odoo import models

from ...tools.core.sheet import Column, Sheet

DAY = 86400


class PeopleFunnelReport(models.AbstractModel):
    _name = "report.medical_office.people_funnel"
    _inherit = "medical.core.report"
    _description = "Recruitment Funnel"

    def _documents(self, docids):
        self.env["medical.core.guard"]._check_caller(
            "core_group_hr", "core_group_director"
        )
        return super()._documents(docids)

    def _sheets(self, docs, data):
        """For each job: stages with time, then reasons for refusal; among several, those
        for which nobody applied stand together at the end."""
        _ = self.env._
        applicants = (
            self.env["hr.applicant"]
            .with_context(active_test=False)
            .search([("job_id", "in", docs.ids)])
        )
        stages = self.env["hr.recruitment.stage"].search([])
        of_job = applicants.grouped("job_id")
        sheets = []
        met = docs.filtered(of_job.get) or docs[:1]
        for job in met:
            own = of_job.get(job, applicants.browse())
            prefix = f"{job.name}: " if len(docs) > 1 else ""
            sheets.append(self._stages(prefix + _("Funnel"), own, stages))
            sheets.append(self._reasons(prefix + _("Refusals"), own))
        if docs - met:
            rows = [{"job": job.name} for job in (docs - met).sorted("name")]
            columns = [Column("job", _("Job"), width=40)]
            sheets.append(Sheet(name=_("No Applicants"), columns=columns, rows=rows))
        return sheets

    def _stages(self, name, applicants, stages):
        _ = self.env._
        spent = [
            {int(key): value for key, value in (one.duration_tracking or {}).items()}
            for one in applicants
        ]
        rows = []
        for stage in stages:
            if stage.job_ids and not stage.job_ids & applicants.job_id:
                continue
            reached = [a for a in applicants if a.stage_id.sequence >= stage.sequence]
            days = [
                seconds[stage.id] / DAY for seconds in spent if seconds.get(stage.id)
            ]
            rows.append(
                {
                    "stage": stage.name,
                    "reached": len(reached),
                    "share": len(reached) / len(applicants) if applicants else None,
                    "here": len(
                        [a for a in reached if a.stage_id == stage and a.active]
                    ),
                    "refused": len(
                        [a for a in reached if a.stage_id == stage and not a.active]
                    ),
                    "days": sum(days) / len(days) if days else None,
                    "longest": max(days, default=None),
                }
            )
        return Sheet(
            name=name,
            columns=[
                Column("stage", _("Stage"), width=26),
                Column("reached", _("Reached"), "whole"),
                Column("share", _("Of All"), "percent"),
                Column("here", _("Here Now"), "whole", total=True),
                Column("refused", _("Refused Here"), "whole", total=True),
                Column("days", _("Days on Average"), "number"),
                Column("longest", _("Longest (days)"), "number"),
            ],
            rows=rows if applicants else [],
            note=_("Purged applicants are not counted."),
            empty=_("Nobody has applied for this job."),
        )

    def _reasons(self, name, applicants):
        _ = self.env._
        refused = applicants.filtered(lambda one: not one.active)
        counts = Counter(
            one.refuse_reason_id.name or _("Without a reason") for one in refused
        )
        return Sheet(
            name=name,
            columns=[
                Column("reason", _("Reason"), width=40),
                Column("count", _("Applicants"), "whole", total=True),
            ],
            rows=[
                {"reason": reason, "count": count}
                for reason, count in counts.most_common()
            ],
            empty=_("Nobody was refused."),
        )


class PeopleFunnelXlsx(models.AbstractModel):
    _name = "report.medical_office.people_funnel_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Recruitment Funnel as a Spreadsheet"
    _source = "report.medical_office.people_funnel"
