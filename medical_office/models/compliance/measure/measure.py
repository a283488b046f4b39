"""The registry of measures: what is counted as evidence, by which method."""

from typing import Any, NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ....tools.compliance.audit import named
from ...core.evidence.evidence import Measure

METHOD = "_medical_measure_"
SETTINGS = (
    "active", "limit", "checklist_ids", "type_ids", "training_ids", "group_ids",
)  # fmt: skip


class Period(NamedTuple):
    """What a measure speaks of.

    :param first, last: days, both included, on the company's clock
    :param company: ``res.company``, one record
    :param site: ``stock.warehouse``, or an empty record for the whole practice
    """

    first: Any
    last: Any
    company: Any
    site: Any

    def moments(self):
        """Begin of the first day and end of the last, as naive UTC."""
        return self.company._medical_moments(self.first, self.last)

    def at_site(self, path):
        """A domain: what is at the site of the audit, or anywhere without one.

        :param path: the site of a record, such as ``location_id.medical_site_id``
        """
        return [(path, "=", self.site.id)] if self.site else []

    def at_site_or_all(self, path):
        """The same, with what is of the practice as a whole."""
        return [(path, "in", (self.site.id, False))] if self.site else []

    def day_of(self, moment):
        """The day of a naive UTC moment on the company's clock."""
        return self.company._medical_day(moment)


class ComplianceMeasure(models.Model):
    """A measure says “50 of 52” with the gaps named; the auditor judges.

    Its method ``_medical_measure_<name>`` takes the measure and a :class:`Period` and
    returns core's :class:`Measure`, or raises a sentence with the remedy where there is
    nothing to count: silence is not proof. It runs as the system.
    """

    _name = "medical.compliance.measure"
    _description = "Evidence Measure"
    _inherit = ["mail.thread", "medical.core.shared", "medical.core.guard"]
    _shared_birth = True
    _order = "sequence, name, id"
    _editors = {"*": "base.group_system", **dict.fromkeys(SETTINGS)}

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="The word by which library files name it.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, tracking=True)
    description = fields.Text(translate=True, help="What is counted, and of what.")
    model_name = fields.Char(
        "Model", required=True, default="medical.compliance.measure"
    )
    method = fields.Char(required=True)
    limit = fields.Float(
        tracking=True,
        help="What the practice asks for, such as minutes.",
        aggregator=None,
    )
    checklist_ids = fields.Many2many(
        "medical.core.checklist",
        "medical_compliance_measure_checklist_rel",
        "measure_id",
        "checklist_id",
        string="Rounds of",
        help="Whose rounds are counted. Empty where it counts rounds: all but audits.",
    )
    type_ids = fields.Many2many(
        "medical.core.credential.type",
        "medical_compliance_measure_type_rel",
        "measure_id",
        "type_id",
        string="Credentials",
        help="Which credentials are counted.",
    )
    training_ids = fields.Many2many(
        "medical.compliance.training",
        "medical_compliance_measure_training_rel",
        "measure_id",
        "training_id",
        string="Trainings",
        help="Which trainings are counted. Empty: all that are asked of people.",
    )
    group_ids = fields.Many2many(
        "res.groups",
        "medical_compliance_measure_group_rel",
        "measure_id",
        "group_id",
        string="Roles expected",
        domain=lambda self: self.env["medical.core.text"]._role_domain(),
        help="Roles that are expected to have access.",
    )
    check_id = fields.Many2one(
        "medical.core.check",
        ondelete="restrict",
        help="A register check whose exceptions over the period are the evidence.",
    )
    item_count = fields.Integer("Items", compute="_compute_item_count")

    _code_once = models.UniqueIndex(
        "(code)", "There is a measure with this code already."
    )

    def _compute_item_count(self):
        counts = dict(
            self.env["medical.core.checklist.item"]._read_group(
                [("measure_id", "in", self.ids)], ["measure_id"], ["__count"]
            )
        )
        for measure in self:
            measure.item_count = counts.get(measure, 0)

    @api.constrains("method", "model_name")
    def _check_method(self):
        for measure in self:
            model = self.env.get(measure.model_name)
            known = model is not None and hasattr(model, measure.method)
            if not (known and measure.method.startswith(METHOD)):
                raise ValidationError(
                    self.env._(
                        "“%(measure)s”: the model %(model)s has no method %(method)s. "
                        "A measure's method begins with %(begin)s.",
                        measure=measure.name,
                        model=measure.model_name,
                        method=measure.method,
                        begin=METHOD,
                    )
                )

    def _count(self, period):
        """Ask the measure.

        :param period: :class:`Period`
        :return: core's :class:`Measure`
        :raises UserError: nothing to count, with the remedy
        """
        self.ensure_one()
        if not self.active:
            raise UserError(
                self.env._(
                    "The measure “%s” is turned off. Turn it on under Configuration, "
                    "Evidence Measures, or bring a file as evidence.",
                    self.name,
                )
            )
        # sudo: an auditor reads the count, not the records behind it
        measure = self.sudo().with_context(
            allowed_company_ids=period.company.ids, active_test=True
        )
        # sudo: as above
        period = period._replace(company=period.company.sudo(), site=period.site.sudo())
        model = measure.env[self.model_name]
        found = getattr(model, self.method)(measure, period)
        return found._replace(looked_at=int(found.looked_at), found=int(found.found))

    @api.model
    def _medical_measure_check(self, measure, period):
        """The exceptions of a register check that were open in the period."""
        if not measure.check_id:
            raise UserError(
                self.env._(
                    "“%s” has no register check to ask. Choose one.", measure.name
                )
            )
        return measure.check_id._measure(period.first, period.last, period.company)

    @api.model
    def _gaps(self, looked_at, gaps, note=""):
        """A :class:`Measure` of named gaps.

        :param gaps: texts, one for each that is not in order
        :param note: a sentence above them
        """
        parts = [part for part in (note, named(len(gaps), gaps)) if part]
        return Measure(looked_at, len(gaps), "\n".join(parts))
