"""A group's servers: what is read comes from the replica, the bus speaks through nginx,
addresses and links are those of the outside, and a lost replica stops nobody.

``make test-cluster`` starts them and says where they are.
"""

import json
import os
import shlex
import ssl
import subprocess
import time

import psycopg2
import pytest
import requests
import websocket
from conftest import URL

REPLICA = os.environ.get("CLUSTER_REPLICA")  # how psycopg2 gets there
STOP = os.environ.get("CLUSTER_STOP")  # the command that stops the replica
START = os.environ.get("CLUSTER_START")
SHELL = os.environ.get("E2E_ODOO")
DATABASE = os.environ.get("E2E_DATABASE")
CALLS = 20
PASSWORD = "lakeside"

pytestmark = pytest.mark.skipif(not REPLICA, reason="run by make test-cluster")


@pytest.fixture
def client():
    """Somebody signed in, behind nginx; the certificate is our own."""
    session = requests.Session()
    told = _post(
        session,
        "/web/session/authenticate",
        {"db": DATABASE, "login": "manager", "password": PASSWORD},
    )
    assert told["uid"]
    return session


def _post(session, path, params):
    # said with each call: a bundle named by the environment goes before the session's
    answer = session.post(
        URL + path, json={"params": params}, timeout=120, verify=False
    )
    answer.raise_for_status()
    told = answer.json()
    assert "error" not in told, told["error"]["data"]["message"]
    return told["result"]


def read_cockpit(session):
    return _post(
        session,
        "/web/dataset/call_kw/medical.core.exception/web_search_read",
        {
            "model": "medical.core.exception",
            "method": "web_search_read",
            "args": [],
            "kwargs": {"domain": [], "specification": {"summary": {}}, "limit": 5},
        },
    )


def on_replica(query):
    connection = psycopg2.connect(REPLICA)
    try:
        with connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchone()
    finally:
        connection.close()


def transactions():
    """How many transactions on the practice have ended on the replica."""
    return on_replica(
        "SELECT xact_commit + xact_rollback FROM pg_stat_database "
        f"WHERE datname = '{DATABASE}'"
    )[0]


def test_the_replica_is_one():
    assert on_replica("SELECT pg_is_in_recovery()") == (True,)


def test_what_is_only_read_is_read_from_the_replica(client):
    before = transactions()
    for _call in range(CALLS):
        assert read_cockpit(client)["records"]
    until = time.monotonic() + 30  # counts are written down now and then
    while transactions() - before < CALLS and time.monotonic() < until:
        time.sleep(0.5)
    assert transactions() - before >= CALLS


def test_what_was_written_reaches_the_replica(client):
    name = f"Cluster {time.time()}"
    made = _post(
        client,
        "/web/dataset/call_kw/medical.core.meeting/create",
        {
            "model": "medical.core.meeting",
            "method": "create",
            "args": [[{"name": name}]],
            "kwargs": {},
        },
    )
    until = time.monotonic() + 10
    query = f"SELECT count(*) FROM medical_core_meeting WHERE id = {made[0]}"
    while on_replica(query) != (1,) and time.monotonic() < until:
        time.sleep(0.05)
    assert on_replica(query) == (1,)


def test_the_bus_speaks_through_the_proxy(client):
    version = _post(client, "/web/session/get_session_info", {})
    socket = websocket.create_connection(
        URL.replace("https", "wss")
        + f"/websocket?version={version.get('websocket_worker_version', '')}",
        sslopt={"cert_reqs": ssl.CERT_NONE, "check_hostname": False},
        cookie=f"session_id={client.cookies['session_id']}",
        origin=URL,
        timeout=60,
    )
    try:
        asked = {"event_name": "subscribe", "data": {"channels": [], "last": 0}}
        socket.send(json.dumps(asked))
        time.sleep(2)
        script = (
            'user = env["res.users"].search([("login", "=", "manager")])\n'
            'user.partner_id._bus_send("mo_cluster", {"number": 42})\n'
            "env.cr.commit()\n"
        )
        subprocess.run(
            shlex.split(SHELL), input=script, text=True, check=True, capture_output=True
        )
        told = ""
        while "mo_cluster" not in told:
            told = socket.recv()
    finally:
        socket.close()
    assert '"number": 42' in told or '"number":42' in told


def test_links_are_those_of_the_outside():
    answer = requests.get(f"{URL}/", verify=False, allow_redirects=False, timeout=60)
    where = requests.compat.urljoin(URL, answer.headers["Location"])
    assert where.startswith(URL)


def test_who_guesses_is_known_by_the_real_address():
    codes = [
        requests.get(
            f"{URL}/medical_office/fault/guess",
            headers={"X-Forwarded-For": f"198.51.100.{number}"},
            verify=False,
            timeout=60,
        ).status_code
        for number in range(31)
    ]
    assert set(codes[:30]) == {404}
    assert codes[30] == 429


def test_a_lost_replica_stops_nobody(client):
    assert read_cockpit(client)["records"]
    subprocess.run(shlex.split(STOP), check=True, cwd="/")
    try:
        for _call in range(CALLS):
            assert read_cockpit(client)["records"]
    finally:
        subprocess.run(
            shlex.split(START), check=True, cwd="/", stdout=subprocess.DEVNULL
        )
    assert on_replica("SELECT pg_is_in_recovery()") == (True,)
    assert read_cockpit(client)["records"]
