"""Section 1 of Form I-9, completed and attested by the person alone."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.orm.models import NO_ACCESS

from ....engine.core.labels import labels_of
from ....tools.core.digest import sha256
from ....tools.people.i9.section import EDITION, PAPERS, problems, ssn_text
from ....tools.plaintext import storable
from ....tools.ssn import masked
from ...core.mixins.guard import ALL
from .i9 import ATTESTED, KEEPERS

# what the person answers; the page without login takes no more than these
ANSWERS = (
    "last_name", "first_name", "middle_initial", "other_names", "street", "apartment",
    "city", "state_id", "zip", "birth_date", "email", "phone", "attestation", *PAPERS,
    "passport_country_id", "authorized_until", "has_no_end", "has_preparer",
    "preparer_name", "preparer_address", "correction",
)  # fmt: skip


class PeopleI9Section(models.Model):
    """Signed once and never changed: a correction is another one, signed as well."""

    _name = "medical.people.i9.section"
    _description = "Form I-9 Section 1"
    _inherit = ["medical.core.workflow"]
    _order = "id desc"

    # the program signs for who calls ``action_sign`` or holds the link, and nobody else
    _transitions = {
        ("draft", "signed"): None,
        ("draft", "current"): None,
        ("signed", "current"): KEEPERS,
        ("signed", "replaced"): None,
        ("current", "replaced"): None,
    }
    _locked = dict.fromkeys(("signed", "current", "replaced"), ALL)
    _deletable_in = frozenset({"draft"})

    i9_id = fields.Many2one("medical.people.i9", "Form I-9", readonly=True, index=True)
    employee_id = fields.Many2one(
        "hr.employee",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.user.employee_id,
    )
    user_id = fields.Many2one(related="employee_id.user_id", string="Login")
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True
    )
    last_name = fields.Char("Last name (family name)")
    first_name = fields.Char("First name (given name)")
    middle_initial = fields.Char(size=4)
    other_names = fields.Char(
        "Other last names used", help="Empty where there are none."
    )
    street = fields.Char("Street number and name")
    apartment = fields.Char("Apt. number")
    city = fields.Char("City or town")
    state_id = fields.Many2one(
        "res.country.state", "US state", domain="[('country_id.code', '=', 'US')]"
    )
    zip = fields.Char("ZIP code")
    birth_date = fields.Date("Date of birth")
    ssn = fields.Char(groups=NO_ACCESS, copy=False)
    ssn_new = fields.Char(
        "Social Security number",
        compute="_compute_ssn_new",
        inverse="_inverse_ssn_new",
        copy=False,
        help="Asked of you only where the employer uses E-Verify. Shown masked afterward.",
    )
    ssn_masked = fields.Char("SSN", compute="_compute_ssn_masked", compute_sudo=True)
    email = fields.Char()
    phone = fields.Char()
    attestation = fields.Selection(ATTESTED, "I am", copy=False)
    uscis_number = fields.Char("USCIS number or A-number")
    i94_number = fields.Char("Form I-94 admission number")
    passport_number = fields.Char("Foreign passport number")
    passport_country_id = fields.Many2one("res.country", "Country of issuance")
    authorized_until = fields.Date("Authorized to work until")
    has_no_end = fields.Boolean(
        "My authorization does not end", help="Some refugees and asylees, for example."
    )
    has_preparer = fields.Boolean("A preparer or translator helped")
    preparer_name = fields.Char(
        "Name of the preparer or translator",
        help="Supplement A: who helped attests to have assisted in completing section 1 "
        "and that the information is true and correct to the best of their knowledge.",
    )
    preparer_address = fields.Char("Address of the preparer or translator")
    correction = fields.Char(
        "What is corrected, and why",
        copy=False,
        help="Only where section 1 was signed before.",
    )
    signed_as = fields.Char(
        "Sign with your full name",
        copy=False,
        help="Your typed name is your signature. It attests the words above.",
    )
    preparer_signed_as = fields.Char("Signed by the preparer or translator", copy=False)
    attests = fields.Text("What you attest", compute="_compute_attests")
    wording = fields.Text("Attested words", readonly=True, copy=False)
    edition = fields.Char("Edition of the form", readonly=True, copy=False)
    signed_at = fields.Datetime(readonly=True, copy=False)
    digest = fields.Char("SHA-256 of what was signed", readonly=True, copy=False)
    way = fields.Selection(
        [("login", "Signed in"), ("link", "By the mailed link")],
        "How it was signed",
        readonly=True,
        copy=False,
    )
    state = fields.Selection(
        [
            ("draft", "To sign"),
            ("signed", "Correction waits for the keeper"),
            ("current", "In force"),
            ("replaced", "No longer in force"),
        ],
        required=True,
        default="draft",
        readonly=True,
    )

    _one_draft = models.UniqueIndex(
        "(employee_id) WHERE state = 'draft'",
        "You have begun section 1 already: complete that one.",
    )
    _one_current = models.UniqueIndex(
        "(i9_id) WHERE state = 'current'", "Section 1 of this form is signed already."
    )

    @api.depends("employee_id.name", "state")
    def _compute_display_name(self):
        for section in self:
            section.display_name = self.env._(
                "Section 1 of %s", section.employee_id.name or ""
            )

    @api.depends("has_preparer", "wording")
    def _compute_attests(self):
        for section in self:
            words = section.wording or self._wording(section.has_preparer)
            section.attests = words

    @api.depends("ssn")
    def _compute_ssn_masked(self):
        for section in self:
            section.ssn_masked = masked(section.ssn or "") or False

    @api.depends_context("uid")
    def _compute_ssn_new(self):
        self.ssn_new = False

    def _inverse_ssn_new(self):
        for section in self:
            if not section.ssn_new:
                continue
            if section.state != "draft":
                raise UserError(
                    self.env._("Section 1 is signed: begin another to correct it.")
                )
            number = ssn_text(section.ssn_new)
            if not number:
                raise ValidationError(
                    self.env._(
                        "This is no Social Security number: nine digits as on the card."
                    )
                )
            # sudo: the number is nobody's to read; who may write the draft may set it
            section.sudo().ssn = number

    def _birth_values(self, vals):
        """The form it belongs to is found by who writes, never told by them."""
        if self._is_program():
            return {}
        # sudo: a person has no right on the form itself, only on their own section
        forms = self.env["medical.people.i9"].sudo()
        form = forms._medical_standing_of(self.env.user.employee_id)
        if not form:
            raise UserError(
                self.env._(
                    "No Form I-9 is begun for you. Ask HR, who begins it once you have "
                    "accepted the job."
                )
            )
        return {"i9_id": form.id}

    # ------------------------------------------------------------------------ signing

    @api.model
    def _wording(self, has_preparer=False):
        """The words that are attested: of the form, edition of ``EDITION``."""
        words = self.env._(
            "I am aware that federal law provides for imprisonment and/or fines for false "
            "statements, or the use of false documents, in connection with the completion "
            "of this form. I attest, under penalty of perjury, that this information, "
            "including my selection of the box attesting to my citizenship or immigration "
            "status, is true and correct."
        )
        if not has_preparer:
            return words
        helper = self.env._(
            "The preparer or translator attests, under penalty of perjury, to have "
            "assisted in the completion of Section 1 of this form and that to the best of "
            "their knowledge the information is true and correct."
        )
        return f"{words}\n\n{helper}"

    def action_sign(self):
        """Sign one's own Section 1.

        :raises AccessError: it is somebody else's
        :raises UserError: something is missing, or it is signed already
        """
        self._check_caller("core_group_staff")
        for section in self:
            if section.employee_id.user_id != self.env.user:
                raise AccessError(
                    self.env._("Only the person signs section 1 of Form I-9.")
                )
            # sudo: a person has no right on the form itself, and the step is the program's
            section.sudo()._sign("login")

    def action_correct(self):
        """Begin another Section 1 to correct one's own.

        :raises AccessError: it is somebody else's
        """
        self.ensure_one()
        self._check_caller("core_group_staff")
        self.check_access("read")
        if self.employee_id.user_id != self.env.user:
            raise AccessError(
                self.env._("Only the person corrects section 1 of Form I-9.")
            )
        begun = self.search(
            [("employee_id", "=", self.employee_id.id), ("state", "=", "draft")]
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": (begun or self.copy()).id,
            "views": [(False, "form")],
        }

    def _sign(self, way):
        """Sign as the program, for who was found to be the person. Called as superuser.

        :raises UserError: something is missing, the form is void or this is signed
        """
        self.ensure_one()
        form = self.i9_id
        form.lock_for_update()
        form.invalidate_recordset(["state"])
        self._check_complete()
        if form.state == "void":
            raise UserError(
                self.env._("This Form I-9 was taken back. Ask HR to begin a new one.")
            )
        values = {
            "wording": self._wording(self.has_preparer),
            "edition": EDITION,
            "signed_at": fields.Datetime.now(),
            "way": way,
        }
        self._pen().write(values)
        self._pen().digest = sha256(self._signed_text())
        waits = form.section_ids.filtered(lambda one: one.state == "signed")
        waits._program_step("replaced")
        if form.state == "complete":
            # the keeper has examined documents by what was attested before
            self._program_step("signed")
        else:
            self._take()
        self.flush_recordset()

    def _take(self):
        """Put it in force: the form follows what is attested."""
        form = self.i9_id
        before = form.section_ids.filtered(lambda one: one.state == "current")
        before._program_step("replaced")
        # one is in force at a time, in the table, too
        before.flush_recordset(["state"])
        self._program_step("current")
        form._pen().write(
            {
                "attestation": self.attestation,
                "authorized_until": self.attestation == "authorized"
                and self.authorized_until,
                "section_1_on": self._signed_on(),
            }
        )
        if form.state == "open":
            form._program_step("section_1")

    def _signed_on(self):
        """The practice's day of the signature; of a correction, of the first one."""
        signed = self.i9_id.section_ids.filtered("signed_at")
        day = self.company_id._medical_day(min(signed.mapped("signed_at")))
        paper = self.i9_id.section_1_paper and self.i9_id.section_1_on
        return min(paper, day) if paper else day

    def _check_complete(self):
        today = self.company_id._medical_today()
        given = {name: self[name] for name in ANSWERS}
        codes = problems(given, today, self.i9_id.first_day)
        signed_before = self.i9_id.state != "open"
        if signed_before and not (self.correction or "").strip():
            codes.append("correction")
        if len((self.signed_as or "").split()) < 2:
            codes.append("signed_as")
        if self.has_preparer and len((self.preparer_signed_as or "").split()) < 2:
            codes.append("preparer_signed_as")
        if codes:
            raise UserError(
                self.env._(
                    "Section 1 is not complete. Look at: %s.",
                    ", ".join(dict.fromkeys(self._problem_words(c) for c in codes)),
                )
            )

    def _problem_words(self, code):
        words = {
            "papers": self.env._("one number: USCIS, Form I-94 or foreign passport"),
            "ended": self.env._("the authorization ends before the first day of work"),
            "attestation": self.env._("citizenship or immigration status"),
        }
        return words.get(code) or self._fields[code]._description_string(self.env)

    def _signed_text(self):
        """What was signed, as one text: the answers, the words, the name, the time."""
        rest = ("ssn", "signed_as", "preparer_signed_as", "edition", "wording", "way")
        values = {name: self[name] for name in (*ANSWERS, *rest)}
        for name in ("state_id", "passport_country_id"):
            values[name] = self[name].code
        values["signed_at"] = fields.Datetime.to_string(self.signed_at)
        return "\n".join(f"{name}={value or ''}" for name, value in values.items())

    def _step_out(self):
        """Take out of force what stands, with its form."""
        standing = self.filtered(lambda one: one.state in ("signed", "current"))
        standing._program_step("replaced")

    # -------------------------------------------------------------------- the keeper

    def action_take(self):
        """The keeper has looked at a correction of a complete form: it is in force.

        :raises AccessError: it is the keeper's own
        """
        self._check_caller(*KEEPERS)
        self.check_access("read")
        for section in self:
            if section.employee_id.user_id == self.env.user:
                raise AccessError(
                    self.env._("Another keeper has to look at your own correction.")
                )
            section._check_step(section.state, "current", None, is_program=False)
            # sudo: the section is the person's; the keeper's role was checked above
            section.sudo()._take()

    def action_show_ssn(self):
        """Show the Social Security number once, and keep who looked."""
        self.ensure_one()
        self._check_caller(*KEEPERS)
        self.check_access("read")
        self.env["medical.core.opened"]._log(
            self, self.env._("Social Security number"), self.ssn_masked
        )
        # sudo: shown on purpose, logged on the line before
        number = self.sudo().ssn or self.env._("none entered")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("SSN of %s", self.employee_id.name),
                "message": number,
                "sticky": False,
            },
        }

    @api.model
    def _given_answers(self, post):
        """{field: value} of a form sent by a visitor: texts as they are, no more.

        :raises UserError: what is no day, no choice or no place of the list
        """
        values = {}
        for name in ANSWERS:
            text = storable(post.get(name)).strip()[:200]
            field = self._fields[name]
            if field.type == "boolean":
                values[name] = bool(text)
            elif field.type == "date":
                values[name] = self._given_day(name, text)
            elif field.type == "many2one":
                values[name] = self._given_place(field, text)
            elif field.type == "selection" and text not in labels_of(self, name):
                values[name] = False
            else:
                values[name] = text or False
        return values

    def _given_day(self, name, text):
        try:
            return fields.Date.to_date(text) or False if text else False
        except ValueError:
            raise UserError(
                self.env._("Enter %s as a day.", self._problem_words(name))
            ) from None

    def _given_place(self, field, text):
        # sudo: the names of states and countries are no secret
        places = self.env[field.comodel_name].sudo()
        known = text.isdecimal() and len(text) < 7
        return (known and places.browse(int(text)).exists().id) or False
