"""What is on record about a person is read by them and by whose work it is: neither
colleagues nor the head of another department come to it, by whichever door."""

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL, mute_logger

from ..common import PracticeCase

# about a person, and meant for everybody who works there
FOR_EVERYBODY = {
    "medical.core.schedule": "who walks which round",
    "medical.people.assignment": "who does which duty",
    "medical.people.supervision": "who supervises whom",
}
READERS = ("staff", "head")


@tagged("post_install", "-at_install")
class TestPersonWalk(PracticeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = new_test_user(
            cls.env,
            "test_colleague",
            groups="medical_office.core_group_staff",
            company_id=cls.company.id,
            company_ids=cls.company.ids,
        )
        cls.person = cls.env["hr.employee"].create(
            {
                "name": "A Colleague",
                "user_id": cls.colleague.id,
                "company_id": cls.company.id,
                "department_id": cls.front_desk.id,
            }
        )

    def tables(self):
        """Tables of ours whose rows are about one person."""
        for name in sorted(self.env.registry):
            model = self.env[name]
            field = model._fields.get("employee_id")
            if (
                name.startswith("medical.")
                and model._auto
                and not model._abstract
                and not model._transient
                and field
                and field.store
                and field.comodel_name == "hr.employee"
            ):
                yield model

    def row(self, model):
        """A row about the colleague: made by the program, or with as little as it takes."""
        found = model.search([("employee_id", "=", self.person.id)], limit=1)
        if found:
            return found
        known = {
            "create_uid": self.colleague.id,
            "company_id": self.company.id,
            "department_id": self.front_desk.id,
            "employee_id": self.person.id,
            "user_id": self.colleague.id,
        }
        table = SQL.identifier(model._table)
        self.env.cr.execute(
            "SELECT conname FROM pg_constraint "
            "WHERE conrelid = %s::regclass AND contype = 'c'",
            [model._table],
        )
        for (name,) in self.env.cr.fetchall():  # taken back with the test
            self.env.cr.execute(
                SQL("ALTER TABLE %s DROP CONSTRAINT %s", table, SQL.identifier(name))
            )
        values = {}
        for name, field in model._fields.items():
            if field.store and field.column_type and name != "id":
                self.env.cr.execute(
                    SQL(
                        "ALTER TABLE %s ALTER %s DROP NOT NULL",
                        table,
                        SQL.identifier(name),
                    )
                )
                if name in known:
                    values[name] = known[name]
                elif field.type == "boolean" and name == "active":
                    values[name] = True
        self.env.cr.execute(
            SQL(
                "INSERT INTO %s (%s) VALUES %s RETURNING id",
                table,
                SQL(", ").join(map(SQL.identifier, values)),
                tuple(values.values()),
            )
        )
        return model.browse(self.env.cr.fetchone()[0])

    def beside(self, record):
        """A message, an activity and a file of the record."""
        kind = self.env["ir.model"]._get(record._name)
        self.env.cr.execute(
            """
            INSERT INTO mail_message (model, res_id, message_type, body, date)
                 VALUES (%s, %s, 'comment', 'About a person', now()) RETURNING id
            """,
            [record._name, record.id],
        )
        message = self.env["mail.message"].browse(self.env.cr.fetchone()[0])
        self.env.cr.execute(
            """
            INSERT INTO ir_attachment (name, type, res_model, res_id)
                 VALUES ('About a person', 'binary', %s, %s) RETURNING id
            """,
            [record._name, record.id],
        )
        file = self.env["ir.attachment"].browse(self.env.cr.fetchone()[0])
        self.env.cr.execute(
            """
            INSERT INTO mail_activity (res_model, res_model_id, res_id, summary, user_id,
                                       date_deadline, active)
                 VALUES (%s, %s, %s, 'About a person', %s, '2026-12-01', TRUE)
              RETURNING id
            """,
            [record._name, kind.id, record.id, self.colleague.id],
        )
        activity = self.env["mail.activity"].browse(self.env.cr.fetchone()[0])
        return message, file, activity

    def doors(self, record):
        """What comes of it by each door, called as the user; nothing, if it is well."""
        model = record.browse()
        here = [("id", "=", record.id)]
        yield "search", lambda: model.search(here)
        yield "groups", lambda: model.formatted_read_group(here, ["employee_id"], [])
        yield "names", lambda: model.name_search("", here)
        for name, call in (
            ("read", lambda: record.read(["employee_id"])),
            ("form", lambda: record.web_read({"employee_id": {"fields": {}}})),
            ("export", lambda: record.export_data(["employee_id"])),
        ):
            yield name, lambda call=call: self.answered(call)

    def answered(self, call):
        try:
            return call()
        except UserError:  # without the right to export, or to the record
            return None

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_nobody_reads_what_is_about_a_colleague(self):
        tables = list(self.tables())
        self.assertGreater(len(tables), 25)
        self.assertLessEqual(FOR_EVERYBODY.keys(), {model._name for model in tables})
        asked, open_doors = 0, []
        for model in tables:
            if model._name in FOR_EVERYBODY:
                continue
            record = self.row(model)
            for role in READERS:
                own = record.with_user(self.users[role])
                if own.browse().has_access("read"):
                    asked += 1
                    for door, call in self.doors(own):
                        if call():
                            open_doors.append(f"{role}: {model._name}, {door}")
                for one in self.beside(record):
                    if one.with_user(self.users[role]).search([("id", "=", one.id)]):
                        open_doors.append(f"{role}: {model._name}, {one._name}")
        self.assertFalse(open_doors, "\n".join(open_doors))
        self.assertGreater(asked, 15)
