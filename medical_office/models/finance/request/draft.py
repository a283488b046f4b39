"""The request drafts itself: each line with its source and its arithmetic."""

from odoo import models
from odoo.exceptions import UserError

from ....engine.finance.budget_reader import BudgetReader
from ...core.mixins.done import done


class FinanceRequest(models.Model):
    _inherit = "medical.finance.request"

    def action_draft_lines(self):
        """Write the lines again from books, orders, contracts, assets, stock and pay.

        Lines that people entered stay; drafted ones that nobody changed are replaced.

        :raises UserError: it is handed in already
        """
        self._check_caller("core_group_head")
        self.check_access("write")
        made = self.env["medical.finance.request.line"]
        for request in self:
            if request.state != "draft":
                raise UserError(request._locked_message("line_ids"))
            made |= request._draft()
        return done(
            self.env,
            self.env._("%s lines drafted.", len(made))
            if made
            else self.env._("Nothing is known that could be drafted. Enter the lines."),
            kind="success" if made else "info",
        )

    def _draft(self):
        # sudo: the draft reads books, stock, assets and pay of the department as sums
        own = self.sudo()._pen()
        own.line_ids.filtered(
            lambda line: line.source != "manual" and line.amount == line.proposed
        ).unlink()
        kept = {(line.category_id.id, line.name) for line in own.line_ids}
        reader = BudgetReader(own.env, own.company_id, own.department_id, own._months())
        values = [
            {
                "request_id": own.id,
                "sequence": 10 + number,
                "category_id": category,
                "name": part.name,
                "amount": float(part.amount),
                "proposed": float(part.amount),
                "reason": part.reason or part.working,
                "source": part.source,
                "working": part.working,
                "weights": own._weights(part.weights),
            }
            for number, (category, part) in enumerate(reader.lines())
            if (category, part.name) not in kept
        ]
        return own.line_ids.create(values).with_env(self.env)

    def _weights(self, weights):
        """Of a drafted line by month, as it is kept; nothing for a single month."""
        months = self._months()
        if not weights or len(months) == 1:
            return False
        return {
            month.isoformat(): weight
            for month, weight in zip(months, weights, strict=True)
        }
