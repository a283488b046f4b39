"""From a granted request to the budget, and to its next version."""

from collections import defaultdict
from decimal import Decimal

from odoo import Command, fields, models
from odoo.exceptions import UserError

from ....engine.core.labels import labels_of
from ....tools.money import ZERO, cents

HEADS = ("core_group_head", "core_group_manager")


class FinanceRequest(models.Model):
    _inherit = "medical.finance.request"

    def _book(self):
        """Write what was granted into the budget: all of it, or what a revision changes."""
        # sudo: the budget is written by the program alone, for who grants
        grants = self.env["medical.finance.grant"].sudo()._pen()
        without = self.line_ids.filtered(lambda line: not line.account_id)
        accounts = grants._accounts(
            self.company_id, {line.category_id for line in without}
        )
        wanted, lines = defaultdict(Decimal), defaultdict(self.line_ids.browse)
        for line in self.line_ids:
            account = line.account_id or accounts[line.category_id]
            for month, amount in line._phased(line.granted):
                key = (line.category_id, account, month)
                wanted[key] += amount
                lines[key] |= line
        before = self._granted_before()
        rows = []
        for category, account, month in {**wanted, **before}:
            key = (category, account, month)
            rows.append(
                (
                    self.department_id,
                    category,
                    account,
                    month,
                    wanted.get(key, ZERO) - before.get(key, ZERO),
                    self._phasing_words(lines[key]),
                    {"request_line_id": (lines[key] or self.line_ids)[:1].id},
                )
            )
        kind = "revision" if self.revision_of_id else "grant"
        grants._book(self.company_id, rows, kind)
        if self.revision_of_id:
            # sudo: the earlier version is marked by the program
            self.revision_of_id.sudo()._pen().is_replaced = True

    def _phasing_words(self, lines):
        """How lines of one category became the amount of a month."""
        if len(self._months()) == 1:
            return self.env._("Granted for the month")
        words = {
            self.env._("By pay dates")
            if line.weights
            else labels_of(self, "phasing")[self.phasing]
            for line in lines or self.line_ids[:1]
        }
        return self.env._(
            "%(phasing)s, of %(span)s",
            phasing=", ".join(sorted(words)),
            span=self._span_name(),
        )

    def _versions(self):
        """This request and those it follows."""
        found = self
        while found[-1].revision_of_id:
            found += found[-1].revision_of_id
        return found

    def _granted_before(self):
        """{(category, account, month): amount} that earlier versions granted for the
        months of this one; transfers are no part of it."""
        if not self.revision_of_id:
            return {}
        # sudo: sums of the own department
        grants = self.env["medical.finance.grant"].sudo()
        found = defaultdict(Decimal)
        for category, account, month, balance in grants._read_group(
            [
                (
                    "request_line_id.request_id",
                    "in",
                    self.revision_of_id._versions().ids,
                ),
                ("date_from", "in", self._months()),
            ],
            ["category_id", "account_id", "date_from:day"],
            ["balance:sum"],
        ):
            sign = -1 if account.account_type.startswith("income") else 1
            found[category, account, month] += sign * cents(balance)
        return found

    def action_revise(self):
        """Begin the next version, for the months that are still open.

        :return: the new request
        :raises UserError: it is not granted, was revised already, or every month is closed
        """
        self.ensure_one()
        self._check_caller(*HEADS)
        self.check_access("write")
        if self.state != "granted" or self.is_replaced:
            raise UserError(
                self.env._(
                    "%s cannot be revised: only the last granted version is.",
                    self.display_name,
                )
            )
        grants = self.env["medical.finance.grant"]
        this_month = fields.Date.context_today(self).replace(day=1)
        months = [
            month
            for month in self._months()
            if not grants._is_closed(self.company_id, month)
            and (month >= this_month or len(self._months()) == 1)
        ]
        if not months:
            raise UserError(
                self.env._(
                    "%s: its months are closed or over. Ask for a coming month instead.",
                    self.display_name,
                )
            )
        self._check_headed({"department_id": self.department_id.id})
        # sudo: the program carries the lines over; the user has just been asked for
        made = self.sudo()._pen().create(
            {
                "company_id": self.company_id.id,
                "department_id": self.department_id.id,
                "span": self.span,
                "date_from": months[0],
                "date_to": self.date_to,
                "phasing": self.phasing,
                "version": self.version + 1,
                "revision_of_id": self.id,
                "line_ids": [
                    Command.create(line._revised_values(months))
                    for line in self.line_ids
                ],
            }
        )  # fmt: skip
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": made.id,
            "views": [(False, "form")],
            "target": "current",
        }
