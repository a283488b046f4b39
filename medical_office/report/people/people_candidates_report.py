"""Candidates side by side: mean, spread and rank, and how kindly each interviewer rates."""

from odoo import models

from ...tools.core.sheet import Column, Sheet


class PeopleCandidatesReport(models.AbstractModel):
    _name = "report.medical_office.people_candidates"
    _inherit = "medical.core.report"
    _description = "Comparison of Candidates"

    def _documents(self, docids):
        plans = super()._documents(docids)
        plans._check_caller("core_group_hr", "core_group_director")
        plans._check_owes_nothing()
        return plans

    def _title(self, docs, data):
        return self.env._("Comparison of candidates")

    def _period(self, docs, data):
        return ", ".join(docs.job_id.mapped("name"))

    def _sheets(self, docs, data):
        """For each plan: the ranking, then by competency, then the interviewers."""
        sheets = []
        for plan in docs:
            comparison, out, applicants = plan._standing()
            prefix = f"{plan.job_id.name}: " if len(docs) > 1 else ""
            sheets += [
                self._ranking(plan, comparison, out, applicants, prefix),
                self._competencies(plan, comparison, applicants, prefix),
                self._raters(comparison, prefix),
            ]
        return sheets

    def _ranking(self, plan, comparison, out, applicants, prefix):
        _ = self.env._
        problems = plan._open_problems()
        note = _(
            "Ranked by mean (1 to 5). Spread is the highest less the lowest scorecard; "
            "adjusted takes each interviewer's leniency off and ranks nobody."
        )
        if problems:
            note = f"{_('Not complete: %s.', '; '.join(problems[:5]))} {note}"
        return Sheet(
            name=prefix + _("Ranking"),
            columns=[
                Column("rank", _("Rank"), "whole", width=6),
                Column("candidate", _("Candidate"), width=30),
                Column("mean", _("Mean"), "number"),
                Column("spread", _("Spread"), "number"),
                Column("adjusted", _("Adjusted"), "number"),
                Column("cards", _("Scorecards"), "whole"),
                Column("out", _("Out Because of"), width=24),
            ],
            rows=[
                {
                    "rank": one.rank,
                    "candidate": applicants[one.candidate].partner_name,
                    "mean": one.mean,
                    "spread": one.spread,
                    "adjusted": one.adjusted,
                    "cards": one.cards,
                    "out": out[one.candidate],
                }
                for one in comparison.standings
            ],
            note=note,
            empty=_("No candidate has an interview by this plan."),
        )

    def _competencies(self, plan, comparison, applicants, prefix):
        """The mean rating of each candidate in each competency."""
        _ = self.env._
        # sudo: the caller was checked in _documents; grouped in one query
        lines = self.env["medical.people.scorecard.line"].sudo()
        sums = {}
        for line in lines.search(
            [
                ("scorecard_id.plan_id", "=", plan.id),
                ("scorecard_id.state", "=", "submitted"),
                ("scorecard_id.applicant_id", "in", list(applicants)),
            ]
        ):
            key = (line.scorecard_id.applicant_id.id, line.competency_id)
            total, count = sums.get(key, (0, 0))
            sums[key] = (total + int(line.rating), count + 1)
        competencies = sorted(
            {competency for _applicant, competency in sums},
            key=lambda one: (one.sequence, one.name),
        )
        return Sheet(
            name=prefix + _("Competencies"),
            columns=[
                Column("candidate", _("Candidate"), width=30),
                *(Column(str(one.id), one.name, "number") for one in competencies),
            ],
            rows=[
                {
                    "candidate": applicants[one.candidate].partner_name,
                    **{
                        str(competency.id): total / count
                        for (candidate, competency), (total, count) in sums.items()
                        if candidate == one.candidate
                    },
                }
                for one in comparison.standings
            ],
            empty=_("No scorecard is in yet."),
        )

    def _raters(self, comparison, prefix):
        _ = self.env._
        users = self.env["res.users"].browse(one.rater for one in comparison.raters)
        # sudo: names of colleagues
        names = {user.id: user.name for user in users.sudo()}
        return Sheet(
            name=prefix + _("Interviewers"),
            columns=[
                Column("name", _("Interviewer"), width=30),
                Column("cards", _("Scorecards"), "whole"),
                Column("mean", _("Mean"), "number"),
                Column("leniency", _("Leniency"), "number"),
            ],
            rows=[
                {
                    "name": names[one.rater],
                    "cards": one.cards,
                    "mean": one.mean,
                    "leniency": one.leniency,
                }
                for one in comparison.raters
            ],
            note=_(
                "Leniency: how far above (or below) the other interviewers of the same "
                "candidates the ratings are."
            ),
            empty=_("No scorecard is in yet."),
        )


class PeopleCandidatesXlsx(models.AbstractModel):
    _name = "report.medical_office.people_candidates_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Comparison of Candidates as a Spreadsheet"
    _source = "report.medical_office.people_candidates"
