"""The department head's one page of a month: on screen, on paper, by mail on day 3."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from ....engine.core.months import month_name
from ....engine.finance.page_reader import PageReader
from ...core.mixins.done import done

MAKERS = ("core_group_manager", "core_group_director")
READERS = ("core_group_head",)
MAIL_DAY = 3


class FinancePage(models.Model):
    """One department's month as it stood when the page was made."""

    _name = "medical.finance.page"
    _description = "Department Page"
    _inherit = ["medical.core.guard"]
    _order = "month desc, department_id, id"
    _strict_fields = frozenset({"department_id", "month", "content", "sent_at"})
    _deletable_in = frozenset()

    department_id = fields.Many2one(
        "hr.department", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(required=True, readonly=True, index=True)
    owner_id = fields.Many2one("res.users", "Head", readonly=True)
    content = fields.Json("Frozen Content", readonly=True)
    content_html = fields.Html("Page", compute="_compute_content_html", sanitize=False)
    made_at = fields.Datetime(readonly=True)
    sent_at = fields.Datetime("Mailed", readonly=True)

    _once = models.UniqueIndex(
        "(company_id, department_id, month)", "This page is there already."
    )

    @api.depends("department_id", "month")
    def _compute_display_name(self):
        for page in self:
            month = page.month and month_name(self.env, page.month)
            page.display_name = ", ".join(
                filter(None, [page.department_id.name, month])
            )

    @api.depends("content")
    def _compute_content_html(self):
        report = self.env["report.medical_office.finance_page_report"]
        for page in self:
            page.content_html = page.content and self.env["ir.qweb"]._render(
                "medical_office.finance_pack_tables",
                {"sections": report._printable_sections(page), "screen": True},
            )

    # --------------------------------------------------------------------- the program

    @api.model
    def _cron_send(self):
        """From day 3 of a month on: make last month's pages and mail those that are not
        mailed yet. Run twice, it does nothing; down on day 3, it does so on day 4."""
        pages = self.browse()
        for company in self.env["res.company"].search([]):
            today = company._medical_today()
            if today.day >= MAIL_DAY:
                month = today.replace(day=1) - relativedelta(months=1)
                pages |= self._make(company, month)
        unsent = pages.filtered(
            lambda page: not page.sent_at and page.owner_id.partner_id.email
        )
        self.env["medical.core.job.fault"]._each(
            self.env._("mail the departments' pages"),
            unsent,
            lambda some: some._send(),
        )

    @api.model
    def _make(self, company, month):
        """The pages of a company's departments that have a head with a login."""
        # sudo: written by the program for each head, who reads the own department's
        own = self.sudo().with_company(company)._pen()
        departments = own.env["hr.department"].search(
            [
                ("company_id", "in", (False, company.id)),
                ("manager_id.user_id", "!=", False),
            ]
        )
        departments = departments.filtered(
            lambda one: company in one.manager_id.user_id.company_ids
        )
        known = {
            page.department_id: page
            for page in own.search(
                [("company_id", "=", company.id), ("month", "=", month)]
            )
        }
        todo = departments.filtered(lambda one: one not in known)
        if todo:
            reader = PageReader(own.env, company.with_env(own.env), month)
        for department in todo:
            head = department.manager_id.user_id
            values = {
                "owner_id": head.id,
                "content": {"sections": reader.sections(department)},
                "made_at": fields.Datetime.now(),
            }
            known[department] = own.create(
                {
                    **values,
                    "department_id": department.id,
                    "company_id": company.id,
                    "month": month,
                }
            )
        return own.browse([page.id for page in known.values()])

    def _send(self):
        """Mail each page to the head of its department."""
        template = self.env.ref("medical_office.finance_page_mail")
        report = self.env["report.medical_office.finance_page_report"]
        for page in self:
            body = self.env["ir.qweb"]._render(
                template.id,
                {
                    "page": page,
                    "sections": report._printable_sections(page),
                    "url": f"{page.get_base_url()}/odoo/department-pages/{page.id}",
                },
            )
            # sudo: a mail of the program
            self.env["mail.mail"].sudo().create(
                {
                    "subject": self.env._("Your department: %s", page.display_name),
                    "body_html": body,
                    "email_to": page.owner_id.partner_id.email_formatted,
                    "auto_delete": False,
                }
            )
            page._pen().sent_at = fields.Datetime.now()

    # ------------------------------------------------------------------------- buttons

    @api.model
    def action_make(self):
        """Make last month's pages of the reader's company now, without mailing them."""
        self._check_caller(*MAKERS)
        today = fields.Date.context_today(self)
        month = today.replace(day=1) - relativedelta(months=1)
        self._make(self.env.company, month)
        return self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.finance_page_action"
        )

    def action_refresh(self):
        """Work these pages out again, as things stand now."""
        self._check_caller(*READERS)
        self.check_access("read")
        for page in self:
            # sudo: as in _make; the reader may read the page
            reader = PageReader(
                page.sudo().with_company(page.company_id).env,
                page.company_id.sudo(),  # sudo: as above
                page.month,
            )
            page.sudo()._pen().write(  # sudo: as above
                {
                    "content": {
                        "sections": reader.sections(
                            page.sudo().department_id  # sudo: as above
                        )
                    },
                    "made_at": fields.Datetime.now(),
                }
            )
        return done(self.env, self.env._("The page shows the figures of now."))
