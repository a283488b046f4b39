"""Hires of whom something was never begun: the clock of Form I-9, the onboarding list."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools.misc import format_date

from ...core.check.answerable import finding
from ...core.check.check import CheckResult

HIRERS = ("core_group_hr", "core_group_manager")
LOOK_BACK = 30  # days after the first one: whoever came before is nobody's new hire


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _medical_hires_begun(self):
        """Of whom what was begun: {"i9": ids, "onboarding": ids}; two queries."""
        # sudo: that something was begun is asked, what it says is not shown
        env = self.sudo().env
        forms = env["medical.people.i9"].search_fetch(
            [("employee_id", "in", self.ids), ("state", "!=", "void")], ["employee_id"]
        )
        lists = env["medical.core.schedule"].search_fetch(
            [
                ("employee_id", "in", self.ids),
                ("checklist_id.kind", "=", "onboarding"),
                ("round_ids", "!=", False),
            ],
            ["employee_id"],
        )
        return {
            "i9": set(forms.employee_id.ids),
            "onboarding": set(lists.employee_id.ids),
        }

    @api.model
    def _medical_new_hires(self, today):
        """People whose contract begins soon, or began within the last weeks."""
        versions = self.env["hr.version"].search(
            [
                ("contract_date_start", ">=", today - timedelta(days=LOOK_BACK)),
                ("employee_id.active", "=", True),
            ]
        )
        # a later contract of somebody who has been here does not make a new hire
        return versions.employee_id.filtered(
            lambda person: (
                person._medical_first_day() >= today - timedelta(days=LOOK_BACK)
            )
        )

    @api.model
    def _medical_check_unbegun(self):
        """New people without a Form I-9 or without an onboarding list."""
        today = fields.Date.context_today(self)
        hires = self._medical_new_hires(today)
        begun = hires._medical_hires_begun()
        why = {}
        for company in hires.company_id:
            parts = self._medical_list_parts("onboarding", company)
            why[company] = self._medical_list_problem(*parts)
        keepers = self.env["medical.people.document"]._medical_keepers(hires.company_id)
        rows = []
        for person in hires:
            lacks = person._medical_unbegun(begun, why[person.company_id])
            if not lacks:
                continue
            first = person._medical_first_day()
            late = first <= today and person.id not in begun["i9"]
            rows.append(
                finding(
                    person,
                    self.env._(
                        "New hire %(who)s, first day %(day)s: %(what)s",
                        who=person.name,
                        day=format_date(self.env, first),
                        what="; ".join(lacks),
                    ),
                    severity="high" if late else None,
                    date_due=first,
                    user_id=keepers[person.company_id].id,
                    key="hire",
                )
            )
        return CheckResult(len(hires), rows)

    def _medical_unbegun(self, begun, why):
        """What of one person was not begun, in words.

        :param begun: of :meth:`_medical_hires_begun`
        :param why: sentence, why no onboarding list can be begun; False if one can
        """
        self.ensure_one()
        _ = self.env._
        lacks = []
        if self.id not in begun["i9"]:
            lacks.append(_("Form I-9 is not begun"))
        if self.id not in begun["onboarding"]:
            words = _("the onboarding list is not begun")
            lacks.append(f"{words} ({why})" if why else words)
        return lacks

    def _medical_open_action(self, finding=None):
        """What a new hire lacks is dealt with on the guided screen."""
        self.ensure_one()
        may = self.env["medical.core.guard"]._guard_user_in(HIRERS)
        if may and finding and finding.check_id.code == "people_hire_unbegun":
            return self.action_medical_hire()
        return self.get_formview_action()
