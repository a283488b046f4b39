"""A provider with a payer at a site for a line of business: from planned to terminated."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ....engine.payer.held import covered_query
from ....models.core.mixins.guard import AllBut
from ....tools.npi import npi_is_valid
from ....tools.payer.enroll.lead import plan

KEEPERS = ("core_group_hr", "core_group_manager")
STATES = [
    ("planned", "Planned"),
    ("gathering", "Gathering"),
    ("submitted", "Submitted"),
    ("in_review", "In review"),
    ("returned", "Returned"),
    ("effective", "Effective"),
    ("terminated", "Terminated"),
]
PENDING = ("planned", "gathering", "submitted", "in_review", "returned")
MOST_DAYS = 3650
FIRST_YEAR = 1950
ALWAYS = frozenset({"user_id", "next_touch", "note", "visits_week", "payment_visit"})


class PayerEnrollment(models.Model):
    """Whether claims of a provider are paid by a payer, from when to when.

    A termination ends it; coming back is a new enrollment.
    """

    _name = "medical.payer.enrollment"
    _description = "Payer Enrollment"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "date_needed, id"

    _transitions = {
        ("planned", "gathering"): KEEPERS,
        ("gathering", "submitted"): KEEPERS,
        ("submitted", "in_review"): KEEPERS,
        ("submitted", "returned"): KEEPERS,
        ("in_review", "returned"): KEEPERS,
        ("returned", "submitted"): KEEPERS,
        ("submitted", "effective"): KEEPERS,
        ("in_review", "effective"): KEEPERS,
        ("effective", "terminated"): KEEPERS,
        **{(state, "terminated"): KEEPERS for state in PENDING},
    }
    _reason_required = frozenset({"returned", "terminated"})
    _reason_methods = frozenset({"action_return", "action_terminate"})
    _editors = {"*": KEEPERS}
    _born_fields = frozenset({"provider_id", "payer_id", "site_id", "line_id"})
    _locked = {
        "effective": AllBut(ALWAYS | {"date_terminated", "number"}),
        "terminated": AllBut({"note"}),
    }
    _deletable_in = frozenset({"planned"})

    provider_id = fields.Many2one(
        "hr.employee", required=True, index=True, ondelete="restrict"
    )
    # kept with the record, so that it sorts and reads the same for whoever sees it
    provider_name = fields.Char(
        related="provider_id.name", store=True, string="Provider's name"
    )
    payer_id = fields.Many2one(
        "medical.payer.payer",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    site_id = fields.Many2one(
        "stock.warehouse",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('medical_is_site', '=', True)]",
    )
    line_id = fields.Many2one(
        "medical.payer.line",
        "Line of business",
        required=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        related="payer_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        STATES,
        "Status",
        required=True,
        default="planned",
        readonly=True,
        index=True,
        copy=False,
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        default=lambda self: self.env.user,
        index="btree_not_null",
        tracking=True,
    )
    npi = fields.Char(
        "NPI",
        compute="_compute_npi",
        store=True,
        readonly=False,
        precompute=True,
        help="National Provider Identifier. Proposed from the provider's credentials.",
    )
    application_ref = fields.Char(
        "Reference", tracking=True, help="Number that the payer gave the application."
    )
    number = fields.Char(
        "Number with the payer",
        tracking=True,
        copy=False,
        help="The provider's number with this payer, once it is effective.",
    )
    date_needed = fields.Date(
        "Needed from",
        required=True,
        tracking=True,
        default=fields.Date.context_today,
        help="The day from which visits with this payer's patients are to be billed.",
    )
    date_start = fields.Date(
        "Start by",
        compute="_compute_plan",
        store=True,
        help="Counted back from the day it is needed, by the payer's usual days.",
    )
    date_submit = fields.Date("Submit by", compute="_compute_plan", store=True)
    submitted_on = fields.Date("Submitted on", readonly=True, copy=False, tracking=True)
    date_effective = fields.Date("Effective from", copy=False, tracking=True)
    date_terminated = fields.Date("Terminated on", copy=False, tracking=True)
    next_touch = fields.Date("Next follow-up", tracking=True, copy=False)
    visits_week = fields.Float(
        "Visits per week",
        digits=(8, 2),
        aggregator="sum",
        help="Expected visits with this payer's patients while it is pending.",
    )
    payment_visit = fields.Monetary("Payment per visit", aggregator=None)
    claims = fields.Selection(
        [("held", "Hold claims"), ("released", "Released")],
        required=True,
        default="held",
        readonly=True,
        tracking=True,
        copy=False,
        help="Claims are held until the enrollment is effective and somebody releases "
        "them.",
    )
    is_covered = fields.Boolean(
        "Effective meanwhile",
        compute="_compute_is_covered",
        search="_search_is_covered",
        help="Another enrollment of the same provider, payer, site and line of business "
        "is effective today: this one holds no claims and no money.",
    )
    note = fields.Text()
    touch_ids = fields.One2many("medical.payer.touch", "enrollment_id", "Follow-ups")
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "medical_payer_enrollment_attachment_rel",
        string="Documents",
        copy=False,
        help="Go into the packet.",
    )

    _dates = models.Constraint(
        "CHECK (date_terminated IS NULL OR date_effective IS NULL "
        "OR date_terminated >= date_effective)",
        "The termination is before the start: enter a day on or after “Effective from”.",
    )
    _expected = models.Constraint(
        "CHECK (visits_week BETWEEN 0 AND 10000 AND payment_visit BETWEEN 0 AND 1000000)",
        "Visits per week are between 0 and 10,000, and a payment per visit is between 0 and "
        "1,000,000. Check the comma.",
    )
    _one_pending = models.UniqueIndex(
        "(provider_id, payer_id, site_id, line_id) "
        "WHERE state NOT IN ('effective', 'terminated')",
        "This provider has a pending enrollment with this payer, site and line of "
        "business already. Go on with that one.",
    )

    # ----------------------------------------------------------------------- values

    @api.depends("provider_id", "payer_id", "site_id", "line_id")
    def _compute_display_name(self):
        for enrollment in self:
            # sudo: a provider and a site are named, whoever follows the enrollment
            own = enrollment.sudo()
            enrollment.display_name = ", ".join(
                filter(
                    None,
                    [
                        own.provider_id.name,
                        own.payer_id.name,
                        own.site_id.name,
                        own.line_id.name,
                    ],
                )
            )

    @api.depends("provider_id")
    def _compute_npi(self):
        """The NPI among each provider's credentials; one query."""
        numbers = self._credential_numbers("npi")
        for enrollment in self:
            enrollment.npi = numbers.get(enrollment.provider_id._origin.id) or (
                enrollment.npi
            )

    @api.depends("date_needed", "payer_id.gather_days", "payer_id.review_days")
    def _compute_plan(self):
        for enrollment in self:
            payer = enrollment.payer_id
            if not enrollment.date_needed:
                enrollment.date_start = enrollment.date_submit = False
                continue
            # refused by the payer's own limits, which are looked at after this
            gather, review = (
                min(max(days, 0), MOST_DAYS)
                for days in (payer.gather_days, payer.review_days)
            )
            if enrollment.date_needed.year < FIRST_YEAR:
                raise ValidationError(
                    self.env._(
                        "Needed from: %s is long past. Check the year.",
                        format_date(self.env, enrollment.date_needed),
                    )
                )
            days = plan(enrollment.date_needed, gather, review)
            enrollment.date_start = days.start
            enrollment.date_submit = days.submit

    def _covered_today(self):
        """Ids of enrollments beside which another one is effective today, as SQL."""
        # the query looks at more than the fields that a search writes out
        self.flush_model()
        return covered_query(fields.Date.context_today(self))

    def _compute_is_covered(self):
        """One query for all of them."""
        covered = self.search([("id", "in", self.ids), ("is_covered", "=", True)])
        for enrollment in self:
            enrollment.is_covered = enrollment._origin in covered

    def _search_is_covered(self, operator, value):
        if operator != "in":
            return NotImplemented
        wanted = "in" if True in value else "not in"
        return [("id", wanted, self._covered_today())]

    @api.onchange("payer_id")
    def _onchange_payer_id(self):
        """Propose what is expected with this payer, and its line where it has one."""
        self.visits_week = self.payer_id.visits_week
        self.payment_visit = self.payer_id.payment_visit
        if len(self.payer_id.line_ids) == 1:
            self.line_id = self.payer_id.line_ids

    def _credential_numbers(self, *codes):
        """{employee id: number of the credential in force}, of types by code."""
        # sudo: a number that goes to the payer, whoever prepares the application
        people = self.sudo().provider_id._origin
        # sudo: as above
        credentials = self.env["medical.core.credential"].sudo()
        found = credentials.search(
            [
                ("type_id.code", "in", codes),
                ("user_id", "in", people.user_id.ids),
                ("state", "!=", "void"),
                ("number", "!=", False),
            ],
            order="date_from, id",
        )
        by_user = {credential.user_id.id: credential.number for credential in found}
        return {
            person.id: by_user[person.user_id.id]
            for person in people
            if person.user_id.id in by_user
        }

    def _license_numbers(self):
        """{employee id: number of the professional license}."""
        return self._credential_numbers(
            "license_md", "license_do", "license_np", "license_pa"
        )

    def _money_day(self):
        """What one day without this enrollment costs, as Decimal."""
        self.ensure_one()
        week = Decimal(str(self.visits_week)) * Decimal(str(self.payment_visit))
        return week / 7

    # ------------------------------------------------------------------ constraints

    @api.constrains("npi")
    def _check_npi(self):
        for enrollment in self.filtered("npi"):
            if not npi_is_valid(enrollment.npi):
                raise ValidationError(
                    self.env._(
                        "%(who)s, NPI: %(npi)s does not fit its check digit. Compare it "
                        "with the NPPES registry.",
                        who=enrollment.display_name,
                        npi=enrollment.npi,
                    )
                )

    @api.constrains("line_id", "payer_id")
    def _check_line(self):
        for enrollment in self:
            lines = enrollment.payer_id.line_ids
            if lines and enrollment.line_id not in lines:
                raise ValidationError(
                    self.env._(
                        "%(payer)s does not offer “%(line)s”. Choose one of its lines of "
                        "business, or add the line to the payer.",
                        payer=enrollment.payer_id.name,
                        line=enrollment.line_id.name,
                    )
                )

    @api.constrains("state", "date_effective", "date_terminated")
    def _check_overlap(self):
        """Effective spans of one provider, payer, site and line never overlap.

        One query for all of them.

        :raises UserError: naming both enrollments and their dates
        """
        in_force = self.filtered(
            lambda one: one.state in ("effective", "terminated") and one.date_effective
        )
        if not in_force:
            return
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT own.id, other.id
              FROM medical_payer_enrollment own
              JOIN medical_payer_enrollment other
                ON other.provider_id = own.provider_id
               AND other.payer_id = own.payer_id
               AND other.site_id = own.site_id
               AND other.line_id = own.line_id
               AND other.id != own.id
               AND other.state IN ('effective', 'terminated')
               AND other.date_effective
                   <= COALESCE(own.date_terminated, 'infinity'::date)
               AND own.date_effective
                   <= COALESCE(other.date_terminated, 'infinity'::date)
             WHERE own.id = ANY(%s)
             LIMIT 1
            """,
            [in_force.ids],
        )
        found = self.env.cr.fetchone()
        if found:
            own, other = self.browse(found[0]), self.browse(found[1])
            raise UserError(
                self.env._(
                    "%(who)s: effective from %(day)s overlaps with the enrollment that "
                    "is effective from %(start)s to %(end)s. Terminate that one first, "
                    "or enter a later day.",
                    who=own.display_name,
                    day=format_date(self.env, own.date_effective),
                    start=format_date(self.env, other.date_effective),
                    end=format_date(self.env, other.date_terminated)
                    or self.env._("further notice"),
                )
            )
