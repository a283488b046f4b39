"""The sample practice "Lakeside Family Medicine": loaded on request, never by itself."""

import base64
import csv
from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import file_open

COMPANY = "Lakeside Family Medicine"
PASSWORD = "lakeside"
DOMAIN = "lakeside.example"
ZONE = "America/Chicago"  # the practice's clock, which also says what day it is there
LOGO = "medical_office/static/description/icon.png"
# No module of this name exists: an upgrade of the addon leaves the sample alone
MODULE = "medical_office_sample"
ROLES = ("staff", "head", "hr", "payroll", "accountant", "manager", "director")


class Practice:
    """What the parts hand on to each other: the company, the day, records by name.

    Its environment is that of the person whose work a part is (``acting``).
    """

    def __init__(self, env, company, today):
        self.env = env
        self.company = company
        self.today = today

    def acting(self, key):
        """The same practice with the rights of the person ``key`` of people.csv."""
        env = self.env(user=self.user(key).id, su=False)
        return Practice(env, self.company.with_env(env), self.today)

    def keep(self, records_by_name):
        """Give each record an external id, so that a later part or test finds it."""
        # sudo: external ids are the program's, whoever made the record
        self.env["ir.model.data"].sudo().create(
            [
                {
                    "module": MODULE,
                    "name": name,
                    "model": record._name,
                    "res_id": record.id,
                    "noupdate": True,
                }
                for name, record in records_by_name.items()
            ]
        )

    def get(self, name):
        """The record kept as ``name``; raises ValueError where there is none."""
        return self.env.ref(f"{MODULE}.{name}")

    def has(self, name):
        return bool(self.env.ref(f"{MODULE}.{name}", raise_if_not_found=False))

    def user(self, key):
        """The user of the person ``key`` of people.csv."""
        # sudo: who the people of the table are is known to the program
        return self.get(f"person_{key}").sudo().user_id.with_env(self.env)


def read_scenario(path):
    """Rows of a table of the sample practice, as dicts. ``path`` below data/scenarios."""
    with file_open(f"medical_office/data/scenarios/{path}") as handle:
        return list(csv.DictReader(handle))


class CoreSample(models.AbstractModel):
    """Makes the sample practice, part by part. A domain adds its part to ``_parts``."""

    _name = "medical.core.sample"
    _description = "Sample Practice"

    @api.model
    def _parts(self):
        """Names of the parts in the order in which they are made.

        For each ``x`` there is a method ``_load_x(practice)``. A domain overrides this,
        calls super and appends its own.
        """
        return ["company", "people", "rooms", "rounds"]

    @api.model
    def _doers(self):
        """Whose work each part is: {part: key of people.csv}.

        A part that is not named is the administrator's. A domain overrides this and adds
        its own to ``super()``.
        """
        return {"rooms": "alvarez", "rounds": "alvarez"}

    @api.model
    def load(self, commit=False):
        """Make what is still missing of the sample practice; return its company's id.

        Only an administrator may. Each finished part is remembered, so a load that was
        cut off goes on where it stopped. The same day gives the same practice.

        :param commit: commit after each part (a long load from the command line)
        :raises AccessError: the user is no administrator
        """
        if not self.env.is_admin() and not self.env.user._is_system():
            raise AccessError(
                self.env._("Only an administrator can load the sample practice.")
            )
        practice = self._practice()
        doers = self._doers()
        # the trend last: it counts what all parts left open in the past
        for part in (*self._parts(), "trend"):
            if practice.has(f"part_{part}"):
                continue
            acting = practice.acting(doers[part]) if part in doers else practice
            getattr(self.with_env(acting.env), f"_load_{part}")(acting)
            self.env.flush_all()  # what a person wrote is written as that person
            practice.keep({f"part_{part}": practice.company})
            if commit:
                self.env.cr.commit()  # pylint: disable=invalid-commit
        # the past is laid by the program, so nobody has signed it: it is sealed as laid
        self.env["medical.core.seal"]._seal_existing()
        self.env["medical.core.setup"]._close_where_used(
            self.env._("The sample practice is set up.")
        )
        self.env["medical.core.check"]._run()
        return practice.company.id

    @api.model
    def _practice(self):
        company = self.env.ref(f"{MODULE}.company", raise_if_not_found=False)
        if not company:
            company = self._new_company()
            Practice(self.env, company, None).keep({"company": company})
        self.env.user.company_ids |= company
        context = {
            "allowed_company_ids": company.ids,
            "tracking_disable": True,
            "mail_create_nolog": True,
            "no_reset_password": True,
        }
        env = self.with_context(**context).with_company(company).env
        return Practice(
            env,
            company.with_env(env),
            fields.Date.context_today(self.with_context(tz=ZONE)),
        )

    @api.model
    def _new_company(self):
        """The first company of a new database becomes the sample practice.

        :raises UserError: the database is in use
        """
        self._refuse_used_database()
        main = self.env.ref("base.main_company")
        with file_open(LOGO, "rb") as handle:
            logo = base64.b64encode(handle.read())
        main.write(
            {
                "name": COMPANY,
                "logo": logo,
                "street": "410 Lakeside Drive",
                "city": "Madison",
                "state_id": self.env.ref("base.state_us_50").id,
                "zip": "53703",
                "country_id": self.env.ref("base.us").id,
                "phone": "(608) 555-0140",
                "email": f"office@{DOMAIN}",
                "website": f"https://{DOMAIN}",
                "currency_id": self.env.ref("base.USD").id,
            }
        )
        return main

    @api.model
    def _refuse_used_database(self):
        """Nothing to mix with, and no stranger's data behind a well-known password."""
        # sudo: only counts
        env = self.sudo().with_context(active_test=False).env
        admin = self.env.ref("base.user_admin")
        found = {
            self.env._("journal entries"): env["account.move"].search_count([]),
            self.env._("stock moves"): env["stock.move"].search_count([]),
            self.env._("employees"): env["hr.employee"].search_count(
                [("user_id", "!=", admin.id)]
            ),
            self.env._("users"): env["res.users"].search_count(
                [
                    ("share", "=", False),
                    ("id", "not in", [admin.id, self.env.ref("base.user_root").id]),
                    ("active", "=", True),
                ]
            ),
        }
        used = [f"{count} {name}" for name, count in found.items() if count]
        if used:
            raise UserError(
                self.env._(
                    "This database is in use: it contains %(found)s. The users of the "
                    "sample practice share a well-known password, so it can be loaded "
                    "only into a new database. Create one and load it there.",
                    found=", ".join(used),
                )
            )

    @api.model
    def logins(self):
        """One login per role of the sample practice.

        :return: list of (role, login, password)
        :raises AccessError: the user is no administrator
        """
        if not self.env.is_admin() and not self.env.user._is_system():
            raise AccessError(self.env._("Only an administrator can see the logins."))
        groups = {
            role: self.env.ref(f"medical_office.core_group_{role}") for role in ROLES
        }
        named = [
            (groups[row["role"]].name, row["login"], PASSWORD)
            for row in read_scenario("core/people.csv")
            if row["login"]
        ]
        auditor = self.env.ref("medical_office.core_group_auditor")
        return [*named, (auditor.name, "auditor", PASSWORD)]

    @api.model
    def _sample_portal(self, practice):
        """The investor's portal login, made by whichever part asks first."""
        # sudo: logins are the administrator's to give
        users = practice.env["res.users"].sudo()
        found = users.search([("login", "=", "investor")])
        return found or users.create(
            {
                "name": "Prairie Health Partners",
                "login": "investor",
                "password": PASSWORD,
                "email": "investor@lakeside.example",
                "company_id": practice.company.id,
                "company_ids": [Command.set(practice.company.ids)],
                "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
            }
        )

    # ------------------------------------------------------------------ the parts

    def _load_company(self, practice):
        """Opening days: Monday to Friday, 8 to 5 with an hour's lunch, in local time."""
        calendar = practice.env["resource.calendar"].create(
            {
                "name": "Office hours",
                "company_id": practice.company.id,
                "tz": ZONE,
            }
        )
        practice.company.resource_calendar_id = calendar
        practice.company.partner_id.tz = ZONE
        # sudo: nobody makes an own account on the login page of a practice
        parameters = practice.env["ir.config_parameter"].sudo()
        parameters.set_param("auth_signup.invitation_scope", "b2b")
        holidays = [
            (day, name)
            for year in range(practice.today.year - 1, practice.today.year + 2)
            for day, name in _closed_days(year)
        ]
        practice.env["resource.calendar.leaves"].create(
            [
                {
                    "name": name,
                    "calendar_id": calendar.id,
                    "company_id": practice.company.id,
                    # midnight to midnight in Chicago, stored in UTC
                    "date_from": f"{day} 06:00:00",
                    "date_to": f"{day + timedelta(days=1)} 05:59:59",
                }
                for day, name in holidays
            ]
        )
        practice.keep({"calendar": calendar})

    def _load_people(self, practice):
        """28 people with department, job, user and role; and one auditor from outside."""
        rows = read_scenario("core/people.csv")
        departments = self._load_departments(practice)
        jobs = self._load_jobs(practice, rows, departments)
        users = self._load_users(practice, rows)
        calendar = practice.get("calendar")
        employees = practice.env["hr.employee"].create(
            [
                {
                    "name": row["name"],
                    "user_id": user.id,
                    "company_id": practice.company.id,
                    "department_id": departments[row["department"]].id,
                    "job_id": jobs[row["job"]].id,
                    "job_title": row["job"],
                    "work_email": user.email,
                    "work_phone": f"(608) 555-01{index + 50}",
                    "resource_calendar_id": calendar.id,
                    "tz": ZONE,
                    "date_version": practice.today
                    - timedelta(days=365 * int(row["years"]) + 30),
                }
                for index, (row, user) in enumerate(zip(rows, users, strict=True))
            ]
        )
        by_key = {row["key"]: e for row, e in zip(rows, employees, strict=True)}
        practice.keep({f"person_{key}": e for key, e in by_key.items()})
        for row in read_scenario("core/departments.csv"):
            departments[row["name"]].manager_id = by_key[row["head"]]
        for row in rows:
            head = departments[row["department"]].manager_id
            boss = by_key["whitfield"] if head == by_key[row["key"]] else head
            if boss != by_key[row["key"]]:
                by_key[row["key"]].parent_id = boss

    def _load_departments(self, practice):
        rows = read_scenario("core/departments.csv")
        # the host has made one for its administrator: it is that of the practice
        known = self.env.ref("hr.dep_administration", raise_if_not_found=False)
        if known and known.company_id != practice.company:
            known = None
        by_name = {known.name: known.with_env(practice.env)} if known else {}
        made = practice.env["hr.department"].create(
            [
                {"name": row["name"], "company_id": practice.company.id}
                for row in rows
                if row["name"] not in by_name
            ]
        )
        by_name |= {department.name: department for department in made}
        for row in rows:
            if row["parent"]:
                by_name[row["name"]].parent_id = by_name[row["parent"]]
        practice.keep(
            {
                f"department_{name.lower().replace(' ', '_')}": department
                for name, department in by_name.items()
            }
        )
        return by_name

    def _load_jobs(self, practice, rows, departments):
        department_by_job = {row["job"]: departments[row["department"]] for row in rows}
        jobs = practice.env["hr.job"].create(
            [
                {
                    "name": name,
                    "department_id": department.id,
                    "company_id": practice.company.id,
                }
                for name, department in department_by_job.items()
            ]
        )
        return {job.name: job for job in jobs}

    def _load_users(self, practice, rows):
        base = {
            "company_id": practice.company.id,
            "company_ids": [Command.set(practice.company.ids)],
            "tz": ZONE,
        }
        groups = {
            role: self.env.ref(f"medical_office.core_group_{role}") for role in ROLES
        }
        users = practice.env["res.users"].create(
            [
                {
                    **base,
                    "name": row["name"],
                    "login": row["login"] or row["name"].lower().replace(" ", "."),
                    "email": f"{row['name'].lower().replace(' ', '.')}@{DOMAIN}",
                    "group_ids": [Command.set(groups[row["role"]].ids)],
                }
                for row in rows
            ]
        )
        auditor = self.env.ref("medical_office.core_group_auditor")
        outside = practice.env["res.users"].create(
            {
                **base,
                "name": "Ruth Feldman (auditor)",
                "login": "auditor",
                "email": f"auditor@{DOMAIN}",
                "group_ids": [Command.set(auditor.ids)],
                "medical_auditor_until": practice.today + timedelta(days=60),
            }
        )
        practice.keep({"user_auditor": outside})
        # one slow hash for all, as they share the word: a third of a second each
        crypt = outside._crypt_context().hash(PASSWORD)
        for user in users | outside:
            user._set_encrypted_password(user.id, crypt)
        return users

    def _load_rooms(self, practice):
        """Two sites with their rooms, in walking order."""
        manager = practice.user("alvarez")
        sites = {"LM": self._first_site(practice)}
        sites["LN"] = practice.env["stock.warehouse"].create(
            {"name": "Lakeside North", "code": "LN", "company_id": practice.company.id}
        )
        for site in sites.values():
            site.write({"medical_is_site": True, "medical_manager_id": manager.id})
        practice.keep({f"site_{code.lower()}": site for code, site in sites.items()})
        department = practice.env["hr.department"]
        departments = {d.name: d for d in department.search([])}
        rows = read_scenario("core/rooms.csv")
        rooms = practice.env["stock.location"].create(
            [
                {
                    "name": row["name"],
                    "usage": "internal",
                    "location_id": sites[row["site"]].lot_stock_id.id,
                    "company_id": practice.company.id,
                    "medical_room_type": row["type"],
                    "medical_floor": row["floor"],
                    "medical_sequence": 10 * index,
                    "medical_department_id": departments[row["department"]].id,
                    "medical_manager_id": (
                        departments[row["department"]].manager_id.user_id or manager
                    ).id,
                }
                for index, row in enumerate(rows, 1)
            ]
        )
        practice.keep(
            {
                f"room_{row['site']}_{row['name']}".lower().replace(" ", "_"): room
                for row, room in zip(rows, rooms, strict=True)
            }
        )

    def _first_site(self, practice):
        """The warehouse that every new company gets becomes the main site."""
        site = practice.env["stock.warehouse"].search(
            [("company_id", "=", practice.company.id)], limit=1
        )
        if not site:
            site = site.create(
                {
                    "name": "Lakeside Main",
                    "code": "LM",
                    "company_id": practice.company.id,
                }
            )
        site.write({"name": "Lakeside Main", "code": "LM"})
        return site


def _closed_days(year):
    """Days on which the sample practice is closed, with their names."""

    def nth(month, weekday, n):
        first = fields.Date.to_date(f"{year}-{month:02}-01")
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))

    june = fields.Date.to_date(f"{year}-06-01")
    return [
        (fields.Date.to_date(f"{year}-01-01"), "New Year's Day"),
        (june - timedelta(days=june.weekday() or 7), "Memorial Day"),
        (fields.Date.to_date(f"{year}-07-04"), "Independence Day"),
        (nth(9, 0, 1), "Labor Day"),
        (nth(11, 3, 4), "Thanksgiving Day"),
        (fields.Date.to_date(f"{year}-12-25"), "Christmas Day"),
    ]
