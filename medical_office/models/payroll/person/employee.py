"""A person's pay data on the employee form, and the masked number."""

from dataclasses import replace

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.orm.models import NO_ACCESS

from ....tools.payroll.returns.names import PersonName, split_name
from ....tools.ssn import digits, masked, written
from .account import _notify
from .version import PAY, SETUP


class HrEmployee(models.Model):
    """The version's pay fields, and the dated facts behind smart buttons."""

    _name = "hr.employee"
    _inherit = ["hr.employee", "medical.core.amounts"]

    # own payslips follow the login: who linked whom stands in the chatter
    user_id = fields.Many2one(tracking=True)
    slip_ids = fields.One2many(groups="payroll.group_payroll_user")
    struct_id = fields.Many2one(
        related="version_id.struct_id",
        inherited=True,
        readonly=False,
        groups="hr.group_hr_manager",
    )
    schedule_pay = fields.Selection(
        related="version_id.schedule_pay",
        inherited=True,
        readonly=False,
        groups="hr.group_hr_manager",
    )
    medical_wage_per = fields.Selection(
        related="version_id.medical_wage_per",
        inherited=True,
        readonly=False,
        groups="hr.group_hr_manager",
    )
    medical_flsa_exempt = fields.Boolean(
        related="version_id.medical_flsa_exempt",
        inherited=True,
        readonly=False,
        groups=SETUP,
    )
    medical_salary_hours = fields.Float(
        related="version_id.medical_salary_hours",
        inherited=True,
        readonly=False,
        groups=SETUP,
    )
    medical_overtime_scheme = fields.Selection(
        related="version_id.medical_overtime_scheme",
        inherited=True,
        readonly=False,
        groups=SETUP,
    )
    medical_schedule_id = fields.Many2one(
        related="version_id.medical_schedule_id",
        inherited=True,
        readonly=False,
        groups=SETUP,
    )
    medical_work_state_id = fields.Many2one(
        related="version_id.medical_work_state_id",
        inherited=True,
        readonly=False,
        groups=SETUP,
    )
    medical_split_ids = fields.One2many(
        related="version_id.medical_split_ids",
        inherited=True,
        readonly=False,
        groups=SETUP,
    )
    medical_w4_ids = fields.One2many(
        "medical.payroll.w4", "employee_id", groups=SETUP, string="Form W-4"
    )
    medical_state_form_ids = fields.One2many(
        "medical.payroll.state.form", "employee_id", groups=SETUP, string="State Form"
    )
    medical_local_ids = fields.One2many(
        "medical.payroll.local.enrollment",
        "employee_id",
        groups=SETUP,
        string="Local Tax Enrollment",
    )
    medical_earning_ids = fields.One2many(
        "medical.payroll.earning",
        "employee_id",
        groups=PAY,
        string="Additional Earning",
    )
    medical_garnishment_ids = fields.One2many(
        "medical.payroll.garnishment", "employee_id", groups=PAY, string="Garnishment"
    )
    medical_account_ids = fields.One2many(
        "medical.payroll.account", "employee_id", groups=SETUP, string="Bank Account"
    )
    medical_first_name = fields.Char(
        "First Name on W-2",
        groups=SETUP,
        copy=False,
        help="As on the Social Security card. Empty: taken from the name.",
    )
    medical_middle_name = fields.Char("Middle Name on W-2", groups=SETUP, copy=False)
    medical_last_name = fields.Char(
        "Last Name on W-2",
        groups=SETUP,
        copy=False,
        help="The whole surname, such as de la Cruz. Empty: the last word of the name, "
        "without credentials and suffix.",
    )
    medical_suffix = fields.Char(
        "Suffix on W-2", size=4, groups=SETUP, copy=False, help="Jr, Sr, II, III."
    )
    medical_w2_name = fields.Char(
        "Printed on W-2",
        compute="_compute_medical_w2_name",
        compute_sudo=True,
        groups=SETUP,
        help="From the parts beside it, or else from the legal name without titles and "
        "credentials.",
    )
    medical_w2_doubt = fields.Boolean(
        "Surname in Doubt",
        compute="_compute_medical_w2_name",
        compute_sudo=True,
        groups=SETUP,
        help="The surname may have more words than the last one. Enter the parts.",
    )
    medical_shortfall = fields.Selection(
        [
            ("advance", "Advanced, and taken back from the next pay"),
            ("employer", "Paid by the practice, as more wages"),
            ("former", "Not collected: former employee, W-2 codes M and N"),
        ],
        "Taxes the Pay Does Not Cover",
        groups=SETUP,
        help="Life insurance above 50,000 has taxes also where there is no pay (26 CFR "
        "31.6205-1(d); Rev. Proc. 83-43; 26 USC 3102(d)). Empty: the slip is not paid "
        "below zero.",
    )
    medical_prior_wages_year = fields.Integer(
        "Wages Entered for Year",
        groups=SETUP,
        copy=False,
        help="The calendar year of these wages, such as 2025. They determine whether "
        "next year's catch-up contributions must be Roth.",
    )
    medical_prior_wages = fields.Float(
        "Social Security Wages",
        digits="Payroll",
        groups=SETUP,
        copy=False,
        help="Box 3 of this employer's W-2, paid before the first payroll here.",
    )
    ssnid = fields.Char(
        related="version_id.ssnid",
        inherited=True,
        readonly=False,
        groups=NO_ACCESS,
        copy=False,
    )
    medical_ssn_new = fields.Char(
        "Set SSN",
        compute="_compute_medical_ssn_new",
        inverse="_inverse_medical_ssn_new",
        groups=SETUP,
        copy=False,
        help="Enter the number to set or change it. It is shown masked afterward.",
    )
    medical_ssn_masked = fields.Char(
        "SSN", compute="_compute_medical_ssn_masked", groups=SETUP, compute_sudo=True
    )

    def write(self, vals):
        """The legal name follows a corrected name, unless it was another one.

        The host fills it once, when the person is entered; it would keep the mistake, and
        the W-2 prints it.
        """
        follow = self.browse()
        if vals.get("name") and "legal_name" not in vals:
            # sudo: only whether both are alike is asked; the right to write is checked
            follow = self.sudo().filtered(lambda one: one.legal_name == one.name)
        done = super().write(vals)
        if follow:
            follow.write({"legal_name": vals["name"]})
        return done

    @api.depends(
        "name",
        "legal_name",
        "medical_first_name",
        "medical_middle_name",
        "medical_last_name",
        "medical_suffix",
    )
    def _compute_medical_w2_name(self):
        for employee in self:
            name = employee._w2_name()
            employee.medical_w2_name = name.whole
            employee.medical_w2_doubt = name.doubt

    def _w2_name(self):
        """The name in parts as entered, or else taken from the legal name.

        The file of the SSA and the form that people get read it here, so both are alike.
        """
        self.ensure_one()
        found = split_name(self.legal_name or self.name or "")
        if self.medical_last_name or self.medical_first_name:
            return PersonName(
                self.medical_first_name or found.first,
                self.medical_middle_name or "",
                self.medical_last_name or found.last,
                self.medical_suffix or "",
            )
        if not self.medical_middle_name and not self.medical_suffix:
            return found
        return replace(
            found,
            middle=self.medical_middle_name or found.middle,
            suffix=self.medical_suffix or found.suffix,
        )

    @api.constrains("user_id")
    def _check_login(self):
        self.resource_id._check_login()

    def _field_to_sql(self, alias, field_expr, query=None):
        """Sorting and grouping by a wage or a number tell it: the host asks for no right
        to do so by a field that comes from the version."""
        field = self._fields.get(field_expr)
        if field and field.inherited and field.groups:
            self._check_field_access(field, "read")
        return super()._field_to_sql(alias, field_expr, query)

    @api.depends("ssnid")
    def _compute_medical_ssn_masked(self):
        for employee in self:
            number = (employee.ssnid or "").strip()
            employee.medical_ssn_masked = masked(number) or False

    @api.depends_context("uid")
    def _compute_medical_ssn_new(self):
        self.medical_ssn_new = False

    def _inverse_medical_ssn_new(self):
        for employee in self:
            number = (employee.medical_ssn_new or "").strip()
            if not number:
                continue
            bare = digits(number)
            if len(bare) != 9 or not bare.isdigit():
                raise ValidationError(
                    self.env._(
                        "%s: a Social Security number must have nine digits.",
                        employee.name,
                    )
                )
            # sudo: the number is nobody's to read; who may write the person may set it
            employee.sudo().ssnid = written(bare)

    def action_medical_show_ssn(self):
        """Show the Social Security number once, and keep who looked."""
        self.ensure_one()
        self.check_access("write")
        account = self.env["medical.payroll.account"]
        if not account._may_unmask():
            raise AccessError(
                self.env._("Only payroll and HR may see a Social Security number.")
            )
        self.env["medical.core.opened"]._log(
            self, self.env._("Social Security number"), self.medical_ssn_masked
        )
        # sudo: shown on purpose, logged on the line before
        number = self.sudo().ssnid or self.env._("none entered")
        return _notify(self.env._("SSN of %s", self.name), number)


class ResourceResource(models.Model):
    """The login of an employee is kept here, and HR may write it here, too."""

    _inherit = "resource.resource"

    def write(self, vals):
        """Nobody takes the own login off, either: own records are known by it."""
        if "user_id" in vals:
            new = vals["user_id"] or False
            self.filtered(lambda one: one.user_id.id != new)._check_login()
        return super().write(vals)

    @api.constrains("user_id")
    def _check_login(self):
        """Nobody links the own login: a person's payslips follow it.

        HR links logins in the daily work, so that one person alone could read a
        colleague's pay. Administrators may: the rights of all are in their hands anyway.

        :raises AccessError: who writes is who would read
        """
        user = self.env.user
        if self.env.uid == SUPERUSER_ID or user.has_group("base.group_system"):
            return
        if user in self.user_id:
            raise AccessError(
                self.env._(
                    "You cannot link your own login to an employee, because payslip "
                    "access follows it. Ask a colleague in HR or an administrator."
                )
            )
