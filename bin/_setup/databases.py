"""Template databases, and databases cloned from them in about a second."""

import ast
import itertools
import subprocess
import textwrap

from . import host, postgres, python
from .common import (
    ADDON,
    LOGS,
    ROOT,
    STATE,
    Missing,
    digest,
    run,
    say,
    together,
)

CONF = STATE / "odoo.conf"
HOST_PREFIX = "mo_host_"
ADDON_PREFIX = "mo_addon_"
PREPARE = """
env["ir.config_parameter"].set_param("ir_attachment.location", "db")
env["ir.attachment"].force_storage()
env["ir.config_parameter"].set_param("report.print_delay", "0")
env.cr.commit()
"""
# what the first pages of a practice and its prints load; the host makes others when they
# are asked for. Made with the template: beside the sample's load they were refused now and
# then ("could not serialize access"), both write what hangs on a company
BUNDLES = (
    "web.assets_web",
    "web.assets_web_print",
    "web.assets_frontend",
    "web.assets_frontend_minimal",
    "web.assets_frontend_lazy",
    "web.report_assets_common",
    "web.report_assets_pdf",
)
ASSETS = f"""
for bundle in {BUNDLES!r}:
    env["ir.qweb"]._get_asset_bundle(bundle, css=False, js=True).js()
    env["ir.qweb"]._get_asset_bundle(bundle, css=True, js=False).css()
env.cr.commit()
"""
# tests of the client load more
ALL_ASSETS = """
env["ir.qweb"]._pregenerate_assets_bundles()
env.cr.commit()
"""
# one process for all of it: each other one would load a thousand models again
INSTALL = """
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry

registry = Registry.new({database!r}, update_module=True, install_modules={modules!r})
with registry.cursor() as cr:
    env = api.Environment(cr, SUPERUSER_ID, {{}})
{after}
"""


class Installation:
    """Everything that is set up, and Odoo run with it."""

    def __init__(self, testing=True):
        """:param testing: with the packages that only tests and lint need"""
        STATE.mkdir(exist_ok=True)
        self.host, self.python = together(
            host.ensure, lambda: python.ensure(testing=testing)
        )
        self.pg = postgres.ensure()
        self.env = {
            **python.environment(self.host),
            **self.pg,
            "PGOPTIONS": "-c synchronous_commit=off -c jit=off",
        }
        self._write_conf()

    def host_addons(self):
        """The folders of Odoo's addons and of the OCA's."""
        oca = python.FOLDER.glob("lib/python*/site-packages/odoo/addons")
        return [self.host / "odoo/addons", *sorted(oca)]

    def _addons_path(self, ours=ROOT):
        """Odoo's addons, the OCA's, and ours: from the tree, or from another folder."""
        return ",".join(map(str, [*self.host_addons(), ours]))

    def _write_conf(self):
        lines = [
            "[options]",
            f"addons_path = {self._addons_path()}",
            f"data_dir = {STATE / 'data'}",
            "http_interface = 127.0.0.1",
            "workers = 0",
            "max_cron_threads = 1",
            "list_db = False",
            *(
                f"{name} = {self.pg[variable]}"
                for name, variable in (
                    ("db_host", "PGHOST"),
                    ("db_port", "PGPORT"),
                    ("db_user", "PGUSER"),
                    ("db_password", "PGPASSWORD"),
                )
                if variable in self.pg
            ),
        ]
        CONF.touch(mode=0o600)
        CONF.write_text("\n".join(lines) + "\n", encoding="utf-8")

    # ------------------------------------------------------------------- running

    def odoo(self, *arguments):
        """The command line that runs Odoo with these arguments."""
        words = 2 if arguments[:1] in (("i18n",), ("module",)) else 1
        command = [
            *itertools.takewhile(
                lambda word: not word.startswith("-"), arguments[:words]
            )
        ]
        rest = arguments[len(command) :]
        return [str(self.python), "-m", "odoo", *command, "-c", str(CONF), *rest]

    def shell(self, database, script, log, addons=ROOT):
        """Run a script in ``odoo shell``; an error in it stops us.

        :param database: that ``env`` is of; None: the script opens one itself
        """
        LOGS.mkdir(parents=True, exist_ok=True)
        guarded = f"{script}\nprint('finished' + '-well')\n"
        done = subprocess.run(
            self.odoo(
                *("shell", "--no-http", *(("-d", database) if database else ())),
                f"--addons-path={self._addons_path(addons)}",
            ),
            input=guarded,
            env=self.env,
            text=True,
            capture_output=True,
            check=False,
        )
        output = done.stdout + done.stderr
        (LOGS / f"{log}.log").write_text(output, encoding="utf-8")
        if "finished-well" not in done.stdout:
            tail = "\n".join(f"    {line}" for line in output.splitlines()[-20:])
            raise Missing(
                f"A step in the database failed (.odoo/log/{log}.log):\n{tail}"
            )
        return done.stdout

    def pg_tool(self, name, *arguments, check=True):
        return run(postgres.tools() / name, *arguments, env=self.env, check=check)

    # ----------------------------------------------------------------- databases

    def query(self, sql, database="postgres"):
        output = self.pg_tool("psql", "-At", "-d", database, "-c", sql)
        return output.splitlines()

    def exists(self, database):
        return database in self._databases()

    def _databases(self):
        return self.query("SELECT datname FROM pg_database")

    def drop(self, database):
        self.pg_tool("dropdb", "--if-exists", "--force", database)

    def clone(self, template, database):
        """Make ``database`` anew as a copy of ``template``.

        It is another database than the one of that name before, whose last seal is
        remembered outside of it: so it gets an identity of its own.
        """
        self.drop(database)
        self.pg_tool("createdb", "-T", template, database)
        self.query(
            "UPDATE ir_config_parameter SET value = gen_random_uuid()::text "
            "WHERE key = 'database.uuid'",
            database,
        )

    def host_template(self):
        """A database with every module that ours stands on."""
        name, depends = self._host_name(), _depends()
        if self.exists(name):
            return name
        say("installing Odoo's modules into a template database (a minute or two)")
        self._build(name, depends, after=PREPARE)
        self._drop_older(HOST_PREFIX, name)
        return name

    def addon_template(self):
        """The same with our addon, as the files stand now.

        The first is made in one go; who changes the addon and comes again gets a
        template of the host, and later ones are built on that.
        """
        name = ADDON_PREFIX + digest(self._host_name(), addon_key())
        databases = self._databases()
        if name in databases:
            return name
        if any(other.startswith((HOST_PREFIX, ADDON_PREFIX)) for other in databases):
            base = self.host_template()
            say("installing the addon into a template database")
            self._build(name, ["medical_office"], template=base, after=ASSETS)
        else:
            say("installing Odoo's modules and the addon (a minute or two)")
            modules = [*_depends(), "medical_office"]
            self._build(name, modules, after=PREPARE + ASSETS)
        self._drop_older(ADDON_PREFIX, name)
        return name

    def _host_name(self):
        return HOST_PREFIX + digest(*_depends(), python.key())

    def _build(self, name, modules, template=None, after=""):
        part = f"{name}_part"
        if template:
            self.clone(template, part)
        else:
            self.drop(part)
            self.pg_tool("createdb", part)
        script = INSTALL.format(
            database=part, modules=modules, after=textwrap.indent(after, "    ")
        )
        self.shell(None, script, name)
        self._check_installed(part, modules, name)
        self.query(f'ALTER DATABASE "{part}" RENAME TO "{name}"')

    def install(self, database, *modules, addons=ROOT, log="install"):
        """Install modules into a database.

        :raises Missing: one of them, or one that it stands on, is not installed
        """
        run(
            *self.odoo("-d", database, "-i", ",".join(modules)),
            *("--stop-after-init", "--no-http"),
            f"--addons-path={self._addons_path(addons)}",
            log=log,
            env=self.env,
        )
        self._check_installed(database, modules, log)

    def _check_installed(self, database, modules, log):
        """
        :raises Missing: one of these modules, or one that it stands on, is not installed
        """
        state = self.query(
            "SELECT name FROM ir_module_module WHERE state LIKE 'to %'", database
        )
        wanted = ", ".join(f"'{module}'" for module in modules)
        there = self.query(
            "SELECT name FROM ir_module_module WHERE state = 'installed' "
            f"AND name IN ({wanted})",
            database,
        )
        if state or set(there) != set(modules):
            raise Missing(
                f"Not installed: {sorted(set(modules) - set(there)) or state}; the log is "
                f".odoo/log/{log}.log."
            )

    def _drop_older(self, prefix, keep):
        for name in self._databases():
            if name.startswith(prefix) and name != keep:
                self.drop(name)

    def assets(self, database, every=False):
        """Build the web client's bundles once, so that no page waits for them.

        :param every: those of the tests, too
        """
        say("building the web client's bundles")
        self.shell(database, ALL_ASSETS if every else ASSETS, "assets")


def _depends():
    """The modules that ours stands on, by name."""
    manifest = (ADDON / "__manifest__.py").read_text(encoding="utf-8")
    return sorted(ast.literal_eval(manifest)["depends"])


def addon_key():
    """Hash of the addon's files, its tests left out."""
    return digest(
        *(
            path
            for path in sorted(ADDON.rglob("*"))
            if path.is_file()
            and "tests" not in path.relative_to(ADDON).parts
            and "__pycache__" not in path.parts
        )
    )
