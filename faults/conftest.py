"""A practice whose server dies, whose database lets go, whom many call at once.

``make test-faults`` makes the sample practice and says how its server is started; the
tests start, kill and start it again themselves.
"""

import contextlib
import json
import os
import shlex
import signal
import socket
import subprocess
import time

import psycopg2
import pytest
import requests

COMMAND = os.environ.get("FAULTS_COMMAND")  # starts the server, but for its port
SHELL = os.environ.get("FAULTS_SHELL")  # opens a shell on the same database
DATABASE = os.environ.get("FAULTS_DATABASE")
PASSWORD = "lakeside"
PATIENCE = 240  # seconds until a server that was started answers

if not COMMAND:
    pytest.skip("run by make test-faults", allow_module_level=True)


class Refused(Exception):
    """What the server answered instead of a result.

    :ivar name: of the exception, as a client sees it
    """

    def __init__(self, error):
        data = error.get("data") or {}
        self.name = data.get("name", "")
        super().__init__(data.get("message") or error.get("message"))


class Server:
    """A process of Odoo on the practice's database, to be killed."""

    def __init__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            [*shlex.split(COMMAND), "--http-port", str(self.port)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with contextlib.suppress(requests.RequestException):
                if requests.get(f"{self.url}/web/health", timeout=5).ok:
                    return
            assert self.process.poll() is None, "the server did not start"
            time.sleep(0.3)
        raise AssertionError("the server does not answer")

    def kill(self):
        """As a machine that loses power: nothing is said, nothing is put away."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(30)


class Client:
    """Somebody signed in; the cookie serves many connections."""

    def __init__(self, server, login):
        self.server, self.login = server, login
        self.cookies = None
        self.sign_in()

    def sign_in(self):
        answer = self.post(
            "/web/session/authenticate",
            {"db": DATABASE, "login": self.login, "password": PASSWORD},
        )
        self.uid = answer["uid"]

    def post(self, path, params):
        answer = requests.post(
            self.server.url + path,
            json={"jsonrpc": "2.0", "method": "call", "params": params},
            cookies=self.cookies,
            timeout=240,
        )
        answer.raise_for_status()
        self.cookies = self.cookies or answer.cookies
        told = answer.json()
        if "error" in told:
            raise Refused(told["error"])
        return told.get("result")  # a method that returns nothing has none

    def call(self, model, method, *args, **kwargs):
        return self.post(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def button(self, model, method, *ids):
        return self.post(
            f"/web/dataset/call_button/{model}/{method}",
            {"model": model, "method": method, "args": [list(ids)], "kwargs": {}},
        )


class Books:
    """The database itself, beside the server."""

    def __init__(self):
        self.connection = psycopg2.connect(dbname=DATABASE)
        self.connection.autocommit = True

    def rows(self, query, *values):
        with self.connection.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchall()

    def end_a_working_session(self):
        """Take the database away from one who is at work on it, once there is one.

        :return: the process that was ended
        """
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            ended = self.rows(
                """SELECT pid, pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE datname = %s AND pid <> pg_backend_pid()
                      AND backend_type = 'client backend'
                      AND state IN ('active', 'idle in transaction')
                    ORDER BY random() LIMIT 1""",
                DATABASE,
            )
            if ended:
                return ended[0][0]
            time.sleep(0.003)
        raise AssertionError("nobody is at work")


@pytest.fixture(scope="session")
def server():
    one = Server()
    one.start()
    yield one
    one.kill()


@pytest.fixture(scope="session")
def books():
    return Books()


@pytest.fixture
def client(server):
    """Sign somebody in: ``client("manager")``."""
    return lambda login: Client(server, login)


def in_shell(script):
    """Run a script in a shell of Odoo; what it printed."""
    done = subprocess.run(
        shlex.split(SHELL),
        input=script,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.fixture(scope="session")
def shell():
    return in_shell


ROUNDS = """
import json
from datetime import timedelta
from odoo import fields
owner = env["res.users"].search([("login", "=", "manager")])
planned = [("state", "=", "planned"), ("is_audit", "=", False)]
found = env["medical.core.round"].search(planned, limit=40)
now = fields.Datetime.now()
due = now + timedelta(hours=5)
for number, one in enumerate(found):  # a schedule is due once at a time
    one._pen().write({
        "owner_id": owner.id, "date_open": now,
        "date_due": due + timedelta(minutes=number),
    })
found._ensure_lines()
told = [
    [one.id, one.line_ids.filtered(lambda x: x.item_type == "pass_fail").ids]
    for one in found
]
env.cr.commit()
print("rounds " + json.dumps([pair for pair in told if len(pair[1]) > 3]))
"""


@pytest.fixture(scope="session")
def rounds(shell):
    """Rounds of the manager that may be started, each with its lines of pass or fail:
    every test takes its own (``rounds.pop()``)."""
    told = shell(ROUNDS)
    line = next(line for line in told.splitlines() if line.startswith("rounds "))
    return json.loads(line[7:])
