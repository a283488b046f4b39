"""A group of practices on one machine, as docs/admin.md sets it up on several: PostgreSQL
with a streaming replica, Odoo with workers and its process for the bus, nginx with TLS.

Everything lies in a folder that goes again, but for the programs.
"""

import configparser
import contextlib
import os
import shlex
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

from . import postgres, programs
from .common import IS_ROOT, STATE, Missing, run, say, unprivileged_user

OWNER = "medical_office"
PROGRAMS = {"nginx": "nginx", "openssl": "openssl"}
# the bus runs on gevent, which an Odoo without workers does not need
GEVENT = ("gevent==26.9.0", "zope.event==6.2", "zope.interface==8.7")
# Odoo starts its bus by the file it was started by, which `python -m odoo` has not
LAUNCHER = """
import os
os.environ["TZ"] = "UTC"
import odoo.cli
if __name__ == "__main__":
    odoo.cli.main()
"""
POSTGRES = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
port = {port}
max_connections = 100
max_locks_per_transaction = 256
shared_buffers = 128MB
max_wal_senders = 5
hot_standby = on
hot_standby_feedback = on
jit = off
"""
ODOO = """
[options]
proxy_mode = True
workers = 2
max_cron_threads = 1
http_interface = 127.0.0.1
http_port = {http}
gevent_port = {bus}
limit_memory_soft = 1073741824
limit_memory_hard = 1610612736
limit_time_cpu = 600
limit_time_real = 720
db_host = 127.0.0.1
db_port = {primary}
db_replica_host = 127.0.0.1
db_replica_port = {replica}
db_user = {owner}
db_password = {password}
db_maxconn = 32
db_name = {database}
dbfilter = ^{database}$
list_db = False
data_dir = {folder}/data
addons_path = {addons}
"""
NGINX = """
{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    map $http_upgrade $connection_upgrade {{ default upgrade; '' close; }}
    server {{
        listen 127.0.0.1:{https} ssl;
        server_name localhost;
        ssl_certificate {folder}/tls.crt;
        ssl_certificate_key {folder}/tls.key;
        client_max_body_size 12m;
        proxy_read_timeout 720s;
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        proxy_set_header X-Forwarded-Proto $scheme;
        proxy_set_header X-Forwarded-Host $http_host;
        location /websocket {{
            proxy_http_version 1.1;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $connection_upgrade;
            # a location with headers of its own inherits none
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            proxy_set_header X-Forwarded-Proto $scheme;
            proxy_set_header X-Forwarded-Host $http_host;
            proxy_pass http://127.0.0.1:{bus};
        }}
        location / {{
            proxy_redirect off;
            proxy_pass http://127.0.0.1:{http};
        }}
    }}
}}
"""


class Group:
    """The machines of a group of practices, each a few processes here.

    :param installation: where the practice's database and programs come from
    :param database: the practice, which is dumped there and restored here
    """

    def __init__(self, installation, database):
        programs.ensure(PROGRAMS, required=True)
        self.installation, self.database = installation, database
        self.user = unprivileged_user() if IS_ROOT else None
        self.tools = postgres.tools()
        self.folder = Path(tempfile.mkdtemp(prefix="mo-group-"))
        self.folder.chmod(0o755)
        names = ("primary", "replica", "http", "bus", "https")
        self.ports = dict(zip(names, _free_ports(len(names)), strict=True))
        self.password = os.urandom(12).hex()
        self.processes = []
        self.url = f"https://localhost:{self.ports['https']}"
        self.conf = self.folder / "odoo.conf"
        self.env = {
            **installation.env,
            "PGHOST": "127.0.0.1",
            "PGPORT": str(self.ports["primary"]),
            "PGUSER": OWNER,
            "PGPASSWORD": self.password,
        }
        self.env.pop("PGOPTIONS", None)

    def __enter__(self):
        try:
            self._primary()
            self._restore(self.database)
            self._replica()
            self._odoo()
            self._nginx()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_error):
        for process in reversed(self.processes):
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(40)
            process.kill()
        for name in ("replica", "primary"):
            with contextlib.suppress(Missing):
                self.stop_postgres(name)
        shutil.rmtree(self.folder, ignore_errors=True)

    # ------------------------------------------------------------------ PostgreSQL

    def _as_user(self, *command):
        options = {"cwd": "/", "env": {**os.environ, "PGPASSWORD": self.password}}
        if self.user:
            options |= {
                "user": self.user.pw_uid,
                "group": self.user.pw_gid,
                "extra_groups": [],
            }
        return run(*command, log="cluster-postgres", **options)

    def _home(self, name):
        home = self.folder / name
        home.mkdir(mode=0o700)
        if self.user:
            shutil.chown(home, self.user.pw_uid, self.user.pw_gid)
        return home

    def _primary(self):
        say("the primary database")
        data = self._home("primary")
        handover = data / "password"
        handover.touch(mode=0o600)
        handover.write_text(self.password, encoding="ascii")
        if self.user:
            shutil.chown(handover, self.user.pw_uid, self.user.pw_gid)
        self._as_user(
            self.tools / "initdb", "-D", data / "data", "-U", OWNER, "-E", "UTF8",
            "--locale=C.UTF-8", "-A", "scram-sha-256", f"--pwfile={handover}",
        )  # fmt: skip
        handover.unlink()
        self._settings("primary")
        self.start_postgres("primary")

    def _replica(self):
        say("its replica")
        home = self._home("replica")
        self._as_user(
            self.tools / "pg_basebackup", "-R", "-X", "stream", "-c", "fast",
            "-h", "127.0.0.1", "-p", str(self.ports["primary"]), "-U", OWNER,
            "-D", home / "data",
        )  # fmt: skip
        self._settings("replica")
        self.start_postgres("replica")
        until = time.monotonic() + 60
        while time.monotonic() < until:
            if self.query("SELECT state FROM pg_stat_replication") == ["streaming"]:
                return
            time.sleep(0.3)
        raise Missing("The replica does not follow.")

    def _settings(self, name):
        path = self.folder / name / "data" / "postgresql.conf"
        with path.open("a", encoding="utf-8") as conf:
            conf.write(POSTGRES.format(port=self.ports[name]))

    def start_postgres(self, name):
        home = self.folder / name
        self._as_user(
            *(self.tools / "pg_ctl", "start", "-w", "-t", "120"),
            *("-D", home / "data", "-l", home / "log"),
        )

    def stop_postgres(self, name):
        data = self.folder / name / "data"
        if (data / "postmaster.pid").exists():
            self._as_user(self.tools / "pg_ctl", "stop", "-m", "fast", "-w", "-D", data)

    def replica_commands(self):
        """For the tests: how to reach the replica, to stop it and to start it."""
        home = self.folder / "replica"
        control = [str(self.tools / "pg_ctl"), "-w", "-D", str(home / "data")]
        if self.user:
            control = [
                *("setpriv", f"--reuid={self.user.pw_uid}"),
                *(f"--regid={self.user.pw_gid}", "--clear-groups", *control),
            ]
        return {
            "CLUSTER_REPLICA": f"host=127.0.0.1 port={self.ports['replica']} "
            f"user={OWNER} password={self.password} dbname={self.database}",
            "CLUSTER_STOP": shlex.join([*control, "-m", "fast", "stop"]),
            "CLUSTER_START": shlex.join([*control, "-l", str(home / "log"), "start"]),
        }

    def query(self, sql, database="postgres", server="primary"):
        env = {**self.env, "PGPORT": str(self.ports[server])}
        return run(
            self.tools / "psql", "-At", "-d", database, "-c", sql, env=env
        ).splitlines()

    def dump(self, path, database=None):
        """A backup, as the recipe makes it."""
        run(
            *(self.tools / "pg_dump", "-Fc", "-f", path, database or self.database),
            env=self.env,
        )

    def restore(self, path, database):
        run(self.tools / "createdb", database, env=self.env)
        run(
            *(self.tools / "pg_restore", "--no-owner", "--jobs", "2"),
            *("-d", database, path),
            env=self.env,
        )
        run(
            *(self.tools / "psql", "-q", "-d", database, "-c", "ANALYZE"),
            env=self.env,
        )

    def _restore(self, database):
        say("the practice moves in")
        dump = self.folder / "practice.dump"
        self.installation.pg_tool("pg_dump", "-Fc", "-f", dump, database)
        self.restore(dump, database)
        dump.unlink()

    # ------------------------------------------------------------ Odoo and nginx

    def _data(self):
        """Files and the key of the seals, as they are copied to another machine."""
        from .databases import CONF

        parser = configparser.ConfigParser(interpolation=None)
        parser.read(CONF)
        old, new = Path(parser["options"]["data_dir"]), self.folder / "data"
        new.mkdir()
        parts = ("medical_office_seals", f"filestore/{self.database}")
        for part in parts:
            if (old / part).exists():
                shutil.copytree(old / part, new / part)
        for anchor in (new / "medical_office_seals").glob("*.anchor"):
            anchor.unlink()

    def _odoo(self):
        say("Odoo with two workers and the bus")
        self._data()
        self.conf.touch(mode=0o600)
        self.conf.write_text(
            ODOO.format(
                **{name: self.ports[name] for name in ("http", "bus")},
                **{name: self.ports[name] for name in ("primary", "replica")},
                owner=OWNER,
                password=self.password,
                database=self.database,
                folder=self.folder,
                addons=self.installation._addons_path(),
            ),
            encoding="utf-8",
        )
        (self.folder / "odoo-bin").write_text(LAUNCHER, encoding="ascii")
        self.env["PYTHONPATH"] = os.pathsep.join(
            filter(
                None,
                [self.env.get("PYTHONPATH"), str(_gevent(self.installation.python))],
            )
        )
        self.shell(
            'parameters = env["ir.config_parameter"]\n'
            f'parameters.set_param("report.url", "http://127.0.0.1:{self.ports["http"]}")\n'
            f'parameters.set_param("web.base.url", {self.url!r})\n'
            "env.cr.commit()\n"
        )
        self._start("odoo", *self.command(), env=self.env)
        until = time.monotonic() + 240
        while time.monotonic() < until:
            with (
                contextlib.suppress(OSError),
                urllib.request.urlopen(
                    f"http://127.0.0.1:{self.ports['http']}/web/health", timeout=10
                ) as answer,
            ):
                if answer.status == 200:
                    return
            time.sleep(0.5)
        raise Missing(f"Odoo does not answer:\n{self.log('odoo')}")

    def command(self, *words):
        script = str(self.folder / "odoo-bin")
        return [str(self.installation.python), script, *words, "-c", str(self.conf)]

    def shell(self, script, database=None):
        """Run a script in a shell of Odoo; what it printed."""
        done = subprocess.run(
            [*self.command("shell"), "-d", database or self.database, "--no-http"],
            input=f"{script}\nprint('finished' + '-well')\n",
            env=self.env,
            text=True,
            capture_output=True,
            check=False,
        )
        if "finished-well" not in done.stdout:
            raise Missing(f"A step failed:\n{done.stdout[-500:]}{done.stderr[-2000:]}")
        return done.stdout

    def _nginx(self):
        say("nginx with TLS")
        run(
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-keyout", self.folder / "tls.key", "-out", self.folder / "tls.crt"),
            *("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
            log="cluster-tls",
        )
        conf = self.folder / "nginx.conf"
        conf.write_text(
            NGINX.format(
                folder=self.folder,
                user=f"user {self.user.pw_name};" if self.user else "",
                **{name: self.ports[name] for name in ("https", "http", "bus")},
            ),
            encoding="utf-8",
        )
        self._start("nginx", "nginx", "-p", self.folder, "-c", conf, env=os.environ)
        until = time.monotonic() + 20
        while time.monotonic() < until:
            with (
                contextlib.suppress(OSError),
                socket.create_connection(("127.0.0.1", self.ports["https"]), 2),
            ):
                return
            time.sleep(0.2)
        raise Missing(f"nginx does not answer:\n{self.log('nginx')}")

    def _start(self, name, *command, env):
        with (self.folder / f"{name}.out").open("ab") as out:
            self.processes.append(
                subprocess.Popen(
                    [str(part) for part in command],
                    env=env,
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=subprocess.STDOUT,
                )
            )

    def log(self, name):
        return (self.folder / f"{name}.out").read_text(errors="replace")[-3000:]


def _gevent(interpreter):
    """The folder of what the bus needs, installed once."""
    folder = STATE / "gevent"
    if not (folder / "gevent").is_dir():
        say("installing gevent")
        run(
            *(interpreter, "-m", "pip", "install", "--no-deps", "--target", folder),
            *GEVENT,
            log="pip-gevent",
        )
    return folder


def _free_ports(count):
    with contextlib.ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _one in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


# --------------------------------------------------------------------- restore drill

DRILL = """
found = env["medical.core.seal.verification"]._verify()
paid = env["hr.payslip.run"].search_count([("state", "=", "paid")])
signed = env["medical.core.round"].search_count([("state", "=", "done")])
print("drill:", found.state, sorted(set(found.difference_ids.mapped("kind"))), paid, signed)
env.cr.commit()
"""


def drill(group):
    """The restore drill of docs/admin.md: a backup, another database, with and without
    the key of the seals.

    :return: (problems, what was seen)
    """
    dump = group.folder / "drill.dump"
    began = time.monotonic()
    group.dump(dump)
    group.restore(dump, "group_drill")
    took = time.monotonic() - began
    with_key = _drilled(group)
    keys = group.folder / "data/medical_office_seals"
    away = group.folder / "keys-elsewhere"
    keys.rename(away)
    without = _drilled(group)
    shutil.rmtree(keys, ignore_errors=True)
    away.rename(keys)
    problems = []
    if not with_key.startswith("intact []"):
        problems.append(f"with the key: {with_key}")
    if not without.startswith("broken ['key']"):
        problems.append(f"without the key: {without}")
    size = dump.stat().st_size / 1e6
    told = (
        f"restore drill: {size:.0f} MB dumped and restored in {took:.0f} s; {with_key}"
    )
    return problems, [told]


def _drilled(group):
    lines = group.shell(DRILL, "group_drill").splitlines()
    return next(line for line in lines if line.startswith("drill: "))[7:]
