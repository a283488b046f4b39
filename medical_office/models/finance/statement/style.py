"""A percentage is compared with a percentage, not with nothing."""

from odoo import models

from odoo.addons.mis_builder.models.accounting_none import AccountingNone
from odoo.addons.mis_builder.models.mis_report_style import TYPE_NUM, TYPE_PCT


class MisReportStyle(models.Model):
    _inherit = "mis.report.style"

    def compare_and_render(
        self, lang, style_props, var_type, compare_method, value, base_value, *averages
    ):
        """Without one of two shares there is no difference: the host takes what is missing
        for 0 % and shows the other one as points gained. Sums against nothing stay empty
        there already."""
        # by identity: the host's "none" equals 0, which is a share like any other
        missing = [
            each is None or each is AccountingNone for each in (value, base_value)
        ]
        if var_type == TYPE_PCT and any(missing):
            return AccountingNone, "", style_props.copy(), TYPE_NUM
        return super().compare_and_render(
            lang, style_props, var_type, compare_method, value, base_value, *averages
        )
