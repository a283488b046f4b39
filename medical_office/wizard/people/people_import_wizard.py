"""Import staff, credentials or benefits: a dry run with before and after, then all or nothing."""

from odoo import fields, models
from odoo.exceptions import UserError

from ...engine.core.sentences import problem_sentences
from ...models.core.mixins.listing import shown
from ...tools.people.importing.stafffile import (
    BENEFITS,
    CREDENTIALS,
    IMPORT_TEXTS,
    STAFF,
    read_benefits,
    read_credentials,
    read_staff,
)

# what is in the file -> (model, its columns, its reader)
KINDS = {
    "staff": ("hr.employee", STAFF, read_staff),
    "credentials": ("medical.core.credential", CREDENTIALS, read_credentials),
    "benefits": ("medical.people.enrollment", BENEFITS, read_benefits),
}
SHOWN = 200  # lines of the dry run
# key of the file -> field of the person, for plain texts and days
PLAIN = {
    "name": "name",
    "phone": "work_phone",
    "private_email": "private_email",
    "street": "private_street",
    "city": "private_city",
    "zip": "private_zip",
    "contact": "emergency_contact",
    "contact_phone": "emergency_phone",
}


class PeopleImportWizard(models.TransientModel):
    _name = "medical.people.import.wizard"
    _inherit = "medical.core.file.wizard"
    _description = "Import Staff, Credentials or Benefits"

    kind = fields.Selection(
        [
            ("staff", "Staff"),
            ("credentials", "Credentials"),
            ("benefits", "Benefits"),
        ],
        "What is in the file",
        required=True,
        default="staff",
    )
    mapping = fields.Text(
        "Other headings", help="One a line: their heading = our column."
    )
    make_missing = fields.Boolean(
        "Add New Jobs and Departments",
        help="Jobs and departments that the file names and that are not known are made.",
    )
    checked = fields.Boolean(readonly=True)
    problems = fields.Text(readonly=True)
    preview = fields.Text("Before and after", readonly=True)
    new_count = fields.Integer("New", readonly=True)
    changed_count = fields.Integer("Changed", readonly=True)

    def _mapping(self):
        lines = (self.mapping or "").splitlines()
        pairs = [line.split("=", 1) for line in lines if "=" in line]
        return {theirs.strip(): ours.strip() for theirs, ours in pairs}

    def _check(self):
        self.ensure_one()
        self.env["medical.core.guard"]._check_caller(
            "core_group_hr", "core_group_manager"
        )

    def action_check(self):
        """Dry run: what would be new, what would change; nothing is written."""
        self._check()
        new, changed, problems, preview = self._plan()
        preview = shown(self.env, preview, SHOWN)
        self.write(
            {
                "checked": True,
                "problems": self._listed(problems),
                "preview": "\n".join(preview) or False,
                "new_count": len(new),
                "changed_count": len(changed),
            }
        )
        return self._again(self.env._("Import Staff, Credentials or Benefits"))

    def action_import(self):
        """Write the file, all of it or nothing.

        :raises UserError: something is wrong; the message lists everything
        """
        self._check()
        if self.kind == "staff" and self.make_missing:
            self._make_missing()
        new, changed, problems, _preview = self._plan()
        if problems:
            raise UserError(self._listed(problems))
        model = KINDS[self.kind][0]
        first_days = [values.pop("contract_date_start", False) for values in new]
        records = self.env[model]
        # these first: a term that ends makes room for the next
        for record, values in changed:
            record.write(values)
            records |= record
        made = self.env[model].create(new)
        for record, first in zip(made, first_days, strict=True):
            if first:
                # sudo: the host keeps the contract's dates for its administrator; the
                # first day of a new person is HR's to enter, nothing that stands changes
                record.sudo().contract_date_start = first
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Imported"),
            "res_model": model,
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", (made | records).ids)],
        }

    def action_template(self):
        """Download an empty file with the columns that are understood."""
        self._check()
        return self._download(f"{self.kind}.csv", KINDS[self.kind][1])

    # ------------------------------------------------------------------- the plan

    def _plan(self):
        """(values of new records, [(record, values)], problems, lines of the preview)."""
        table = KINDS[self.kind][2](self._data(), self._mapping())
        problems = problem_sentences(self.env, table.errors, IMPORT_TEXTS)
        plan = getattr(self, f"_plan_{self.kind}")
        new, changed, preview = plan(table, problems)
        return new, changed, problems, preview

    def _people(self):
        """{work email: person}, archived people too; one query."""
        people = self.env["hr.employee"].with_context(active_test=False)
        found = people.search([("company_id", "=", self.env.company.id)])
        return {
            person.work_email.casefold(): person
            for person in found
            if person.work_email
        }

    def _named(self, model):
        records = self.env[model].search(
            [("company_id", "in", [False, self.env.company.id])]
        )
        return {record.name.casefold(): record for record in records}

    def _states(self):
        return {s.code: s for s in self.env.ref("base.us").state_ids}

    def _free_logins(self):
        """{login: the user as a value}, of users of the company who are nobody's yet."""
        # sudo: only the login of the very same address is joined to a new person
        users = self.env["res.users"].sudo()
        found = users.search_fetch(
            [
                ("share", "=", False),
                ("id", "!=", self.env.uid),  # nobody joins the own login to a person
                ("company_ids", "in", self.env.company.ids),
                ("employee_ids", "=", False),
            ],
            ["login"],
        )
        return {user.login.casefold(): {"user_id": user.id} for user in found}

    def _new_names(self, rows):
        """{"job" and "department": names in the file that are not known}, if wanted."""
        if not self.make_missing:
            return {}
        found = {}
        for key, model in (("job", "hr.job"), ("department", "hr.department")):
            known = self._named(model)
            names = {(row.values.get(key) or "").strip() for row in rows} - {""}
            found[key] = {
                name.casefold(): name for name in names if name.casefold() not in known
            }
        return found

    def _make_missing(self):
        """Make the jobs and departments that the file names, as the calling user."""
        table = read_staff(self._data(), self._mapping())
        new = self._new_names(table.rows)
        for key, model in (("department", "hr.department"), ("job", "hr.job")):
            self.env[model].create(
                [
                    {"name": name, "company_id": self.env.company.id}
                    for name in sorted(new[key].values())
                ]
            )

    def _problem(self, row, field, sentence):
        return self.env._(
            "Row %(row)s, %(field)s: %(why)s",
            row=row.number,
            field=field,
            why=sentence,
        )

    def _plan_staff(self, table, problems):
        people, states = self._people(), self._states()
        known = {
            "job": ("job_id", self._named("hr.job")),
            "department": ("department_id", self._named("hr.department")),
            "manager": ("parent_id", people),
            "state": ("private_state_id", states),
        }
        titles = {column.key: column.title for column in STAFF}
        new, changed, preview = [], [], []
        fresh, logins = self._new_names(table.rows), self._free_logins()
        preview += [
            self.env._("New %(what)s: %(name)s", what=titles[key].lower(), name=name)
            for key, names in fresh.items()
            for name in sorted(names.values())
        ]
        for row in table.rows:
            values = {
                field: row.values[key]
                for key, field in PLAIN.items()
                if row.values.get(key)
            }
            for key, (field, records) in known.items():
                cell = row.values.get(key)
                if not cell:
                    continue
                record = records.get(
                    cell.upper() if key == "state" else cell.casefold()
                )
                if not record and cell.strip().casefold() in fresh.get(key, {}):
                    continue  # made by the import, before the people
                if not record:
                    problems.append(
                        self._problem(
                            row,
                            titles[key],
                            self.env._(
                                "“%s” is not known. Enter it first, or correct the cell.",
                                cell,
                            ),
                        )
                    )
                    continue
                values[field] = record.id
            person = people.get(row.values["email"])
            if row.values.get("manager") == row.values["email"]:
                problems.append(
                    self._problem(
                        row,
                        titles["manager"],
                        self.env._("nobody is their own manager."),
                    )
                )
            if person:
                self._plan_person(row, person, values, changed, preview, problems)
                continue
            if not row.values.get("name"):
                problems.append(
                    self._problem(
                        row, titles["name"], self.env._("a new person needs a name.")
                    )
                )
                continue
            first = row.values.get("first_day")
            if first:
                values |= {"date_version": first, "contract_date_start": first}
            new.append(
                {
                    **values,
                    "work_email": row.values["email"],
                    "company_id": self.env.company.id,
                    **logins.get(row.values["email"], {}),
                }
            )
            preview.append(
                self.env._(
                    "Row %(row)s: new, %(name)s", row=row.number, name=values["name"]
                )
            )
        return new, changed, preview

    def _plan_person(self, row, person, values, changed, preview, problems):
        """What a row changes of somebody who is there; empty cells change nothing."""
        if not person.active:
            problems.append(
                self._problem(
                    row,
                    "Work email",
                    self.env._(
                        "%s is archived. Restore the person first, or drop the row.",
                        person.name,
                    ),
                )
            )
            return
        different = {}
        for field, value in values.items():
            before = person[field]
            current = before.id if field.endswith("_id") else before
            if current != value:
                different[field] = value
                after = (
                    self.env[person._fields[field].comodel_name]
                    .browse(value)
                    .display_name
                    if field.endswith("_id")
                    else value
                )
                preview.append(
                    self.env._(
                        "Row %(row)s, %(who)s, %(field)s: %(before)s → %(after)s",
                        row=row.number,
                        who=person.name,
                        field=person._fields[field]._description_string(self.env),
                        before=(
                            before.display_name if field.endswith("_id") else before
                        )
                        or "—",
                        after=after,
                    )
                )
        if different:
            changed.append((person, different))

    def _plan_credentials(self, table, problems):
        people, states = self._people(), self._states()
        credentials = self.env["medical.core.credential"]
        kinds = {}
        for kind in credentials.type_id.search([("holder_kind", "=", "person")]):
            kinds[kind.code.casefold()] = kinds[kind.name.casefold()] = kind
        there = {
            (one.user_id, one.type_id, one.date_from): one
            for one in credentials.search(
                [("state", "!=", "void"), ("user_id", "!=", False)]
            )
        }
        new, changed, preview = [], [], []
        for row in table.rows:
            found = self._credential_of(row, people, kinds, states, problems)
            if not found:
                continue
            user, kind, values = found
            known = there.get((user, kind, row.values["date_from"]))
            candidate = credentials.new(
                {**values, "user_id": user.id, "type_id": kind.id}
            )
            why = values.get("number") and candidate._number_problem()
            if why:
                problems.append(self._problem(row, "Number", why))
            elif not known:
                new.append(
                    {
                        **values,
                        "user_id": user.id,
                        "type_id": kind.id,
                        "company_id": self.env.company.id,
                    }
                )
                preview.append(
                    self.env._(
                        "Row %(row)s: new, %(what)s of %(who)s",
                        row=row.number,
                        what=kind.name,
                        who=user.name,
                    )
                )
            else:
                self._plan_known(row, known, values, changed, preview, problems)
        return new, changed, preview

    def _credential_of(self, row, people, kinds, states, problems):
        """(user, type, values) of a row, or None with the problems noted."""
        _ = self.env._
        person = people.get(row.values["email"])
        kind = kinds.get(row.values["type"].casefold())
        state = row.values.get("state")
        wrong = [
            (not person or not person.user_id)
            and (
                "Work email",
                _("nobody with this email has a login. Enter one first."),
            ),
            person
            and person.user_id == self.env.user
            and (
                "Work email",
                _("you cannot enter your own credential; somebody else must."),
            ),
            not kind
            and (
                "Credential",
                _("“%s” is not a type of credential.", row.values["type"]),
            ),
            state
            and state.upper() not in states
            and ("State", _("“%s” is no state: write two letters.", state)),
        ]
        wrong = [one for one in wrong if one]
        problems += [self._problem(row, field, why) for field, why in wrong]
        if wrong:
            return None
        values = {
            key: row.values[key]
            for key in ("number", "issuer", "date_from", "date_to", "registered_name")
            if row.values.get(key)
        }
        if state:
            values["state_id"] = states[state.upper()].id
        return person.user_id, kind, values

    def _plan_known(self, row, known, values, changed, preview, problems):
        different = {
            key: value
            for key, value in values.items()
            if (known[key].id if key.endswith("_id") else known[key]) != value
        }
        if not different:
            return
        if known.state == "verified":
            problems.append(
                self._problem(
                    row,
                    "Credential",
                    self.env._(
                        "%s is verified and not changed. Enter a renewal, or void it.",
                        known.display_name,
                    ),
                )
            )
            return
        changed.append((known, different))
        for key, value in different.items():
            preview.append(
                self.env._(
                    "Row %(row)s, %(who)s, %(field)s: %(before)s → %(after)s",
                    row=row.number,
                    who=known.display_name,
                    field=known._fields[key]._description_string(self.env),
                    before=(known[key].code if key.endswith("_id") else known[key])
                    or "—",
                    after=value if key != "state_id" else row.values["state"],
                )
            )
