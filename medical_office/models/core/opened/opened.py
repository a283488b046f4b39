"""Who opened what is sensitive, and when: a number shown, a file read."""

from odoo import api, fields, models


class CoreOpened(models.Model):
    """A trace that nobody edits; one row for each record that was shown."""

    _name = "medical.core.opened"
    _description = "Sensitive Data Access"
    _inherit = ["medical.core.guard"]
    _order = "id desc"

    _deletable_in = frozenset()

    user_id = fields.Many2one("res.users", required=True, readonly=True, index=True)
    at = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    res_model = fields.Char("Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        "Record", model_field="res_model", required=True, readonly=True
    )
    employee_id = fields.Many2one("hr.employee", readonly=True, index="btree_not_null")
    company_id = fields.Many2one("res.company", readonly=True, index=True)
    what = fields.Char(required=True, readonly=True)
    detail = fields.Char(readonly=True)

    _record = models.Index("(res_model, res_id)")

    @api.model
    def _log(self, records, what, detail="", employee_field="employee_id"):
        """Note that the calling user was shown something of these records.

        :param records: what was opened; one row each, written together
        :param what: what was shown, translated, such as “Account number”
        :param detail: such as the last four digits; never the number itself
        :param employee_field: the field that names whose data it is; for people
            themselves it is left out
        """
        # sudo: nobody has the right to write this trace but the act of looking itself
        self.sudo()._pen().create(
            [
                self._row(record, what, detail, employee_field)
                for record in records.sudo()
            ]
        )

    @api.model
    def _row(self, record, what, detail, employee_field):
        if record._name == "hr.employee":
            employee = record
        else:
            employee = (
                record[employee_field] if employee_field in record._fields else None
            )
        company = record["company_id"] if "company_id" in record._fields else None
        return {
            "user_id": self.env.uid,
            "res_model": record._name,
            "res_id": record.id,
            "employee_id": employee.id if employee else False,
            "company_id": (company or self.env.company).id,
            "what": what,
            "detail": detail or "",
        }
