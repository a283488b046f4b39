"""A license or certificate of a person, a vendor or the practice itself."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL, format_date

from ....engine.core.labels import labels_of
from ....engine.core.sealreader import covers
from ..check.answerable import answerables, finding
from ..check.check import CheckResult
from ..mixins.guard import AllBut

KEEPERS = ("core_group_hr", "core_group_manager")
HOLDERS = {"person": "user_id", "vendor": "partner_id", "practice": "company_id"}


class CoreCredential(models.Model):
    """Who holds what, from when to when, and who looked it up.

    A verified one is not changed: a renewal, or a correction, is a new record.
    """

    _name = "medical.core.credential"
    _description = "Credential"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "type_id, date_to desc, id desc"

    _transitions = {
        ("entered", "verified"): KEEPERS,
        ("entered", "void"): KEEPERS,
        ("verified", "void"): KEEPERS,
    }
    # a second person looks it up: neither who entered or changed it nor whose it is
    _segregated = {"verified": ("create_uid", "entered_by_ids", "user_id")}
    _written_by = "entered_by_ids"
    _reason_required = frozenset({"void", "verified"})
    _reason_methods = frozenset({"action_void", "action_verify"})
    _locked = {
        "verified": AllBut({"note", "company_id"}),
        "void": AllBut({"note"}),
    }
    _deletable_in = frozenset({"entered"})
    _seal_states = frozenset({"verified", "void"})
    _seal_schemes = (
        covers(
            "type_id user_id partner_id number issuer state_id date_from "
            "date_to state verified_by_id verified_at verified_source",
        ),
    )
    _free_fields = frozenset({"note"})
    _scope_fields = frozenset({"company_id"})

    type_id = fields.Many2one(
        "medical.core.credential.type", "Credential", required=True, index=True
    )
    holder_kind = fields.Selection(related="type_id.holder_kind")
    user_id = fields.Many2one(
        "res.users", "Person", index="btree_not_null", ondelete="restrict"
    )
    partner_id = fields.Many2one(
        "res.partner", "Vendor", index="btree_not_null", ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    number = fields.Char()
    issuer = fields.Char("Issued by")
    state_id = fields.Many2one(
        "res.country.state", "Issuing state", domain="[('country_id.code', '=', 'US')]"
    )
    date_from = fields.Date(
        "In force from", required=True, default=fields.Date.context_today
    )
    date_to = fields.Date("Last day", tracking=True, help="Empty: no end date.")
    note = fields.Char()
    state = fields.Selection(
        [("entered", "Entered"), ("verified", "Verified"), ("void", "Void")],
        required=True,
        default="entered",
        readonly=True,
        index=True,
    )
    entered_by_ids = fields.Many2many(
        "res.users",
        "medical_core_credential_entered_rel",
        string="Entered by",
        readonly=True,
        copy=False,
    )
    verified_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    verified_at = fields.Datetime(readonly=True, copy=False)
    verified_source = fields.Char(
        "Verified at", readonly=True, copy=False, help="Where it was verified."
    )

    _dates = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "The credential's last day is before its first day.",
    )
    _held = models.Index("(type_id, user_id, date_to)")

    @api.depends("type_id.name", "user_id.name", "partner_id.name", "company_id.name")
    def _compute_display_name(self):
        for credential in self:
            credential.display_name = self.env._(
                "%(who)s: %(what)s",
                who=credential._holder().display_name or self.env._("Nobody"),
                what=credential.type_id.name or self.env._("credential"),
            )

    @api.constrains("type_id", "user_id", "partner_id")
    def _check_holder(self):
        for credential in self:
            kind = credential.type_id.holder_kind
            named = {
                "person": bool(credential.user_id),
                "vendor": bool(credential.partner_id),
            }
            if any(named[key] != (key == kind) for key in named):
                raise ValidationError(
                    self.env._(
                        "Only this can hold “%(what)s”: %(kind)s. Enter it alone.",
                        what=credential.type_id.name,
                        kind=labels_of(credential.type_id, "holder_kind")[kind].lower(),
                    )
                )

    def _holder(self):
        self.ensure_one()
        return self[HOLDERS.get(self.type_id.holder_kind, "user_id")]

    def _check_editors(self, vals):
        """Nobody enters or changes a credential of their own: it opens work."""
        super()._check_editors(vals)
        people = self.user_id | self.user_id.browse(vals.get("user_id") or [])
        if "user_id" not in vals and not self:  # born with the caller's default
            people = people.browse(self.default_get(["user_id"]).get("user_id") or [])
        if self.env.user in people:
            raise AccessError(
                self.env._(
                    "You cannot enter your own credential; somebody else who has seen "
                    "it must. Ask the office manager or HR."
                )
            )

    # ---------------------------------------------------------------------- buttons

    def action_verify(self, source):
        """Confirm that it was looked up at its source, by a second person.

        :param source: where, such as “Colorado DORA, online look-up of Nov 3”
        """
        self._check_caller(*KEEPERS)
        self._move_to("verified", source)

    def action_void(self, reason):
        """Take back what does not hold any more or was entered wrongly."""
        self._check_caller(*KEEPERS)
        self._move_to("void", reason)

    def _state_values(self, state, reason):
        if state == "verified":
            return {
                "verified_by_id": self.env.uid,
                "verified_at": fields.Datetime.now(),
                "verified_source": reason.strip(),
            }
        return {}

    # ------------------------------------------------------------------ the contract

    @api.model
    def _domain_in_force(self, day):
        return [
            ("state", "!=", "void"),
            ("date_from", "<=", day),
            "|",
            ("date_to", "=", False),
            ("date_to", ">=", day),
            "|",
            ("type_id.must_verify", "=", False),
            ("state", "=", "verified"),
        ]

    @api.model
    def _holders(self, kinds, day, among=None):
        """Who holds credentials in force on a day.

        :param kinds: types, all held by persons, vendors or the practice alike
        :param day: date
        :param among: users, partners or companies to look at; None: all of them
        :return: {type: recordset of users, partners or companies}; one query
        """
        found = {}
        for holder, field in HOLDERS.items():
            asked = kinds.filtered(lambda kind, h=holder: kind.holder_kind == h)
            if not asked:
                continue
            domain = [("type_id", "in", asked.ids), *self._domain_in_force(day)]
            if among is not None:
                domain.append((field, "in", among.ids))
            # sudo: whether somebody holds a credential is asked, it is not shown
            groups = self.sudo()._read_group(
                domain, ["type_id"], [f"{field}:recordset"]
            )
            found |= {kind.with_env(self.env): who for kind, who in groups}
        empty = among.browse() if among is not None else self.env["res.users"]
        return {kind: found.get(kind, empty).with_env(self.env) for kind in kinds}

    @api.model
    def _those_holding(self, people, kind, day):
        """Those of some people who hold a credential on a day; one query.

        :param people: users, partners or companies
        :param kind: the credential type asked for; an empty one is held by everybody
        :param day: date of the work
        """
        if not kind:
            return people
        if people._name != self._fields[HOLDERS[kind.holder_kind]].comodel_name:
            return people.browse()
        return people & self._holders(kind, day, among=people)[kind]

    @api.model
    def _problem(self, holder, kind, day):
        """Why a person, vendor or company may not do what takes a credential.

        :param holder: a user, partner or company
        :param kind: the credential type asked for; an empty one is held by everybody
        :param day: date of the work
        :return: one sentence with the remedy, or False
        """
        if self._those_holding(holder, kind, day):
            return False
        return self.env._(
            "%(who)s does not have “%(what)s” in force on %(day)s. Enter the "
            "credential, or ask the office manager who has it.",
            who=holder.display_name,
            what=kind.name,
            day=format_date(self.env, day),
        )

    def action_renew(self):
        """Enter the next term of the same credential.

        :raises UserError: it has no end, or several are chosen
        """
        self._check_caller(*KEEPERS)
        if len(self) != 1 or not self.date_to:
            raise UserError(
                self.env._("Choose one credential that has a last day, then renew it.")
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "views": [(False, "form")],
            "context": {
                "default_type_id": self.type_id.id,
                "default_user_id": self.user_id.id,
                "default_partner_id": self.partner_id.id,
                "default_number": self.number,
                "default_issuer": self.issuer,
                "default_state_id": self.state_id.id,
                "default_date_from": fields.Date.add(self.date_to, days=1),
            },
        }

    # -------------------------------------------------------------------- the check

    @api.model
    def _ending(self, today):
        """Credentials that have ended, or end within the days their type says, with no
        later one entered, of who is still there; two queries, however many there are."""
        self.env.flush_all()
        standing = self._search([("state", "!=", "void")])
        query = SQL(
            """
            SELECT id FROM (
                SELECT DISTINCT ON (c.type_id, c.user_id, c.partner_id, c.company_id)
                       c.id, c.date_to - k.lead_days <= %(today)s AS is_ending,
                       coalesce(person.active, vendor.active, practice.active)
                           AS is_there
                  FROM medical_core_credential c
                  JOIN medical_core_credential_type k ON k.id = c.type_id
                  JOIN res_company practice ON practice.id = c.company_id
                  LEFT JOIN res_users person ON person.id = c.user_id
                  LEFT JOIN res_partner vendor ON vendor.id = c.partner_id
                 WHERE c.id IN %(standing)s
                 -- one without an end is the last word
                 ORDER BY c.type_id, c.user_id, c.partner_id, c.company_id,
                          c.date_to DESC NULLS FIRST, c.id DESC
            ) AS latest
             WHERE is_ending AND is_there
             ORDER BY id
            """,
            today=today,
            standing=standing.subselect(),
        )
        ending = self.browse(row[0] for row in self.env.execute_query(query))
        ending._read_ahead()
        return ending

    def _read_ahead(self):
        """Read what a sentence names of these; the host would read each thousand alone."""
        self.fetch(["type_id", "user_id", "partner_id", "company_id", "date_to"])
        self.user_id.fetch(["partner_id"])
        (self.user_id.partner_id | self.partner_id).fetch(["name"])

    @api.model
    def _medical_check_ending(self):
        """Credentials that have ended, or end within the days their type says, with no
        later one entered."""
        today = fields.Date.context_today(self)
        ending = self._ending(today)
        answers = answerables(ending)
        rows = [one._ending_row(today, answers[one]) for one in ending]
        return CheckResult(self.search_count([]), rows)

    def _ending_row(self, today, answers):
        words = {
            "what": self.type_id.name,
            "who": self._holder().display_name,
            "day": format_date(self.env, self.date_to),
        }
        over = self.date_to < today
        return finding(
            self,
            self.env._("“%(what)s” of %(who)s expired on %(day)s", **words)
            if over
            else self.env._("“%(what)s” of %(who)s expires on %(day)s", **words),
            answers,
            severity="high" if over else None,
            user_id=self.user_id.id,
            date_due=self.date_to,
        )
