"""Import a supply catalog: a dry run first, then everything or nothing."""

from odoo import fields, models
from odoo.exceptions import UserError

from ...models.core.mixins.listing import shown
from ...tools.supply.item.catalog import COLUMNS

MOST_CHANGES = 500  # lines that the dry run shows


class SupplyCatalogWizard(models.TransientModel):
    _name = "medical.supply.catalog.wizard"
    _inherit = "medical.core.file.wizard"
    _description = "Import a Supply Catalog"

    source = fields.Selection(
        [("starter", "The starter catalog"), ("file", "A file (CSV)")],
        default="starter",
        required=True,
    )
    checked = fields.Boolean(readonly=True)
    problems = fields.Text(readonly=True)
    new_count = fields.Integer(string="New Items", readonly=True)
    known_count = fields.Integer(string="Updated Items", readonly=True)
    vendor_count = fields.Integer(string="Vendor Rows", readonly=True)
    changes = fields.Text("What Changes", readonly=True)

    def _content(self):
        self.ensure_one()
        if self.source == "starter":
            return self.env["medical.supply.catalog"]._starter()
        return self._data()

    def action_check(self):
        """Dry run: say what would be written and what is wrong; nothing is changed."""
        self.check_access("write")
        catalog = self.env["medical.supply.catalog"]
        items, known, problems = catalog._plan(self._content())
        changes = [] if self.source == "starter" else catalog._changes(items, known)
        self.write(
            {
                "checked": True,
                "problems": self._listed(problems),
                "new_count": sum(item.code not in known for item in items),
                "known_count": sum(item.code in known for item in items),
                "vendor_count": sum(len(item.vendors) for item in items),
                "changes": "\n".join(shown(self.env, changes, MOST_CHANGES)),
            }
        )
        return self._again(self.env._("Import a Supply Catalog"))

    def action_import(self):
        """Write the catalog.

        :raises UserError: something is wrong; the message lists everything
        """
        self.check_access("write")
        catalog = self.env["medical.supply.catalog"]
        items, _known, problems = catalog._plan(self._content())
        if problems:
            raise UserError(self._listed(problems))
        # generic items and example prices never change what the practice set itself
        templates = catalog._write(items, update=self.source != "starter")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.supply_item_action"
        )
        return action | {"domain": [("id", "in", templates.ids)]}

    def action_template(self):
        """Download an empty file with the columns that are understood."""
        self.check_access("read")
        return self._download("catalog.csv", COLUMNS)
