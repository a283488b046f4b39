"""Candidates of a plan side by side, from their scorecards and finished tests."""

from decimal import Decimal

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....tools.people.recruit.matrix import HIGHEST, LOWEST, Card, compare


class PeopleInterviewPlan(models.Model):
    _inherit = "medical.people.interview.plan"

    comparison = fields.Html(
        compute="_compute_comparison",
        sanitize=False,  # made here of escaped texts
        groups="medical_office.core_group_hr,medical_office.core_group_director",
    )

    @api.depends_context("uid", "lang")
    def _compute_comparison(self):
        """The report's tables on the screen; for who still owes a card, why not."""
        report = self.env["report.medical_office.people_candidates"]
        for plan in self:
            plan.comparison = False
            if not plan.id or plan.state == "draft":
                continue
            try:
                plan._check_owes_nothing()
            except UserError as problem:
                plan.comparison = Markup("<p>%s</p>") % str(problem)
                continue
            sheets = report._sheets(plan._origin, {})
            plan.comparison = Markup().join(
                plan._html_table(report._printable(sheet, None)) for sheet in sheets
            )

    def _html_table(self, sheet):
        """A sheet, made printable, as a table for the screen; every text escaped."""
        note = Markup('<p class="text-muted">%s</p>') % (sheet["note"] or "")
        title = Markup("<h3>%s</h3>") % sheet["name"]
        if not sheet["rows"]:
            return title + Markup("<p>%s</p>") % sheet["empty"]
        head = Markup().join(
            Markup("<th>%s</th>") % column["title"] for column in sheet["columns"]
        )
        rows = Markup().join(
            Markup("<tr>%s</tr>")
            % Markup().join(
                Markup("<td>%s</td>") % cell["text"] for cell in row["cells"]
            )
            for row in sheet["rows"]
        )
        table = Markup(
            '<table class="table table-sm"><thead><tr>%s</tr></thead>'
            "<tbody>%s</tbody></table>"
        ) % (head, rows)
        return title + note + table

    def _check_owes_nothing(self):
        """:raises UserError: the caller still owes a scorecard of this plan"""
        # sudo: only whether the caller owes one
        owed = (
            self.env["medical.people.scorecard"]
            .sudo()
            .search_count(
                [
                    ("plan_id", "in", self.ids),
                    ("state", "=", "open"),
                    ("interviewer_id", "=", self.env.uid),
                ]
            )
        )
        if owed:
            raise UserError(
                self.env._(
                    "Submit your own scorecards first (still open: %s). Until then the "
                    "others' stay hidden from you.",
                    owed,
                )
            )

    def _candidates(self):
        """Applicants with an interview of this plan who are still in, as superuser."""
        # sudo: the program compares, whoever may read applicants
        interviews = self.env["medical.people.interview"].sudo()
        interviews = interviews.search(
            [("plan_id", "=", self.id), ("state", "not in", ("canceled",))],
            order="applicant_id, id",
        )
        hired = (
            self.env["medical.people.hiring"]
            .sudo()  # sudo: as above
            .search([("plan_id", "=", self.id), ("state", "=", "approved")])
            .chosen_id
        )
        return interviews.applicant_id.filtered("active") - hired

    def _standing(self):
        """The comparison of this plan's candidates.

        :return: (comparison, {applicant: why out, or ""}, applicants by id); as
            superuser: whoever shows it has checked the caller
        """
        self.ensure_one()
        applicants = self._candidates()
        out = {
            applicant.id: ", ".join(
                one._criterion_label()
                for one in applicant.medical_knockout_ids
                if one.state == "failed"
            )
            for applicant in applicants
        }
        comparison = compare(
            self._cards(applicants),
            applicants.ids,
            frozenset(key for key, why in out.items() if why),
        )
        return comparison, out, {one.id: one for one in applicants}

    def _cards(self, applicants):
        """Submitted scorecards and finished tests, for the calculation."""
        # sudo: as in _candidates
        cards = self.env["medical.people.scorecard"].sudo()
        found = [
            Card(
                card.applicant_id.id,
                card.interviewer_id.id,
                Decimal(str(card.score)),
                Decimal(str(card.round_id.weight)),
            )
            for card in cards.search(
                [
                    ("plan_id", "=", self.id),
                    ("state", "=", "submitted"),
                    ("applicant_id", "in", applicants.ids),
                ]
            )
        ]
        tests = applicants.medical_interview_ids.filtered(
            lambda one: one.plan_id == self and one.mode == "test" and one.is_test_done
        )
        span = HIGHEST - LOWEST
        for test in tests:
            # 0 percent counts as the lowest rating, 100 percent as the highest
            score = LOWEST + span * Decimal(str(test.test_score)) / 100
            weight = Decimal(str(test.round_id.weight))
            found.append(Card(test.applicant_id.id, None, score, weight))
        return found

    def _open_problems(self):
        """Why nobody can be chosen yet, in sentences; names, never scores."""
        applicants = self._candidates()
        problems = []
        for one in applicants.medical_interview_ids.filtered(
            lambda one: one.plan_id == self
        ):
            if one.mode == "test" and one.is_test_done:
                continue
            if one.state in ("draft", "planned"):
                problems.append(self.env._("%s has not taken place", one.display_name))
                continue
            problems += [
                self.env._(
                    "%(user)s has not submitted %(card)s",
                    user=card.interviewer_id.name,
                    card=card.display_name,
                )
                for card in one.scorecard_ids
                if card.state == "open"
            ]
        return problems

    def action_compare(self):
        """Print the comparison of the candidates (PDF)."""
        self.ensure_one()
        self._check_caller("core_group_hr", "core_group_director")
        self._check_owes_nothing()
        return self.env.ref(
            "medical_office.people_candidates_action_report"
        ).report_action(self)
