"""Import how people are paid: a dry run first, then everything or nothing."""

from odoo import fields, models
from odoo.exceptions import UserError

from ...engine.core.sentences import problem_sentence
from ...tools.payroll.ach.routing import routing_problem
from ...tools.payroll.books.payfile import PAY_COLUMNS, PAY_TEXTS, read_pay

PREPARE = "core_group_payroll"


class PayrollPayWizard(models.TransientModel):
    """For the first pay run here. Who was paid here already is not changed: that is a
    raise, which somebody else approves."""

    _name = "medical.payroll.pay.wizard"
    _inherit = "medical.core.file.wizard"
    _description = "Import Pay"

    file = fields.Binary("File (CSV)")
    schedule_id = fields.Many2one(
        "medical.payroll.schedule",
        "Pay Schedule",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env["medical.payroll.trial"]._default_schedule(),
        domain="[('company_id', '=', company_id)]",
    )
    company_id = fields.Many2one(
        "res.company", default=lambda self: self.env.company, ondelete="cascade"
    )
    checked = fields.Boolean(readonly=True)
    problems = fields.Text(readonly=True)
    people_count = fields.Integer("Employees", readonly=True)
    form_count = fields.Integer("New Forms W-4", readonly=True)
    account_count = fields.Integer("New Bank Accounts", readonly=True)

    def action_check(self):
        """Dry run: say what would be written and what is wrong; nothing is changed."""
        self._check()
        plan, problems = self._plan()
        self.write(
            {
                "checked": True,
                "problems": self._listed(problems),
                "people_count": len(plan),
                "form_count": sum(bool(one["w4"]) for one in plan),
                "account_count": sum(bool(one["account"]) for one in plan),
            }
        )
        return self._again(self.env._("Import Pay"))

    def action_import(self):
        """Write the file, all of it or nothing.

        :raises UserError: something is wrong; the message lists it
        """
        self._check()
        plan, problems = self._plan()
        if problems:
            raise UserError(self._listed(problems))
        for one in plan:
            one["person"].write(one["values"])
        self.env["medical.payroll.w4"].create([one["w4"] for one in plan if one["w4"]])
        self.env["medical.payroll.state.form"].create(
            [one["form"] for one in plan if one["form"]]
        )
        self.env["medical.payroll.account"].create(
            [one["account"] for one in plan if one["account"]]
        )
        people = self.env["hr.employee"].union(*(one["person"] for one in plan))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.payroll_employee_action"
        )
        return action | {"domain": [("id", "in", people.ids)], "context": {}}

    def action_template(self):
        """Download an empty file with the columns that are understood."""
        self._check()
        return self._download("pay.csv", PAY_COLUMNS)

    # ------------------------------------------------------------------------- plan

    def _check(self):
        self.env["medical.core.guard"]._check_caller(PREPARE)
        self.ensure_one()

    def _plan(self):
        """([what to write for each person], [sentences]); looked up for all at once."""
        table, errors = read_pay(self._data())
        problems = [
            (one.row, problem_sentence(self.env, one, PAY_TEXTS)) for one in errors
        ]
        people = self.env["hr.employee"].search(
            [("company_id", "=", self.env.company.id), ("work_email", "!=", False)]
        )
        by_email = {person.work_email.casefold(): person for person in people}
        today = fields.Date.context_today(self)
        known = {
            "paid": self.env["hr.payslip"]
            .search(
                [
                    ("employee_id", "in", people.ids),
                    ("state", "=", "done"),
                    ("medical_date_pay", "!=", False),
                ]
            )
            .employee_id,
            "w4": self.env["medical.payroll.w4"]._of(people, today).employee_id,
            "form": self.env["medical.payroll.state.form"]
            ._of(people, today)
            .employee_id,
            "account": self.env["medical.payroll.account"]
            .search([("employee_id", "in", people.ids)])
            .employee_id,
            "states": {s.code: s for s in self.env.ref("base.us").state_ids},
        }
        plan = []
        for row in table.rows:
            person = by_email.get(row.values["email"].casefold())
            wrong = self._row_problem(row, person, known)
            if wrong:
                problems.append((row.number, wrong))
            else:
                plan.append(self._row_plan(row, person, known))
        return plan, [text for _row, text in sorted(problems)]

    def _row_problem(self, row, person, known):
        _, values = self.env._, row.values
        state, routing = values.get("state"), values.get("routing")
        place = {"row": row.number}
        if not person:
            return _(
                "Row %(row)s, Work email: nobody here has “%(email)s”. Import the staff "
                "first, or correct it.",
                email=values["email"],
                **place,
            )
        if person in known["paid"]:
            return _(
                "Row %(row)s: %(who)s has been paid here. Enter a raise with its day, and "
                "have it approved.",
                who=person.name,
                **place,
            )
        if state and state.upper() not in known["states"]:
            return _(
                "Row %(row)s, Work state: “%(state)s” is not a state. Enter two letters "
                "(WI).",
                state=state,
                **place,
            )
        if routing and (wrong := routing_problem(routing)):
            return _("Row %(row)s, Routing number: %(why)s", why=wrong, **place)
        if bool(routing) != bool(values.get("account")):
            return _(
                "Row %(row)s, Account number: enter both the routing and the account "
                "number, or neither.",
                **place,
            )
        if not (values.get("first_day") or person.contract_date_start):
            return _(
                "Row %(row)s, First day: enter when %(who)s began to work here.",
                who=person.name,
                **place,
            )
        return ""

    def _row_plan(self, row, person, known):
        cells = row.values
        code = (cells.get("state") or "").upper()
        state = known["states"].get(code) or person.company_id.state_id
        first = cells.get("first_day") or person.contract_date_start
        structure = self.env.ref("medical_office.payroll_structure_us")
        values = {
            "wage": float(cells["wage"]),
            "medical_wage_per": cells["per"],
            "medical_flsa_exempt": cells["exempt"],
            "medical_schedule_id": self.schedule_id.id,
            "struct_id": structure.id,
        }
        if first and first != person.contract_date_start:
            values["contract_date_start"] = first
        if code:
            values["medical_work_state_id"] = state.id
        if cells.get("birthday"):
            values["birthday"] = cells["birthday"]
        if cells.get("ssn"):
            values["medical_ssn_new"] = cells["ssn"]
        filing = cells.get("filing")
        form = {"employee_id": person.id, "date_from": first}
        return {
            "person": person,
            "values": values,
            "w4": filing
            and person not in known["w4"]
            and {
                **form,
                "filing_status": filing,
                "step3": float(cells["step3"]),
                "step4c": float(cells["extra"]),
            },
            "form": state
            and person not in known["form"]
            and filing
            and {
                **form,
                "state_id": state.id,
                "filing_status": {
                    "married_joint": "married_jointly",
                    "head_of_household": "head_of_household",
                }.get(filing, "single"),
            },
            "account": cells.get("routing")
            and person not in known["account"]
            and {
                "employee_id": person.id,
                "name": cells.get("bank") or self.env._("Bank"),
                "routing": cells["routing"],
                "new_number": cells["account"],
                "kind": cells["account_type"],
            },
        }
