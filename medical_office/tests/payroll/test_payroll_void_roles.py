"""A void run step by step: each role that may take the step, and each that may not."""

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .guard_case import GuardCase
from .run_case import NOW

# who takes each step of a run; the office manager holds payroll's role
STEPS = {
    "action_medical_submit": ("payroll", "manager"),
    "action_medical_approve": ("director",),
    "action_medical_post": ("accountant", "payroll", "manager"),
    "action_medical_pay": ("manager", "payroll", "accountant"),
}


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPayrollVoidRoles(GuardCase):
    def voided(self, run, user=None):
        """The run that takes all of ``run`` back, as its preparer made it."""
        slips = run.slip_ids.with_user(user or self.users["payroll"])
        action = slips.action_medical_void("Paid twice")
        return slips.payslip_run_id.browse(action["res_id"])

    def test_each_step_is_taken_by_its_role_and_refused_to_the_others(self):
        void = self.voided(self.paid_out())
        for step, allowed in STEPS.items():
            state = void.state
            for role in sorted(self.users.keys() - {*allowed}):
                with self.subTest(step=step, role=role):
                    self.refused(
                        getattr(self.as_role(void, role), step),
                        (AccessError, UserError),
                    )
                    self.assertEqual(void.state, state)
            getattr(self.as_role(void, allowed[0]), step)()
            self.assertNotEqual(void.state, state, step)
        self.assertEqual(void.state, "paid")
        self.assertEqual(void._tie_out(), ())

    def test_who_made_or_submitted_a_void_does_not_approve_it(self):
        """Also not with both roles: another director does."""
        run = self.paid_out()
        both = new_test_user(
            self.env,
            "payroll_and_director",
            groups="medical_office.core_group_payroll,medical_office.core_group_director",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        made = self.voided(run, both)
        self.as_role(made, "payroll").action_medical_submit()
        self.refused(
            made.with_user(both).action_medical_approve, (AccessError, UserError)
        )
        self.assertEqual(made.state, "submitted")
        self.as_role(made, "director").action_medical_return("by somebody else")
        made.with_user(both).action_medical_submit()
        self.refused(
            made.with_user(both).action_medical_approve, (AccessError, UserError)
        )
        self.as_role(made, "director").action_medical_approve()
        self.assertEqual(made.state, "approved")

    def test_a_void_is_made_on_any_day(self):
        """No money moves: a Sunday or a holiday is as good, as on June 28 and July 3."""
        run = self.paid_out()
        for day, slip in zip(("28", "03"), run.slip_ids, strict=True):
            month = "06" if day == "28" else "07"
            with self.subTest(day), freeze_time(f"2026-{month}-{day} 15:00:00"):
                made = slip.with_user(self.users["payroll"]).action_medical_void("No")
                void = run.browse(made["res_id"])
                void.action_medical_submit()
                self.as_role(void, "director").action_medical_approve()
                void.action_medical_post()
                self.assertEqual(void.state, "posted")

    def test_what_is_asked_of_pay_is_not_asked_of_a_void(self):
        """A bank account that changed yesterday holds up pay, not its taking back."""
        run = self.paid_out()
        self.accounts.date_changed = "2026-06-22 12:00:00"
        void = self.voided(run)
        again = self.prepared(
            medical_kind="offcycle",
            medical_employee_ids=[(6, 0, (self.nurse | self.clerk).ids)],
        )
        again._medical_preflight()
        found = again.medical_finding_ids.filtered(lambda one: one.level == "blocker")
        self.assertIn("was changed on", " ".join(found.mapped("summary")))
        void.action_medical_submit()
        self.assertEqual(void.state, "submitted")
        self.assertFalse(void.medical_finding_ids)

    def test_a_void_is_not_written_by_hand_nor_computed(self):
        void = self.voided(self.paid_out())
        for role in ("payroll", "director", "manager"):
            own = self.as_role(void, role)
            with self.subTest(role):
                self.refused(lambda own=own: own.write({"state": "paid"}), UserError)
                self.refused(
                    lambda own=own: own.slip_ids[:1].line_ids[:1].write({"amount": 1}),
                    UserError,
                )
        self.refused(void.slip_ids.compute_sheet, UserError, "mirrors the payslip")
        self.assertEqual(void.state, "draft")

    def test_a_void_that_is_not_wanted_leaves_the_pay_as_it_was(self):
        run = self.paid_out()
        void = self.voided(run)
        void.action_medical_submit()
        self.as_role(void, "director").action_medical_return("The check was cashed")
        self.as_role(void, "payroll").unlink()
        run.slip_ids.invalidate_recordset()
        self.assertFalse(any(run.slip_ids.mapped("medical_voided")))
        self.assertEqual(run._tie_out(), ())
