"""A file for the bank: pay of a run, prenotes, pay sent anew after a return."""

import base64
from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.orm.models import NO_ACCESS
from odoo.tools import escape_psql

from ....tools.money import money
from ....tools.payroll import ach
from ...core.mixins.done import done

PAY = "medical_office.core_group_payroll"
MODIFIERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class PayrollBankFile(models.Model):
    """Made once for a run; another needs this one to be void."""

    _name = "medical.payroll.bank.file"
    _description = "Bank File"
    _inherit = ["mail.thread", "medical.core.guard"]
    _order = "id desc"
    _reason_methods = frozenset({"action_void"})

    name = fields.Char(readonly=True)
    kind = fields.Selection(
        [("pay", "Pay run"), ("prenote", "Prenotes"), ("again", "Paid again")],
        "Contains",
        required=True,
        default="pay",
        readonly=True,
    )
    run_id = fields.Many2one(
        "hr.payslip.run", index="btree_not_null", ondelete="restrict", readonly=True
    )
    run_state = fields.Selection(related="run_id.state", string="Status of the Run")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    # it holds whole account numbers: taken by its button, which keeps who did
    content = fields.Binary(
        "File", readonly=True, attachment=True, groups=NO_ACCESS, copy=False
    )
    date_written = fields.Date("Written on", readonly=True)
    date_effective = fields.Date("Settles on", readonly=True)
    credit = fields.Monetary("Total paid", readonly=True, aggregator="sum")
    entry_count = fields.Integer("Entries", readonly=True, aggregator="sum")
    prenote_ids = fields.One2many(
        "medical.payroll.account", "prenote_file_id", "Prenotes", readonly=True
    )
    return_ids = fields.One2many(
        "medical.payroll.deposit.return", "file_id", "Paid again", readonly=True
    )
    entry_hash = fields.Char(readonly=True)
    void = fields.Boolean(
        readonly=True, tracking=True, help="Not sent, or withdrawn at the bank."
    )

    late = fields.Text(
        compute="_compute_late",
        help="Why the bank has to be called before the file is sent.",
    )

    _one = models.UniqueIndex("(run_id) WHERE void IS NOT TRUE")

    @api.depends("void", "run_id.state", "date_written", "date_effective")
    def _compute_late(self):
        """Said until the run is paid: it was the reason to call the bank."""
        # sudo: whoever may read the file learns the days, nothing of the account
        banks = self.env["medical.payroll.bank"].sudo()
        banks = banks.search([("company_id", "in", self.company_id.ids)])
        lead = {bank.company_id: bank.lead_days for bank in banks}
        for file in self:
            waits = not file.void and file.run_id.state == "posted"
            said = waits and file.run_id._late_said(
                lead.get(file.company_id, 0),
                file.date_written or file.date_effective,
                file.date_effective,
            )
            file.late = "\n".join(said or [])

    def action_ask_void(self):
        self._check_may_void()
        wizard = self.env["medical.core.reason.wizard"]
        return wizard._asking(
            self, "action_void", self.env._("Why is the file not being used?")
        )

    def action_void(self, reason):
        """Only who approves pay may say that a file was not sent.

        :raises UserError: what stands in it is marked as paid, so it was sent
        """
        self._check_may_void()
        reason = self._reason_given(reason)
        # sudo: no return that is being marked as paid has its file voided meanwhile
        self.return_ids.sudo().lock_for_update()
        if paid := self.return_ids.filtered(lambda item: item.state == "paid"):
            raise UserError(self.env._("%s is already paid.", paid[0].display_name))
        for file in self:
            if file.run_id.state == "paid":
                raise UserError(self.env._("%s is already paid.", file.run_id.name))
            # sudo: the step is checked above; no other write is open
            own = file.sudo()._pen()
            own.void = True
            own.prenote_ids._prenote_not_sent()
            file._message_log(body=self.env._("Void: %s", reason))
            if own.run_id:
                # sudo: who may void the file may say so where the run is read
                own.run_id._message_log(
                    body=self.env._(
                        "Bank file %(file)s is not used: %(reason)s",
                        file=file.name,
                        reason=reason,
                    )
                )
        following = (
            self.env._("Void. Payroll creates another bank file from the run:")
            if self.run_id
            else self.env._("Void. What stood in it waits for another file.")
        )
        return done(self.env, following, self.run_id, kind="info")

    def _check_may_void(self):
        self.check_access("read")
        if not self.env.user.has_group("medical_office.core_group_director"):
            raise AccessError(
                self.env._(
                    "Only the director can void a bank file, so that nobody "
                    "is paid twice."
                )
            )

    def _write_file(self, bank, kind, rows, effective, now, run=None):
        """Write a file, with the prenotes that wait for the next one.

        :param rows: (payment or return, :class:`ach.Credit`) of each amount; the record
            gets the trace number of its entry
        :param effective: the day it settles, a banking day
        :param now: moment of writing, on the practice's clock
        :raises UserError: the bank would refuse the file; each row is named
        """
        company = bank.company_id
        waiting = self.env["medical.payroll.account"]._to_prenote(company)
        try:
            written = ach.write(
                bank._ach_origin(),
                [credit for _record, credit in rows] + waiting._prenotes(),
                now.replace(tzinfo=None),
                effective,
                offset=(
                    ach.Offset(bank.destination, bank.account)
                    if bank.balanced
                    else None
                ),
                modifier=MODIFIERS[min(self._written_on(company, now), 25)],
            )
        except ach.AchRefused as error:
            raise UserError("\n".join(error.problems)) from error
        last = run.id if run else written.entry_hash
        # sudo: rows of the file itself: nobody has the right to make one by hand
        files = self.sudo()._pen()
        file = files.create(
            {
                "name": self._named(f"{kind}-{effective:%Y-%m-%d}-{last}"),
                "kind": kind,
                "company_id": company.id,
                "run_id": run.id if run else False,
                "content": base64.b64encode(written.text.encode("ascii")),
                "date_written": now.date(),
                "date_effective": effective,
                "credit": float(written.credit),
                "entry_count": written.entries,
                "entry_hash": str(written.entry_hash),
            }
        )
        for (record, _credit), trace in zip(rows, written.traces, strict=False):
            record.sudo()._pen().trace = trace  # sudo: as the file
        waiting._prenote_sent(file)
        return self.browse(file.id)

    def _named(self, stem):
        """A name of its own: beside a file that the bank refused, nobody sends it again."""
        # sudo: only how many were called so
        before = self.sudo().search_count([("name", "=like", f"{escape_psql(stem)}%")])
        return f"{stem}-{before + 1}.ach" if before else f"{stem}.ach"

    def _written_on(self, company, now):
        return self.search_count(
            [("company_id", "=", company.id), ("date_written", "=", now.date())]
        )

    def _open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def _read_back(self):
        """The file as an independent reader sees it (see tools/payroll/ach/reader).

        For comparisons of the program; who wants to see it takes it by its button.
        """
        self.ensure_one()
        return ach.read(base64.b64decode(self._content()).decode("ascii"))

    def _content(self):
        # sudo: nobody reads it; callers compare it, or log who takes it
        return self.sudo().with_context(bin_size=False).content

    def action_download(self):
        """Take the file for the bank; who took it stands with each person in it.

        :return: action that downloads a copy, which the next clean-up sweeps away
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group(PAY):
            raise AccessError(self.env._("Only payroll can download the bank file."))
        self.env["medical.core.opened"]._log(
            self._people(), self.env._("Account number"), self.name
        )
        return self.env["medical.core.opened.copy"]._handed(self.name, self._content())

    def _people(self):
        """Whose account numbers stand in the file, by the file itself."""
        self.ensure_one()
        idents = {e.ident.strip() for e in self._read_back().entries if not e.debit}
        people = self.env["hr.employee"].browse(
            int(ident) for ident in sorted(idents) if ident.isdigit()
        )
        return people.exists()

    def _check_holds(self):
        """
        :raises UserError: the file, read back, does not hold what is to be paid anew
        """
        for file in self:
            asked = Counter(money(item.amount) for item in file.return_ids)
            read = Counter(
                entry.amount
                for entry in file._read_back().entries
                if not entry.debit and not entry.prenote
            )
            if asked != read:
                raise UserError(
                    self.env._(
                        "%s does not contain the amounts to be paid again. Have it "
                        "marked void and create another.",
                        file.name,
                    )
                )
