"""Import the bank's return file: what came back, matched with what was sent."""

from collections import defaultdict

from odoo import fields, models
from odoo.exceptions import UserError

from ...engine.core.amounts import amount_text
from ...models.payroll.returns.deposit_return import LATEST
from ...tools.money import money
from ...tools.payroll import ach

CHANGES = frozenset(reason.code for reason in ach.reasons(LATEST) if reason.change)


class PayrollReturnWizard(models.TransientModel):
    _name = "medical.payroll.deposit.return.wizard"
    _inherit = "medical.core.file.wizard"
    _description = "Import Deposit Returns"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    file = fields.Binary("Bank's File")
    checked = fields.Boolean(readonly=True)
    found = fields.Text(readonly=True)
    problems = fields.Text(readonly=True)

    def action_check(self):
        """Dry run: what would be entered, and which entries fit nothing we sent."""
        self.check_access("write")
        values, problems = self._plan()
        self.write(
            {
                "checked": True,
                "found": "\n".join(text for _values, text in values) or False,
                "problems": self._listed(problems),
            }
        )
        return self._again(self.env._("Import Deposit Returns"))

    def action_import(self):
        """Enter what fits, as drafts to be booked; the rest is named again."""
        self.check_access("write")
        values, _problems = self._plan()
        if not values:
            raise UserError(self.env._("Nothing in the file matches what was sent."))
        made = self.env["medical.payroll.deposit.return"].create(
            [row for row, _text in values]
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.payroll_deposit_return_action"
        )
        return action | {"domain": [("id", "in", made.ids)]}

    # ------------------------------------------------------------------ dry run

    def _plan(self):
        """([(values, sentence)], sentences about entries that fit nothing).

        :raises UserError: the file is no return file, or its totals do not hold
        """
        try:
            content = self._data().decode("utf-8")
            entries = list(ach.returned(ach.read(content, tolerant=True)))
        except UnicodeDecodeError as error:
            raise UserError(self.env._("This is not a bank return file.")) from error
        except ach.AchRefused as error:
            raise UserError(self._listed(list(error.problems))) from error
        if not entries:
            raise UserError(
                self.env._("The file has no returns and no notices of change.")
            )
        sent = self._sent(entries)
        targets = [self._match(entry, sent) for entry in entries]
        entered = self._entered(found[0] for found in targets if len(found) == 1)
        known = {reason.code for reason in ach.reasons(fields.Date.context_today(self))}
        values, problems = [], []
        for entry, found in zip(entries, targets, strict=True):
            place = self.env._(
                "Line %(line)s (%(code)s, %(name)s, %(amount)s)",
                line=entry.line,
                code=entry.code,
                name=entry.name,
                amount=amount_text(self.env, entry.amount),
            )
            if entry.code not in known:
                problems.append(
                    self.env._("%s: the code is not known; ask the bank.", place)
                )
            elif not found:
                problems.append(
                    self.env._(
                        "%s: nothing that was sent matches; enter it manually.", place
                    )
                )
            elif len(found) > 1:
                problems.append(
                    self.env._("%s: several payments match; enter it manually.", place)
                )
            elif (row := self._values(found[0], entry)) and _mark(row) in entered:
                problems.append(self.env._("%s: already entered.", place))
            else:
                values.append((row, place))
                entered.add(_mark(row))
        return values, problems

    def _sent(self, entries):
        """{trace number: payments, new payments and prenoted accounts}, three queries."""
        found = defaultdict(list)
        traces = [entry.trace for entry in entries]
        own = [("company_id", "=", self.company_id.id)]
        for model, field, domain in (
            ("payment", "trace", [("run_id.state", "=", "paid")]),
            ("deposit.return", "trace", [("state", "=", "paid")]),
            ("account", "prenote_trace", []),
        ):
            records = self.env[f"medical.payroll.{model}"].search(
                [*own, *domain, (field, "in", traces)]
            )
            for record in records:
                found[record[field]].append(record)
        return found

    def _match(self, entry, sent):
        """The records we sent under the entry's trace number, for its account.

        Trace numbers begin anew in each file: amount and account tell them apart.
        """
        found = []
        for record in sent[entry.trace]:
            account = self._account(record)
            # sudo: compared, not shown: nobody reads the number
            number = account.sudo().number
            is_change = entry.change is not None
            amount = money(record.amount) if record._name != account._name else money(0)
            if number == entry.account and (is_change or amount == entry.amount):
                found.append(record)
        if len(found) > 1 and (
            payments := [r for r in found if r._name != "medical.payroll.account"]
        ):
            latest = max(map(self._day_sent, payments))
            found = [r for r in payments if self._day_sent(r) == latest]
        return found

    def _day_sent(self, record):
        if record._name == "medical.payroll.deposit.return":
            return record.file_id.date_effective
        return record.run_id.medical_date_pay

    def _account(self, record):
        """Where a payment, a new payment or a prenote went."""
        if record._name == "medical.payroll.account":
            return record
        if record._name == "medical.payroll.deposit.return":
            return record.again_account_id
        return record.account_id

    def _entered(self, records):
        """Marks of the returns that there are of these records; one query."""
        accounts = [self._account(record).id for record in records]
        there = self.env["medical.payroll.deposit.return"].search(
            [("account_id", "in", accounts)]
        )
        return {
            _mark(
                {
                    "payment_id": item.payment_id.id,
                    "earlier_id": item.earlier_id.id,
                    "account_id": item.account_id.id,
                    "code": item.code,
                }
            )
            for item in there
            if item.payment_id or item.state == "draft"
        }

    def _values(self, record, entry):
        values = {
            "company_id": self.company_id.id,
            "account_id": self._account(record).id,
            "code": entry.code,
            "date": fields.Date.context_today(self),
        }
        if record._name == "medical.payroll.payment":
            values["payment_id"] = record.id
        elif record._name == "medical.payroll.deposit.return":
            values |= {"payment_id": record.payment_id.id, "earlier_id": record.id}
        if change := entry.change:
            values |= {
                "new_routing": change.routing or False,
                "new_number": change.account or False,
            }
            if change.savings is not None:
                values["new_kind"] = "savings" if change.savings else "checking"
        return values


def _mark(values):
    """What makes two returns the same: a payment comes back once, for whatever reason."""
    keys = ("payment_id", "earlier_id", "account_id")
    is_payment = values.get("payment_id") and values["code"] not in CHANGES
    return (
        *(values.get(key) or 0 for key in keys),
        "" if is_payment else values["code"],
    )
