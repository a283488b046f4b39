"""What the people's part says of a credential type: its number, term and reminders."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

NUMBER_RULES = [
    ("none", "Not checked"),
    ("npi", "NPI: ten digits, check digit"),
    ("dea", "DEA: letters, check digit"),
    ("clia", "CLIA: two digits, D, seven digits"),
    ("license", "As the state's board writes it"),
]
CATEGORIES = [
    ("license", "License"),
    ("registration", "Registration"),
    ("certification", "Certification"),
    ("life_support", "Life support"),
    ("health", "Immunization or health screening"),
    ("management", "Management certificate"),
    ("insurance", "Insurance"),
    ("permit", "Permit of the practice"),
]


class CoreCredentialType(models.Model):
    _inherit = "medical.core.credential.type"

    category = fields.Selection(CATEGORIES, index=True)
    number_rule = fields.Selection(
        NUMBER_RULES, "Number is checked as", required=True, default="none"
    )
    proof_required = fields.Boolean(
        "Proof needed",
        help="It is verified only with a file that shows what the issuer said.",
    )
    is_health = fields.Boolean(
        "Health information",
        help="Heads of departments do not see it (29 CFR 1630.14: kept apart).",
    )
    term_months = fields.Integer(
        "Term in months", aggregator=None, help="How long a new one lasts; 0: not set."
    )
    term_to_month_end = fields.Boolean("Ends with a month")
    manager_lead_days = fields.Integer(
        "Manager is told days ahead",
        default=30,
        aggregator=None,
        help="The person is reminded by the days ahead, the manager by these.",
    )

    def _medical_used_by(self):
        return [
            *super()._medical_used_by(),
            (
                "medical.people.requirement",
                "type_ids",
                [],
                self.env._("requirements that ask for it: %(count)s; end them first."),
            ),
        ]

    @api.constrains("term_months", "manager_lead_days")
    def _check_days(self):
        for kind in self:
            if kind.term_months < 0 or kind.manager_lead_days < 0:
                raise ValidationError(
                    self.env._("%s: months and days cannot be negative.", kind.name)
                )
