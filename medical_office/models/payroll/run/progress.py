"""Long runs: computed chunk by chunk while a dialog shows how far they are."""

from odoo import models

from . import run as engine


class HrPayslipRun(models.Model):
    """Each request of the dialog computes one chunk and is committed: no request is long,
    everybody sees the progress, and a kill costs one chunk at most."""

    _inherit = "hr.payslip.run"

    def action_medical_continue(self):
        """Go on with a run that was stopped in the middle."""
        self.ensure_one()
        self._check_preparer()
        return self._medical_compute_dialog(restart=False)

    def _medical_compute_dialog(self, restart):
        return {
            "type": "ir.actions.client",
            "tag": "medical_payroll_steps",
            "name": self.env._("Computing %s", self.name),
            "target": "new",
            "params": {
                "model": self._name,
                "method": "medical_compute_step",
                "id": self.id,
                "restart": restart,
                "labels": {
                    "begin": self.env._("Creating the payslips…"),
                    "count": self.env._("%(done)s of %(all)s payslips computed"),
                    "last": self.env._("Running the preflight…"),
                    "close": self.env._(
                        "What is computed is saved. You may close this window; "
                        "“Continue” resumes where it stopped."
                    ),
                },
            },
        }

    def medical_compute_step(self, restart=False):
        """One step of a long computation, for the dialog.

        The first step of a new computation makes the missing slips and opens all of
        them, each following one computes a chunk, the last one runs the preflight.

        :param restart: begin anew; otherwise go on with what is open
        :return: {"done": slips, "all": slips, "finished": whether that was the last step}
        """
        self.ensure_one()
        self._check_preparer()
        if restart:
            self._medical_generate(commit=True)
            self._medical_reopen()
            return self._medical_step()
        todo = self._medical_todo()
        self._medical_compute(todo[: engine.CHUNK])
        if not todo:
            self._medical_preflight()
        return self._medical_step(finished=not todo)

    def _medical_todo(self):
        """Slips that wait for their turn; one with a problem had it."""
        return self._medical_slips("draft", ("medical_problem", "=", False))

    def _medical_step(self, finished=False):
        count = self.env["hr.payslip"].search_count([("payslip_run_id", "=", self.id)])
        left = len(self._medical_todo())
        return {"done": count - left, "all": count, "finished": finished}
