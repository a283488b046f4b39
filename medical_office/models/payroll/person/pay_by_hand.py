"""Pay written straight into a version: kept until somebody else has looked at it.

A raise, an offer and a pay review are approved before they are paid. Whoever may write
wages may also write a version, as the host has it (a unit, a typing error, an import):
what stood there before is kept, and the pay run asks somebody else for it.
The first pay of somebody hired without an offer is marked, too, with no agreed pay:
whoever approves the run that pays it agrees to it.
"""

from contextlib import contextmanager

from odoo import SUPERUSER_ID, api, fields, models
from odoo.orm.models import NO_ACCESS

from ....tools.money import money
from ....tools.payroll.time.payline import Pay, unlike

# what a person is paid from which day on hangs on these fields of the versions
OF_PAY = frozenset(
    {"wage", "medical_wage_per", "date_version", "active", "employee_id"}
)


class HrVersion(models.Model):
    """The agreed pay stands beside the one that was written over it."""

    _inherit = "hr.version"

    medical_agreed_wage = fields.Float(
        "Agreed Pay", groups=NO_ACCESS, copy=False, aggregator=None, digits="Payroll"
    )
    medical_agreed_per = fields.Char("Agreed Pay Per", groups=NO_ACCESS, copy=False)
    medical_by_hand_id = fields.Many2one(
        "res.users",
        "Pay Written By",
        groups=NO_ACCESS,
        copy=False,
        index="btree_not_null",
    )
    medical_by_hand_at = fields.Datetime("Pay Written At", groups=NO_ACCESS, copy=False)

    @api.model_create_multi
    def create(self, vals_list):
        people = {vals.get("employee_id") for vals in vals_list} - {None, False}
        with self.env["hr.employee"].browse(people)._keeping_agreed_pay():
            return super().create(vals_list)

    def unlink(self):
        with self.employee_id._keeping_agreed_pay():
            return super().unlink()

    @contextmanager
    def _keeping_agreed(self, vals):
        """Mark what stands there otherwise than agreed after these values are written."""
        if OF_PAY.isdisjoint(vals):
            yield
            return
        people = self.employee_id.browse(vals.get("employee_id") or ())
        with (self.employee_id | people)._keeping_agreed_pay():
            yield

    def _pay_agreed(self):
        """The pay that was agreed: where it was written over by hand, what stood there."""
        self.ensure_one()
        if self.medical_by_hand_id:
            return Pay(money(self.medical_agreed_wage), self.medical_agreed_per)
        return self._pay_written()

    def _pay_written(self):
        self.ensure_one()
        return Pay(money(self.wage or 0), self.medical_wage_per)

    def _is_first_pay(self):
        """Whether it is pay that nobody but its writer has agreed to yet, and that was
        written over nothing."""
        self.ensure_one()
        return bool(self.medical_by_hand_id and not self.medical_agreed_wage)

    def _keep_first(self, before):
        """Mark who wrote pay where none was agreed before; unmarked without pay.

        :param before: as of ``_keep_agreed``
        """
        self.ensure_one()
        pay = self._pay_written()
        if not pay.amount:
            self._keep_agreed(None, before)
        elif before.get(self) != pay:
            self._mark_by_hand(Pay(money(0), pay.per))

    def _keep_agreed(self, agreed, before):
        """Mark who wrote over the agreed pay, or that it is paid again.

        :param agreed: the ``Pay`` that this version does not pay any more, or None
        :param before: {version: ``Pay`` written there before}
        """
        self.ensure_one()
        if agreed is None:
            if self.medical_by_hand_id:
                self.medical_by_hand_id = False
        elif not self.medical_by_hand_id or before.get(self) != self._pay_written():
            self._mark_by_hand(agreed)

    def _mark_by_hand(self, agreed):
        """:param agreed: the ``Pay`` that stood there; of nothing for a first pay"""
        self.write(
            {
                "medical_agreed_wage": agreed.amount,
                "medical_agreed_per": agreed.per,
                "medical_by_hand_id": self.env.uid,
                "medical_by_hand_at": fields.Datetime.now(),
            }
        )


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    @contextmanager
    def _keeping_agreed_pay(self):
        """Mark each version of these people that pays something else afterwards.

        Where no pay was agreed before (not paid yet, and no offer), every pay written is
        a first pay.
        """
        if self.env.uid == SUPERUSER_ID or not self:
            yield
            return
        # sudo: compared and kept; who reads wages is asked when they are shown
        people = self.sudo().with_context(active_test=True)
        agreed = {
            person: person._pay_line("_pay_agreed")
            for person in people._with_agreed_pay()
        }
        before = {version: version._pay_written() for version in people.version_ids}
        yield
        people.invalidate_recordset(["version_ids"])
        for person in people:
            if not agreed.get(person):
                for version in person.version_ids:
                    version._keep_first(before)
                continue
            other = unlike(agreed[person], person._pay_line("_pay_written"))
            for version in person.version_ids:
                version._keep_agreed(other.get(version.date_version), before)

    def _pay_line(self, pay):
        """[(first day, ``Pay``)] of the versions, by the name of their method; what
        nobody agreed to is no part of what was agreed."""
        self.ensure_one()
        versions = self.version_ids
        if pay == "_pay_agreed":
            versions = versions.filtered(lambda one: not one._is_first_pay())
        return sorted((one.date_version, getattr(one, pay)()) for one in versions)

    def _with_agreed_pay(self):
        """Those who were paid here, accepted an offer or got a raise."""
        own = [("employee_id", "in", self.ids)]
        found = self.browse()
        for model, more in (
            ("hr.payslip", [("state", "=", "done"), ("medical_date_pay", "!=", False)]),
            ("medical.people.offer", [("state", "=", "accepted")]),
            ("medical.people.pay.change", [("state", "=", "done")]),
        ):
            rows = self.env[model]._read_group(own + more, ["employee_id"])
            found = found.union(*(person for (person,) in rows))
        return found

    @api.model
    def _mark_earlier_first_pay(self):
        """Mark the pay of everybody who was not paid here yet, for an upgrade: it was
        entered before marks were kept, by whom is not known, so nobody is barred from the
        run that agrees to it."""
        # sudo: once, by the upgrade; whoever left may come back
        people = self.sudo().with_context(active_test=False).search([])
        versions = (people - people._with_agreed_pay()).version_ids.filtered(
            lambda one: one.active and one.wage and not one.medical_by_hand_id
        )
        for per, alike in versions.grouped("medical_wage_per").items():
            alike._mark_by_hand(Pay(money(0), per))

    def _pay_by_hand(self, day):
        """Versions from before the end of ``day`` whose agreed pay was written over, or
        whose first pay nobody else agreed to."""
        # sudo: what was agreed is read by the preflight alone
        return (
            self.env["hr.version"]
            .sudo()
            .search(
                [
                    ("employee_id", "in", self.ids),
                    ("medical_by_hand_id", "!=", False),
                    ("date_version", "<=", day),
                ]
            )
        )
