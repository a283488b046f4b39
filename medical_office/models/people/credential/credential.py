"""Numbers that are checked, proof of the look-up, and what else hangs on a credential."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ....models.core.check.answerable import Answerable, finding
from ....models.core.check.check import CheckResult
from ....tools.dates import month_end
from ....tools.people.credential.numbers import (
    clia_problem,
    dea_problem,
    fits,
    npi_problem,
    pattern_of,
)


class CoreCredential(models.Model):
    _inherit = "medical.core.credential"

    file = fields.Binary("Copy", attachment=True, help="The card or letter, scanned.")
    file_name = fields.Char()
    registered_name = fields.Char(
        "Registered as",
        help="Last name on the registration, where it is not today's: a DEA number keeps "
        "the letter of the name it was given under.",
    )
    proof = fields.Binary("Proof of the look-up", attachment=True, readonly=True)
    proof_name = fields.Char(readonly=True, copy=False)
    looked_up_on = fields.Date("Looked up on", readonly=True, copy=False)
    number_remark = fields.Char(compute="_compute_number_remark")
    history_count = fields.Integer(compute="_compute_history_count")

    # --------------------------------------------------------------------- numbers

    @api.constrains("number", "type_id", "registered_name", "user_id", "partner_id")
    def _check_number(self):
        """Refuse a number whose shape, letter or check digit cannot be right.

        :raises ValidationError: naming the holder, the number and where to compare it
        """
        for credential in self.filtered("number"):
            sentence = credential._number_problem()
            if sentence:
                raise ValidationError(
                    self.env._(
                        "%(number)s of %(who)s is no %(what)s: %(why)s",
                        number=credential.number,
                        who=credential._holder().display_name,
                        what=credential.type_id.name,
                        why=sentence,
                    )
                )

    def _number_problem(self):
        rule = self.type_id.number_rule
        _ = self.env._
        if rule == "npi":
            return {
                "shape": _("it has ten digits."),
                "first": _("its first digit is 1 or 2."),
                "check": _(
                    "its check digit is wrong. Compare it with the NPPES registry."
                ),
            }.get(npi_problem(self.number), "")
        if rule == "dea":
            return {
                "shape": _("it has two letters (or a letter and 9) and seven digits."),
                "letter": _("its first letter is one of A, B, F, G, M, P and R."),
                "check": _(
                    "its check digit is wrong. Compare it with the certificate."
                ),
                "name": _(
                    "its second letter is the first of the last name. If it was issued "
                    "under another name, enter that under “Registered as”."
                ),
            }.get(dea_problem(self.number, self._registered_names()), "")
        if rule == "clia" and clia_problem(self.number):
            return _("it has two digits, the letter D and seven digits.")
        return self._license_problem(checked=True)

    def _registered_names(self):
        """Names whose first letter a DEA number may carry."""
        holder = self._holder().name or ""
        last = holder.split(",")[0].split()[-1:] if holder else []
        if self.holder_kind != "person":
            last = [holder]
        return (*last, *filter(None, [self.registered_name]))

    def _license_problem(self, checked):
        """Why a license is not written as its board writes it, or "".

        :param checked: look at patterns that were (or were not) checked at the source
        """
        if self.type_id.number_rule != "license" or not self.state_id:
            return ""
        pattern = pattern_of(
            self.state_id.code,
            self.type_id.code,
            self.date_from or fields.Date.context_today(self),
        )
        if (
            not pattern
            or pattern.is_checked != checked
            or fits(pattern, self.number or "")
        ):
            return ""
        return self.env._(
            "%(board)s writes such numbers like %(example)s.",
            board=pattern.board,
            example=pattern.example,
        )

    @api.depends("number", "type_id", "state_id", "date_from")
    def _compute_number_remark(self):
        """A pattern that nobody checked refuses nothing: it is remarked."""
        for credential in self:
            why = credential.number and credential._license_problem(checked=False)
            credential.number_remark = why and self.env._(
                "%s This pattern was not checked at its source: look twice.", why
            )

    # ------------------------------------------------------------------------ term

    @api.onchange("type_id", "date_from")
    def _onchange_term(self):
        """Propose the last day by the term of the type."""
        kind = self.type_id
        if kind.term_months and self.date_from:
            last = fields.Date.add(self.date_from, months=kind.term_months)
            self.date_to = (
                month_end(last)
                if kind.term_to_month_end
                else fields.Date.subtract(last, days=1)
            )

    # ----------------------------------------------------------------- verification

    def action_look_up(self):
        """Open the dialog that takes where it was looked up, when, and the proof.

        :raises UserError: several are chosen, or it is not waiting for verification
        """
        self._check_caller("core_group_hr", "core_group_manager")
        if len(self) != 1 or self.state != "entered":
            raise UserError(
                self.env._("Choose one credential that is entered and not verified.")
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Verify at the source"),
            "res_model": "medical.people.verify.wizard",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_credential_id": self.id},
        }

    def _take_proof(self, day, content, name):
        """Keep what the issuer said; called by who verifies, before the step."""
        self.check_access("write")
        self._check_segregation("verified")
        self._pen().write(
            {"looked_up_on": day, "proof": content, "proof_name": name or False}
        )

    def _before_verified(self):
        """Some types are verified with proof only.

        :raises UserError: there is no proof of the look-up
        """
        bare = self.filtered(lambda c: c.type_id.proof_required and not c.proof)
        if bare:
            raise UserError(
                self.env._(
                    "%s is verified with proof: use “Verify” and attach the page of the "
                    "issuer.",
                    bare[0].display_name,
                )
            )

    def _after_verified(self):
        self._medical_on_changed()

    def _after_void(self):
        self._medical_on_changed()

    def _medical_on_changed(self):
        """Hook. Called with credentials that have just begun or ceased to hold."""

    # ---------------------------------------------------------------------- history

    def _history_domain(self):
        return [
            ("type_id", "=", self.type_id.id),
            ("user_id", "=", self.user_id.id),
            ("partner_id", "=", self.partner_id.id),
            ("company_id", "=", self.company_id.id),
        ]

    @api.depends("type_id", "user_id", "partner_id", "company_id")
    def _compute_history_count(self):
        for credential in self:  # shown on one form
            credential.history_count = (
                credential.search_count(credential._history_domain())
                if credential.type_id
                else 0
            )

    def action_history(self):
        """All terms of the same credential, void ones too."""
        self.check_access("read")
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("History of %s", self.display_name),
            "res_model": self._name,
            "views": [(False, "list"), (False, "form")],
            "domain": self._history_domain(),
        }

    # ----------------------------------------------------------------------- checks

    def _medical_answerable(self):
        return self._medical_answerables()[self]

    def _medical_answerables(self):
        """The person is told, the manager steps in; the office manager for the rest."""
        # sudo: who answers is named, whoever looks
        people = (
            self.env["hr.employee"]
            .sudo()
            .search_fetch(
                [
                    ("user_id", "in", self.user_id.ids),
                    ("company_id", "in", self.company_id.ids),
                ],
                ["user_id", "company_id"],
            )
        )
        answers = people._medical_answerables()
        by_login = {(one.user_id, one.company_id): answers[one] for one in people}
        nobody = Answerable(False, False, False, False)
        return {
            one: by_login.get((one.user_id, one.company_id), nobody)._replace(
                user_id=one.user_id.id, company_id=one.company_id.id
            )
            for one in self
        }

    @api.model
    def _medical_check_unverified(self):
        """Credentials that count only once verified, entered and still not verified."""
        waiting = self.search(
            [("state", "=", "entered"), ("type_id.must_verify", "=", True)]
        )
        waiting._read_ahead()
        answers = waiting._medical_answerables()
        keepers = self.env["medical.people.document"]._medical_keepers(
            waiting.company_id
        )
        rows = [
            finding(
                credential,
                self.env._(
                    "“%(what)s” of %(who)s is entered and not verified at its source",
                    what=credential.type_id.name,
                    who=credential._holder().display_name,
                ),
                answers[credential],
                user_id=keepers[credential.company_id].id,  # a second person
            )
            for credential in waiting
        ]
        return CheckResult(self.search_count([("state", "!=", "void")]), rows)
