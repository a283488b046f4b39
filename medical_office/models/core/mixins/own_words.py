"""An upgrade leaves the words that people have given to what the addon brought."""

from odoo import models

MODULE = "medical_office"
# Of the host's records whose rest is the addon's to mend (formulas, codes, order), and which are
# loaded with each upgrade. What is people's altogether lies in noupdate instead.
WORDS = {
    "account.account.tag": ("name",),
    "hr.payroll.structure": ("name",),
    "hr.salary.rule": ("name",),
    "hr.salary.rule.category": ("name",),
    "mis.report": ("name", "description"),
    "mis.report.kpi": ("description",),
    "mis.report.style": ("name",),
}


class Base(models.AbstractModel):
    _inherit = "base"

    # the same of a model of ours: fields with people's words
    _own_words = ()

    def _load_records_write(self, values):
        """Of a record that is there already, an upgrade of ours writes no words."""
        words = WORDS.get(self._name) or self._own_words
        if words and self.env.context.get("install_module") == MODULE:
            values = {
                name: value for name, value in values.items() if name not in words
            }
        return super()._load_records_write(values)
