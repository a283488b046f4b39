"""A report, a file or a picture asked for by the id of its record: nobody gets what they
may not read, neither from another company nor among colleagues."""

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..any_record import AnyRecord
from ..common import RpcClient, SampleCase


@tagged("post_install", "-at_install")
class TestReportById(RpcClient, SampleCase, AnyRecord):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.inside = cls.env["res.users"].search([("login", "in", cls.logins)])
        cls.company = cls.inside.company_id
        cls.other_company = cls.env["res.company"].create({"name": "Other Practice"})
        cls.reports = cls.env["ir.actions.report"].search(
            [("report_name", "=like", "medical_office.%")]
        )

    def sample_of(self, name):
        """A record of the practice: of its sample, or with as little as it takes."""
        return self._made(self.env[name])

    def outside(self):
        return [user for _role, user in self._outsiders()]

    def tables(self):
        """{model of a report: a record of the practice}"""
        names = set(self.reports.mapped("model"))
        return {name: self.sample_of(name) for name in sorted(names)}

    def printed(self, report, user, record):
        """Whether the report of a record is handed out to the user."""
        reports = self.env["ir.actions.report"].with_user(user)
        reports = reports.with_context(allowed_company_ids=user.company_ids.ids)
        reports.env.invalidate_all()
        model = reports._get_rendering_context_model(report)
        if report.report_type == "xlsx":
            render = reports._render_xlsx
        elif hasattr(model, "_draw_pdf"):
            render = reports._render_qweb_pdf
        else:
            render = reports._render_qweb_html
        try:
            with self.env.cr.savepoint():
                render(report.report_name, record.ids, data={})
        except (AccessError, MissingError, UserError):
            return False
        return True

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.sql_db")
    def test_no_report_of_what_one_may_not_read(self):
        records = self.tables()
        tried, wrong = 0, []
        people = [*self.outside(), *self.inside]
        for report in self.reports:
            record = records[report.model]
            if not record:
                continue
            for user in people:
                own = record.with_user(user)
                own = own.with_context(allowed_company_ids=user.company_ids.ids)
                if report.group_ids and not report.group_ids & user.all_group_ids:
                    continue  # refused by the role, whatever the record
                if not own.has_access("read"):
                    tried += 1
                    if self.printed(report, user, record):
                        wrong.append(f"{user.login}: {report.report_name}")
        self.assertFalse(wrong, "\n".join(sorted(set(wrong))))
        self.assertGreater(tried, 400)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.sql_db")
    def test_no_file_or_picture_of_what_one_may_not_read(self):
        """As ``/web/content`` and ``/web/image`` find it."""
        tried, wrong = 0, []
        people = [*self.outside(), *self.inside]
        for name in sorted(self.env.registry):
            model = self.env[name]
            files = [key for key, one in model._fields.items() if one.type == "binary"]
            if not (name.startswith("medical.") and files) or model._abstract:
                continue
            record = self.sample_of(name)
            if not record:
                continue
            for user in people:
                env = self.env(
                    user=user, context={"allowed_company_ids": user.company_ids.ids}
                )
                if env[name].browse(record.id).has_access("read"):
                    continue
                for field in files:
                    tried += 1
                    env.invalidate_all()
                    try:
                        found = env["ir.binary"]._find_record(
                            res_model=name, res_id=record.id, field=field
                        )
                        env["ir.binary"]._get_stream_from(found, field)
                        wrong.append(f"{user.login}: {name}.{field}")
                    except (AccessError, MissingError, UserError):
                        pass
        self.assertFalse(wrong, "\n".join(sorted(set(wrong))))
        self.assertGreater(tried, 100)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.http", "odoo.sql_db")
    def test_the_addresses_themselves(self):
        """One report, file and picture of each kind, as the browser asks for it."""
        records = self.tables()
        self.users = dict(self._outsiders())
        found = self.env["ir.attachment"].search(
            [
                ("res_model", "=like", "medical.%"),
                ("res_id", "!=", 0),
                ("res_field", "=", False),
            ],
            limit=20,
        )
        asked = [f"/web/content/{one.id}" for one in found]
        for report in self.reports:
            kind = "xlsx" if report.report_type == "xlsx" else "pdf"
            record = records[report.model]
            reader = record.with_user(self.users["manager"]).with_context(
                allowed_company_ids=self.other_company.ids
            )
            # what is everybody's (how long records are kept) is printed by all
            if record and not reader.has_access("read"):
                asked.append(f"/report/{kind}/{report.report_name}/{record.id}")
        for role in ("manager", "director"):
            self.sign_in(role)
            for address in asked:
                answer = self.url_open(address)
                self.assertGreaterEqual(answer.status_code, 400, f"{role}: {address}")
            for one in found:
                # a picture that one may not see is a placeholder
                answer = self.url_open(f"/web/image/{one.id}")
                self.assertNotEqual(answer.content, one.raw)
