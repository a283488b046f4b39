"""What a server holds in memory: fresh, after the first screens, a pay run of 1,000, and
the largest reports; the goal is less than 1 GiB in total.

The server is a process of its own (threads, no workers), called as a browser calls it.
"server MB" is what it holds when the step is over, "peak MB" the most it held during the
step, "with helpers MB" the most with the programs it started (wkhtmltopdf). Resident
memory, summed over processes; read every 50 ms (Linux only). MEMORY_BENCH_SIZE=1000 sets
the people.
"""

import contextlib
import os
import re
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import requests
from bench_payroll import hire, new_run, setup
from bench_payroll_steps import books, deposits
from register import person, table

from odoo.tools import config

SIZE = int(os.environ.get("MEMORY_BENCH_SIZE", "1000"))
LIMIT = 1024  # MiB
PASSWORD = "bench"
RUN = "hr.payslip.run"


def main(env):
    watched(env, prepare(env))


def watched(env, run):
    """Take all steps with a run of people and print what was held."""
    env.cr.commit()
    rows = []
    with server(env) as one:
        one.step(rows, "started", lambda: None)
        manager, payroll = (
            one.sign_in(env.cr.dbname, login) for login in ("manager", "payroll")
        )
        one.step(rows, "cockpit", lambda: cockpit(one, manager))
        one.step(rows, f"pay run of {SIZE:,}", lambda: compute(one, payroll, run.id))
        env.invalidate_all()
        env.cr.rollback()
        slips = env[RUN].browse(run.id).slip_ids
        reports = {
            "payroll register, XLSX": (
                f"/report/xlsx/medical_office.payroll_register_report_xlsx/{run.id}"
            ),
            "payroll register, PDF": (
                f"/report/pdf/medical_office.payroll_register_report/{run.id}"
            ),
            f"{SIZE:,} payslips, PDF": "/report/pdf/medical_office.payroll_slip_report/"
            + ",".join(map(str, slips.ids)),
        }
        for name, address in reports.items():
            one.step(rows, name, lambda address=address: one.get(payroll, address))
    table(["after", "seconds", "server MB", "peak MB", "with helpers MB"], rows)
    most = max(row[4] for row in rows)
    words = "within" if most < LIMIT else "BEYOND"
    print(f"most: {most:,.0f} MiB, {words} the {LIMIT:,} that it may hold")


def prepare(env):
    """People, books and an open run, and who works on it."""
    practice = setup(env)
    books(env)
    for role in ("manager", "payroll"):
        person(env, role, f"core_group_{role}", password=PASSWORD)
    people = hire(env, practice, SIZE)
    deposits(env, people)
    return new_run(env, practice, "US", 0)


def cockpit(one, who):
    """The page, what it loads, and the call of the first screen."""
    page = one.get(who, "/odoo").text
    for address in re.findall(r'(?:src|href)="(/web/assets/[^"]+)"', page):
        one.get(who, address)
    one.call(who, "medical.core.cockpit", "data")


def compute(one, who, run):
    """As the dialog does: chunk by chunk."""
    told = one.call(who, RUN, "medical_compute_step", [run], restart=True)
    while not told["finished"]:
        told = one.call(who, RUN, "medical_compute_step", [run])
    assert told["done"] == told["all"] == SIZE, told


@contextlib.contextmanager
def server(env):
    """A server of its own on the bench's database."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    env["ir.config_parameter"].set_param("report.url", url)
    env.cr.commit()
    name = env.cr.dbname
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "odoo", "-c", config["config"], "-d", name),
            *(f"--db-filter=^{name}$", "--http-port", str(port)),
            *("--workers", "0", "--max-cron-threads", "0"),
            # a busy machine takes longer than the host lets a request last
            *("--limit-time-real", "7200", "--limit-time-cpu", "7200"),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield Server(process, url)
    finally:
        process.terminate()
        process.wait(30)


class Server:
    """A process that is called and watched."""

    def __init__(self, process, url):
        self.pid, self.url = process.pid, url
        until = time.monotonic() + 300
        while time.monotonic() < until:
            with contextlib.suppress(requests.RequestException):
                if requests.get(f"{url}/web/health", timeout=5).ok:
                    return
            assert process.poll() is None, "the server did not start"
            time.sleep(0.5)
        raise AssertionError("the server does not answer")

    def sign_in(self, database, login):
        who = requests.Session()
        values = {"db": database, "login": login, "password": PASSWORD}
        self._post(who, "/web/session/authenticate", values)
        return who

    def call(self, who, model, method, *args, **kwargs):
        values = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self._post(who, f"/web/dataset/call_kw/{model}/{method}", values)

    def get(self, who, address):
        answer = who.get(self.url + address, timeout=1800)
        answer.raise_for_status()
        return answer

    def _post(self, who, path, params):
        body = {"jsonrpc": "2.0", "params": params}
        answer = who.post(self.url + path, json=body, timeout=1800)
        answer.raise_for_status()
        told = answer.json()
        if "error" in told:
            raise AssertionError(told["error"]["data"]["debug"])
        return told["result"]

    def step(self, rows, name, act):
        """Do something and watch the memory meanwhile."""
        peaks, over = [0, 0], threading.Event()

        def watch():
            while not over.wait(0.05):
                own = resident(self.pid)
                peaks[0] = max(peaks[0], own)
                helpers = [one for one in below(self.pid) if not is_copy(one, self.pid)]
                peaks[1] = max(peaks[1], own + sum(map(resident, helpers)))

        watcher = threading.Thread(target=watch)
        watcher.start()
        began = time.perf_counter()
        try:
            act()
        finally:
            seconds = time.perf_counter() - began
            time.sleep(0.2)
            over.set()
            watcher.join()
        rows.append([name, seconds, resident(self.pid), *peaks])


def resident(pid):
    """MiB that a process holds; 0 where it is gone."""
    with contextlib.suppress(OSError):
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
        for line in status.splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    return 0.0


def is_copy(child, parent):
    """Whether a process is still the parent's fork, whose memory is the parent's own."""
    try:
        return os.readlink(f"/proc/{child}/exe") == os.readlink(f"/proc/{parent}/exe")
    except OSError:
        return True  # gone meanwhile


def below(pid):
    """The processes that a process started, and those that they did."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in task.read_text(encoding="ascii").split():
                found += [int(child), *below(int(child))]
    return found
