"""Where a shipped rule was read: in its text, or at second hand."""

from odoo import fields, models


class PeopleSourced(models.AbstractModel):
    """Mixin of rules of which some are shipped and the rest a practice enters."""

    _name = "medical.people.sourced"
    _description = "Rule with Its Source"

    status = fields.Selection(
        [
            ("own", "Entered by the practice"),
            ("text", "Read in the rule"),
            ("second", "Second-hand"),
        ],
        required=True,
        readonly=True,
        default="own",
        help="Where it was taken from when it was shipped.",
    )
    text_as_of = fields.Date(
        "Text Current To",
        readonly=True,
        help="The day up to which the text that was read is current; empty where it does "
        "not say.",
    )
