"""Self-service: what a person asks to change about themselves; an officer releases it."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ....engine.core.labels import labels_of
from ....models.core.mixins.decidable import Waiting
from ....models.core.mixins.guard import ALL

OFFICERS = ("core_group_hr", "core_group_payroll", "core_group_manager")
# what a change of a type writes on the person: field of the request -> field there
ADDRESS = {
    "street": "private_street",
    "city": "private_city",
    "state_id": "private_state_id",
    "zip": "private_zip",
}
CONTACT = {"contact": "emergency_contact", "phone": "emergency_phone"}
REACH = {"phone": "private_phone", "email": "private_email"}
WRITES = {"address": ADDRESS, "emergency": CONTACT, "reach": REACH}


class PeopleChange(models.Model):
    """Nothing is written until somebody else says yes; then it is written once."""

    _name = "medical.people.change"
    _description = "Change Request"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "id desc"

    _transitions = {
        ("draft", "asked"): "core_group_staff",
        ("asked", "draft"): ("core_group_staff",),
        ("asked", "done"): OFFICERS,
        ("asked", "refused"): OFFICERS,
    }
    _segregated = {"done": ("user_id", "create_uid"), "refused": ("user_id",)}
    _reason_required = frozenset({"refused"})
    _reason_methods = frozenset({"action_refuse"})
    _decisions = {
        "asked": Waiting("action_release", "action_refuse", to="done", days=3)
    }
    _decision_domain = "people"
    _born_fields = frozenset({"kind"})
    _locked = dict.fromkeys(("asked", "done", "refused"), ALL)
    _deletable_in = frozenset({"draft"})

    employee_id = fields.Many2one(
        "hr.employee",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.user.employee_id,
    )
    user_id = fields.Many2one(
        related="employee_id.user_id", string="Login", store=True, index=True
    )
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True
    )
    kind = fields.Selection(
        [
            ("address", "Home address"),
            ("emergency", "Emergency contact"),
            ("reach", "Private phone and email"),
        ],
        "What changes",
        required=True,
        default="address",
    )
    street = fields.Char()
    city = fields.Char()
    state_id = fields.Many2one(
        "res.country.state", "US state", domain="[('country_id.code', '=', 'US')]"
    )
    zip = fields.Char("ZIP")
    contact = fields.Char("Name of the contact")
    phone = fields.Char()
    email = fields.Char()
    note = fields.Char()
    before = fields.Char(readonly=True, copy=False)
    released_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    released_at = fields.Datetime(readonly=True, copy=False)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("asked", "Waits for release"),
            ("done", "Released"),
            ("refused", "Refused"),
        ],
        required=True,
        default="draft",
        readonly=True,
    )

    @api.depends("employee_id.name", "kind")
    def _compute_display_name(self):
        labels = labels_of(self, "kind")
        for change in self:
            change.display_name = self.env._(
                "%(who)s: %(what)s",
                who=change.employee_id.name or "",
                what=labels.get(change.kind, ""),
            )

    def _medical_given(self):
        """{field of the request: value} of what the person gave. Hook of other types.

        :raises UserError: something that belongs to the change is empty
        """
        self.ensure_one()
        names = WRITES.get(self.kind, {})
        empty = [name for name in names if not self[name]]
        if empty:
            raise UserError(
                self.env._(
                    "%(what)s: fill in %(fields)s.",
                    what=self.display_name,
                    fields=", ".join(
                        self._fields[name]._description_string(self.env)
                        for name in empty
                    ),
                )
            )
        return {name: self[name] for name in names}

    def action_ask(self):
        """Send it to HR.

        :raises UserError: something is empty
        :raises AccessError: it is about somebody else
        """
        self._check_caller("core_group_staff")
        for change in self:
            if change.user_id != self.env.user:
                raise AccessError(
                    self.env._("You can ask for changes of your own data only.")
                )
            change._medical_given()
        self._move_to("asked")

    def action_take_back(self):
        """Take it back before it is released."""
        self._check_caller("core_group_staff")
        if self.user_id != self.env.user:
            raise AccessError(self.env._("Only who asked takes a request back."))
        self._move_to("draft")

    def action_release(self):
        """Write it, as asked; what stood there before is kept with the request."""
        self._check_caller(*OFFICERS)
        self._move_to("done")

    def action_refuse(self, reason):
        """Leave everything as it is."""
        self._check_caller(*OFFICERS)
        self._move_to("refused", reason)

    def _before_done(self):
        for change in self:
            change._medical_apply(change._medical_given())
        # sudo: what was released settles the papers that ask for it, at once
        self.sudo().employee_id._medical_follow_papers()

    def _medical_apply(self, given):
        """Write what was asked on the person. Hook of other types.

        :param given: values of ``_medical_given``
        """
        names = WRITES[self.kind]
        # sudo: the officer's role was checked by the step; the field may be payroll's
        person = self.sudo().employee_id
        before = [
            str(person[field].display_name if field.endswith("_id") else person[field])
            for field in names.values()
            if person[field]
        ]
        values = {
            field: given[name].id if name.endswith("_id") else given[name]
            for name, field in names.items()
        }
        self._pen().before = ", ".join(before) or False
        person.write(values)

    def _state_values(self, state, reason):
        if state == "done":
            return {
                "released_by_id": self.env.uid,
                "released_at": fields.Datetime.now(),
            }
        return {}
