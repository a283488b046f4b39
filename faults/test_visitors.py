"""Pages that need no login, asked for odd things: none of them breaks, guesses and what
is refused count, and a photo neither fills the memory nor keeps where it was taken."""

import io
import json
import re
import struct
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests
from PIL import Image

PAGES = "/medical_office/"
# every place of a token that is behind something, by the route it is for
PREPARE = """
import json
from datetime import timedelta
from odoo import fields
from odoo.http import root
now = fields.Datetime.now()
soon = now + timedelta(days=5)
asset = env["maintenance.equipment"].search([("medical_qr_token", "!=", False)], limit=1)
room = env["stock.location"].search([("medical_qr_token", "!=", False)], limit=1)
fault = env["maintenance.request"].search([], limit=1)
company = env.ref("medical_office_sample.company")
interview = env["medical.people.interview"].search([("mode", "!=", "test")], limit=1)
interview.applicant_id.active = True
offer = env["medical.people.offer"].search([], limit=1)
document = env["medical.people.document"].search([], limit=1)
env.flush_all()
for table, values, one in (
    ("maintenance_request", {"medical_status_token": "s" * 32}, fault),
    ("res_company", {"medical_report_token": "r" * 32}, company),
    ("medical_people_interview", {"access_token": "b" * 32, "state": "draft"}, interview),
    ("medical_people_offer", {"token": "o" * 32, "state": "sent", "letter": "<p>x</p>",
                              "date_expiry": soon.date()}, offer),
    ("medical_people_document", {"state": "requested"}, document),
):
    for name, value in values.items():
        env.cr.execute(f"UPDATE {table} SET {name} = %s WHERE id = %s", [value, one.id])
env.invalidate_all()
links = env["medical.people.document.link"]
links._pen().create({
    "employee_id": document.employee_id.id, "document_ids": [(6, 0, document.ids)],
    "digest": links._digest("d" * 32), "valid_until": soon,
})
env.cr.commit()
tokens = {
    "fault": asset.medical_qr_token, "room": room.medical_qr_token,
    "status": "s" * 32, "report": "r" * 32, "booking": "b" * 32, "offer": "o" * 32,
    "documents": "d" * 32,
}
import threading
threading.current_thread().dbname = env.cr.dbname
rules = [
    (rule.rule, sorted(rule.endpoint.routing.get("methods") or ["GET", "POST"]),
     rule.endpoint.routing["auth"])
    for rule in env["ir.http"].routing_map().iter_rules()
    if rule.endpoint.func.__module__.startswith("odoo.addons.medical_office.")
    and "/web/" not in rule.rule
]
print("pages " + json.dumps([tokens, rules]))
"""
ODD = (
    "a%00b",
    "%00",
    "%ED%A0%80",
    "%FF%FE",
    "%F0%9F%98%80",
    "..%2F..%2Fetc%2Fpasswd",
    "'%22%3E%3Cscript%3E",
    "x" * 3000,
    "0",
    "-1",
    "9" * 40,
    "%E2%80%AE",
)
TEXTS = (
    "",
    "\0",
    "a\0b",
    b"half \xed\xa0\xbd",
    b"\xff\xfe",
    "9" * 400,
    "-1",
    "1e999",
    "0001-01-01",
    "9999-99-99",
    "<script>alert(1)</script>",
    "\u202e" + "x" * 20_000,
    "accept",
)
FIELDS = (
    "text", "email", "photo", "website", "name", "answer", "slot", "sex", "origin",
    "document", "file", "new", "kind", "what", "place", "happened_on", "about_manager",
    "key", "say",
)  # fmt: skip


class Visitor:
    """Somebody without a login, with the cookies of one browser."""

    def __init__(self, server):
        self.url, self.session = server.url, requests.Session()

    def get(self, path):
        return self.session.get(self.url + path, allow_redirects=False, timeout=60)

    def post(self, path, values, files=None):
        values = {"csrf_token": self.token, **values}
        return self.session.post(
            self.url + path,
            data=values,
            files=files,
            allow_redirects=False,
            timeout=120,
        )

    def open(self, path):
        """Open a page with a form; what it answered."""
        answer = self.get(path)
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', answer.text)
        self.token = found.group(1) if found else getattr(self, "token", "")
        return answer


@pytest.fixture(scope="module")
def pages(shell):
    told = shell(PREPARE)
    line = next(line for line in told.splitlines() if line.startswith("pages "))
    tokens, rules = json.loads(line[6:])
    return tokens, [tuple(rule) for rule in rules]


@pytest.fixture
def visitor(server, pages, forget):
    one = Visitor(server)
    one.open(f"/medical_office/fault/{pages[0]['fault']}")
    assert one.token
    return one


@pytest.fixture
def forget(books):
    """Forget what was counted, before each test and when asked."""

    def run():
        books.rows("DELETE FROM medical_core_hit RETURNING id")

    run()
    return run


def with_word(rule, word):
    return "/".join(word if part.startswith("<") else part for part in rule.split("/"))


def real(rule, tokens):
    """The address of something that is there; None for a page that has none."""
    for name in ("status", *tokens):
        if f"/{name}/" in rule:
            return with_word(rule, tokens[name])
    return rule if "<" not in rule else None


def test_no_page_breaks_at_an_odd_address(visitor, pages, forget, client):
    _tokens, rules = pages
    assert len({rule for rule, _methods, _auth in rules}) > 12
    staff = client("staff")
    wrong = []
    for rule, methods, auth in rules:
        for odd in ODD:
            path = with_word(rule, odd)
            forget()
            session = requests if auth != "user" else None
            for method in ("GET", "POST", "PUT", "HEAD"):
                answer = (session or requests).request(
                    method,
                    visitor.url + path,
                    cookies=staff.cookies if auth == "user" else None,
                    allow_redirects=False,
                    timeout=60,
                )
                if answer.status_code >= 500:
                    wrong.append((method, path[:80], answer.status_code))
        assert methods
    assert not wrong


def test_no_form_breaks_at_odd_values(visitor, pages, forget):
    tokens, rules = pages
    wrong, seen = [], set()
    for rule, methods, auth in rules:
        path = real(rule, tokens)
        if "POST" not in methods or auth == "user" or not path:
            continue
        for odd in TEXTS:
            forget()
            answers = [
                visitor.post(path, dict.fromkeys(FIELDS, odd)),
                visitor.post(path, {name: [odd, odd] for name in FIELDS}),
                visitor.post(
                    path,
                    {},
                    {name: (name, io.BytesIO(b"\x89PNG\0" * 9)) for name in FIELDS},
                ),
                visitor.session.post(
                    visitor.url + path, data=b"\0\xff" * 99, timeout=60
                ),
                visitor.session.post(
                    visitor.url + path, json={"text": "\0"}, timeout=60
                ),
            ]
            seen.update(answer.status_code for answer in answers)
            wrong += [
                (path[:60], str(odd)[:20], answer.status_code)
                for answer in answers
                if answer.status_code >= 500
            ]
    assert not wrong
    assert seen & {303, 200, 422}, seen


def test_real_pages_open(visitor, pages, forget):
    """So that the tests above try what is behind a token, not only the doors."""
    tokens, rules = pages
    opened = {}
    for rule, methods, auth in rules:
        path = real(rule, tokens)
        if "GET" in methods and auth != "user" and path:
            forget()
            opened[rule] = visitor.get(path).status_code
    assert set(opened.values()) <= {200, 303}, opened
    assert len(opened) >= 7, opened


def test_many_at_once_get_an_answer(server, pages):
    path = f"/medical_office/fault/{pages[0]['fault']}"

    def ask(number):
        one = Visitor(server)
        one.open(path if number % 2 else "/medical_office/fault/guess")
        return one.post(path, {"text": f"Leaks {number}"}).status_code

    with ThreadPoolExecutor(25) as pool:
        codes = set(pool.map(ask, range(100)))
    assert codes <= {303, 400, 404, 429}, codes
    assert 429 in codes


def test_what_is_refused_counts_against_the_limit(visitor, pages, forget):
    path = f"/medical_office/fault/{pages[0]['fault']}"
    codes = []
    for _try in range(60):
        codes.append(
            visitor.post(path, {"text": ""}, {"photo": ("a.jpg", b"no picture")})
        )
        if codes[-1].status_code == 429:
            break
    assert {answer.status_code for answer in codes[:-1]} == {422}
    assert codes[-1].status_code == 429


def bomb(kind, side):
    """A small file that says it is a picture of ``side`` by ``side`` pixels."""
    if kind == "png":
        row = b"\0" + b"\0" * (side * 3)
        packer = zlib.compressobj(9)
        body = b"".join(packer.compress(row) for _row in range(side)) + packer.flush()

        def chunk(name, data):
            code = zlib.crc32(name + data)
            return struct.pack(">I", len(data)) + name + data + struct.pack(">I", code)

        head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
        return (
            b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", head)
            + chunk(b"IDAT", body)
            + chunk(b"IEND", b"")
        )
    stream = io.BytesIO()
    Image.new("RGB", (side, side)).save(stream, kind)
    return stream.getvalue()


def peak(server):
    """MiB that the server has held at most since ``forget_peak``."""
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s+(\d+)", status).group(1)) / 1024


@pytest.mark.parametrize(
    ("kind", "side"), [("png", 12_000), ("webp", 9_000), ("jpeg", 9_000)]
)
def test_a_small_file_with_a_huge_picture_is_not_decoded(
    visitor, pages, server, kind, side
):
    data = bomb(kind, side)
    assert len(data) < 8_000_000
    clear = Path(f"/proc/{server.process.pid}/clear_refs")
    clear.write_text("5", encoding="ascii")
    before = peak(server)
    path = f"/medical_office/fault/{pages[0]['fault']}"
    answer = visitor.post(path, {"text": "Leaks"}, {"photo": ("a.jpg", data)})
    assert answer.status_code == 422
    assert peak(server) - before < 120


def photo_with_place(kind):
    """A photo that says where it was taken, and by whom."""
    image = Image.new("RGB", (640, 480), "teal")
    exif = Image.Exif()
    exif[0x010E] = "Secret place"
    exif[0x8825] = {1: "N", 2: (43.0, 4.0, 1.0)}
    stream = io.BytesIO()
    image.save(stream, kind, exif=exif.tobytes())
    assert b"Secret place" in stream.getvalue()
    return stream.getvalue()


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_a_photo_is_written_anew_without_its_place(visitor, pages, books, kind):
    path = f"/medical_office/fault/{pages[0]['fault']}"
    last = books.rows("SELECT coalesce(max(id), 0) FROM ir_attachment")[0][0]
    answer = visitor.post(
        path,
        {"text": f"A photo of {kind} {time.time()}"},
        {"photo": (f"a.{kind}", photo_with_place(kind))},
    )
    assert answer.status_code == 303
    rows = books.rows(
        "SELECT db_datas, mimetype FROM ir_attachment WHERE id > %s AND "
        "mimetype LIKE 'image/%%' AND res_model = 'maintenance.request'",
        last,
    )
    assert rows
    for content, mimetype in rows:
        assert mimetype == "image/jpeg"
        assert b"Secret place" not in bytes(content or b"")
        assert b"Exif" not in bytes(content or b"")
