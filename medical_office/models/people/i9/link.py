"""A link by which a new hire without a login completes Section 1 of Form I-9."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ....engine.core.labels import labels_of
from ....tools.people.i9.section import EDITION
from ....tools.plaintext import storable


class PeopleI9Link(models.Model):
    """Opens an empty form: what was entered before is never shown."""

    _name = "medical.people.i9.link"
    _description = "Section 1 Link"
    _inherit = ["medical.people.link"]

    i9_id = fields.Many2one("medical.people.i9", readonly=True, required=True)
    signed_at = fields.Datetime(readonly=True)

    @api.depends("employee_id.name")
    def _compute_display_name(self):
        for link in self:
            link.display_name = self.env._(
                "Section 1 asked of %s", link.employee_id.name or ""
            )

    @api.model
    def _send(self, form):
        """Mail the person of one form the link to Section 1.

        :raises UserError: the form is void, or there is no address
        """
        form.ensure_one()
        if form.state == "void":
            raise UserError(self.env._("This form is void: begin a new one first."))
        person = form.employee_id
        return self._mail(
            person,
            "i9",
            self.env._("Form I-9 for %s", person.company_id.name),
            self.env._(
                "Hello,\n\n%(practice)s asks you to complete section 1 of Form I-9, no "
                "later than your first day of work. Do it here within %(days)s days:\n"
                "%(url)s\n\nNobody else should get this link."
            ),
            {"i9_id": form.id},
        )

    def _signed_on(self):
        """The practice's day of the signature, as people write it; "" before."""
        if not self.signed_at:
            return ""
        return format_date(self.env, self.company_id._medical_day(self.signed_at))

    def _page_choices(self):
        """What the page offers to choose from, and the words to attest."""
        # sudo: the names of states and countries are no secret
        env = self.sudo().env
        states = env["res.country.state"].search([("country_id.code", "=", "US")])
        sections = env["medical.people.i9.section"]
        return {
            "states": [(str(one.id), one.name) for one in states],
            "countries": [
                (str(one.id), one.name) for one in env["res.country"].search([])
            ],
            "statuses": [*labels_of(sections, "attestation").items()],
            "wording": sections._wording(),
            "edition": EDITION,
            "corrects": self.i9_id.state != "open",
        }

    def _answer(self, post):
        """Take Section 1 from the page. Called as superuser.

        :param post: what the form sent
        :raises UserError: something is missing or wrong
        """
        self.ensure_one()
        sections = self.env["medical.people.i9.section"]._pen()
        names = ("signed_as", "preparer_signed_as")
        values = {
            **sections._given_answers(post),
            **{name: storable(post.get(name)).strip()[:128] for name in names},
            "i9_id": self.i9_id.id,
            "employee_id": self.employee_id.id,
        }
        number = storable(post.get("ssn")).strip()[:20]
        if not storable(post.get("is_true")):
            raise UserError(
                self.env._("Read the words above your name and check them.")
            )
        # what the person began as a user gives way to what is signed here
        standing = [("employee_id", "=", self.employee_id.id), ("state", "=", "draft")]
        sections.search(standing).unlink()
        section = sections.create(values)
        if number:
            section.ssn_new = number
        section._sign("link")
        self._pen().write({"signed_at": section.signed_at})
