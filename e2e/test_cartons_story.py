"""A delivery of three cartons, from the door to the shelf and, if need be, off it again:
received by camera, put away, counted, one lot recalled, and the lots of a refrigerator
that was too warm held and released by two people.

The camera is a file that Chromium plays; each label is drawn by the test and read by the
page's own reader.
"""

import re
import shutil
from datetime import datetime, timedelta

import pytest
from clock import ZONE, practice_day
from conftest import CHROMIUM, OUTPUT, Person, expect_state
from labels import half, label, show
from playwright.sync_api import expect

DAY = practice_day() + timedelta(days=500)
EXPIRES = f"{DAY:%y%m%d}"
GTINS = ("00614141999996", "00614141888887")
HIBC = "A999FOAM4"
LOTS = tuple(f"{kind}{datetime.now():%H%M%S}" for kind in ("DM", "CS", "HB"))
SQUARE = 280  # pixels that a window needs for a square code held at arm's length
SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"


@pytest.fixture
def camera(browser, tmp_path):
    """A browser whose camera sees ``camera.see(picture)``, and who is signed in there."""
    film = tmp_path / "camera.y4m"
    show(film, label(f"(01){GTINS[0]}(10)NONE", "datamatrix"))
    chromium = browser.browser_type.launch(
        executable_path=next(filter(None, map(shutil.which, CHROMIUM))),
        args=[
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--disable-gpu",
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={film}",
        ],
    )
    people = []

    def sign_in(login):
        somebody = Person(chromium, login, phone=True)
        somebody.see = lambda picture: show(film, picture)
        people.append(somebody)
        return somebody

    yield sign_in
    OUTPUT.mkdir(exist_ok=True)
    for somebody in people:
        somebody.page.screenshot(path=OUTPUT / f"last-camera-{somebody.login}.png")
    chromium.close()
    errors = [f"{p.login}: {error}" for p in people for error in p.errors]
    assert not errors, "\n".join(errors)


def test_three_cartons_from_the_door_to_the_shelf_and_off_it(person, camera):
    manager = person("manager")
    room, site, store = a_small_room(manager)
    items = three_items(manager)
    delivery = order(manager, items, site)
    wanted_in_the_room(manager, items[0], room)

    receive_by_camera(camera("manager"), delivery, items, store)
    count_and_put_away(camera("staff"), manager, room, items[0])
    staff = person("staff")
    ask_for_more(staff, items[1])
    fill_a_kit(staff, manager, room, items[1])
    recall(manager, items[2])

    unit, lots = a_refrigerator_with_lots(manager)
    excursion = import_the_file(staff, unit)
    answer(person("head"), excursion, lots)
    release(manager, excursion, lots, unit)


def test_a_scanner_that_types_is_heard_wherever_the_focus_is(person):
    """With its separator, which a browser leaves out of a field, and without spoiling
    the figure that somebody has just typed."""
    manager, staff = person("manager"), person("staff")
    room, _site, _store = a_small_room(manager)
    wanted_in_the_room(manager, three_items(manager)[0], room)
    page, sent = staff.page, []
    page.on(
        "request",
        lambda one: (
            "phone_scan" in one.url
            and sent.append(one.post_data_json["params"]["args"][1])
        ),
    )
    staff.open("/odoo/count-shelf")
    page.locator(".mo_room").filter(
        has=page.get_by_text(room[1], exact=True)
    ).first.click()
    expect(page.locator(".mo_head")).to_contain_text(room[1])
    lines, again = page.locator(".mo_line"), page.get_by_text("Recount this shelf")
    expect(lines.first.or_(again)).to_be_visible()
    if again.count():
        again.click()
    expect(lines.first).to_be_visible()
    figure = lines.nth(2).locator(".mo_value")
    for place in (None, page.get_by_label("Scan, or type a code"), figure):
        if place:
            place.click()
        if place is figure:
            page.keyboard.type("7")
            page.wait_for_timeout(200)  # the hand takes up the scanner
        page.keyboard.type(f"01{GTINS[0]}10A7")
        page.keyboard.press("Control+]")
        page.keyboard.type("21K9")
        with page.expect_response(re.compile("phone_scan")):
            page.keyboard.press("Enter")
    assert sent == [f"01{GTINS[0]}10A7\x1d21K9"] * 3
    expect(figure).to_have_value("7")
    # what is being typed outlasts the answer to the figure before it
    with page.expect_response(re.compile("phone_enter")):
        lines.nth(0).locator(".mo_value").fill("3")
        figure.click()
        page.keyboard.type("8")
    page.wait_for_timeout(300)  # the answer is drawn
    expect(figure).to_have_value("8")
    # nobody finds half a count
    model, begun = "medical.supply.count", [["state", "=", "counting"]]
    for count in manager.call(model, "search", [*begun, ["room_id", "=", room[0]]]):
        manager.call(model, "action_cancel", [count], "Tried a scanner")


# ------------------------------------------------------------------- what is prepared


def a_small_room(manager):
    """The room with the fewest places of the site's exam rooms: (id, name), site, store."""
    [room] = manager.call(
        "stock.location",
        "search_read",
        [["medical_room_type", "=", "exam"], ["medical_count_blind", "=", False]],
        ["name", "warehouse_id"],
        limit=1,
        order="id",
    )
    [site] = manager.call(
        "stock.warehouse",
        "read",
        [room["warehouse_id"][0]],
        ["name", "in_type_id", "medical_store_id"],
    )
    return (room["id"], room["name"]), site, site["medical_store_id"][0]


def three_items(manager):
    """Three items kept by lot that no room has yet, each with the code of its carton."""
    items = manager.call(
        "product.product",
        "search_read",
        [
            ["tracking", "=", "lot"],
            ["medical_kind", "=", "medical"],
            ["seller_ids.partner_id.name", "=", "Clearwater Health Products"],
        ],
        ["name", "uom_id"],
        limit=3,
        order="id",
    )
    for item, code in zip(items, (*GTINS, HIBC), strict=True):
        manager.call("product.product", "write", [item["id"]], {"barcode": code})
    return items


def order(manager, items, site):
    """An order of one, twenty-four and one; the id of its delivery."""
    [terms] = manager.call(
        "product.supplierinfo",
        "search_read",
        [["partner_id.name", "=", "Clearwater Health Products"]],
        ["partner_id"],
        limit=1,
    )
    lines = [
        [
            0,
            0,
            {
                "product_id": item["id"],
                "product_qty": quantity,
                "product_uom_id": item["uom_id"][0],
                "price_unit": 1.0,
            },
        ]
        for item, quantity in zip(items, (1, 24, 1), strict=True)
    ]
    values = {
        "partner_id": terms["partner_id"][0],
        "picking_type_id": site["in_type_id"][0],
        "order_line": lines,
    }
    made = manager.call("purchase.order", "create", [values])
    manager.call("purchase.order", "button_confirm", made)
    [bought] = manager.call("purchase.order", "read", made, ["picking_ids"])
    return bought["picking_ids"][0]


def wanted_in_the_room(manager, item, room):
    """The room wants one of the first item."""
    found = manager.call(
        "stock.warehouse.orderpoint",
        "search",
        [["product_id", "=", item["id"]], ["location_id", "=", room[0]]],
    )
    values = {"product_min_qty": 90, "product_max_qty": 99}
    if found:
        manager.call("stock.warehouse.orderpoint", "write", found, values)
        return
    values |= {"product_id": item["id"], "location_id": room[0]}
    manager.call("stock.warehouse.orderpoint", "create", [values])


# -------------------------------------------------------------------------- the door


def receive_by_camera(manager, delivery, items, store):
    """Carton after carton; one that has expired is refused."""
    page = manager.page
    manager.open(f"/odoo/supply-deliveries/{delivery}")
    page.get_by_role("button", name="Receive", exact=True).click()
    form = page.locator(".modal .o_form_view")
    expect(form).to_contain_text(items[0]["name"])
    past = practice_day() - timedelta(days=40)
    old = f"(01){GTINS[0]}(17){past:%y%m%d}(10)OLD"
    manager.see(label(old, "datamatrix"))
    form.get_by_label("Scan with the camera").click()
    said = page.locator(".modal [role=status]").last
    expect(said).to_contain_text("expired")
    manager.shot("story-cartons-1-refused")

    first = f"(01){GTINS[0]}(17){EXPIRES}(10){LOTS[0]}"
    next_carton(manager, first, "datamatrix", "story-cartons-2-camera")
    expect(said).to_contain_text("1 of 1")
    # the count comes before the lot: only a separator parts them
    case = f"(02){GTINS[1]}(17){EXPIRES}(37)24(10){LOTS[1]}"
    next_carton(manager, case, "code128")
    expect(said).to_contain_text("24 of 24")
    next_carton(manager, hibc(f"+{HIBC}0/$$3{EXPIRES}{LOTS[2]}"), "hibc")
    expect(said).to_contain_text("1 of 1")
    manager.shot("story-cartons-3-scanned")
    page.get_by_role("button", name="Done", exact=True).click()
    expect(form).to_contain_text(items[2]["name"])
    form.get_by_role("button", name="Receive", exact=True).or_(
        page.locator(".modal footer").get_by_role("button", name="Receive")
    ).first.click()
    expect(page.locator(".o_notification")).to_contain_text("Items put into")
    for item, lot, quantity in zip(items, LOTS, (1, 24, 1), strict=True):
        assert held(manager, item, lot, store) == quantity
        [kept] = manager.call(
            "stock.lot",
            "search_read",
            [["name", "=", lot], ["product_id", "=", item["id"]]],
            ["expiration_date"],
        )
        assert kept["expiration_date"][:10] in (f"{DAY}", f"{DAY + timedelta(days=1)}")


def next_carton(manager, text, kind, picture=None):
    """Hold the next label before the camera, and look at the window it is seen in."""
    page = manager.page
    window = page.locator(".mo_square")
    manager.see(half(label(text, kind)) if picture else label(text, kind))
    page.get_by_role("button", name="Next Carton").click()
    if picture:  # a hand hides half of the label, so that there is time for a picture
        box = window.bounding_box()
        assert box["width"] >= SQUARE
        assert abs(box["width"] - box["height"]) < 2
        page.wait_for_function("document.querySelector('.mo_square video').videoWidth")
        manager.shot(picture)
        page.keyboard.press("Escape")
        expect(window).to_have_count(0)
        manager.see(label(text, kind))
        page.get_by_label("Scan with the camera").click()
        expect(window).to_have_count(1)
    expect(window).to_have_count(0)


def hibc(text):
    """With its check character (ANSI/HIBC 2.6, modulo 43)."""
    return text + SIGNS[sum(map(SIGNS.index, text)) % 43]


def held(somebody, item, lot, place):
    quants = somebody.call(
        "stock.quant",
        "search_read",
        [
            ["product_id", "=", item["id"]],
            ["lot_id.name", "=", lot],
            ["location_id", "=", place],
        ],
        ["quantity"],
    )
    return sum(quant["quantity"] for quant in quants)


# ------------------------------------------------------------------------- the shelf


def count_and_put_away(staff, manager, room, item):
    """The shelf is counted, one line by camera; what it lacks is fetched from the store."""
    page = staff.page
    staff.open("/odoo/count-shelf")
    page.locator(".mo_room").filter(
        has=page.get_by_text(room[1], exact=True)
    ).first.click()
    lines = page.locator(".mo_line")
    expect(lines.first).to_be_visible()
    scanned = scan_one_line(staff, manager, lines, room)
    for line in lines.all():
        if "mo_line_done" not in (line.get_attribute("class") or ""):
            line.locator(".mo_expected").click()
            expect(line).to_have_class(re.compile("mo_line_done"))
    assert scanned
    page.get_by_role("button", name="Submit the count").click()
    expect(page.locator(".mo_pick", has_text=item["name"]).first).to_be_visible()
    staff.shot("story-cartons-5-fetch")
    # the box that is carried ticks its line
    staff.see(label(f"(01){GTINS[0]}(17){EXPIRES}(10){LOTS[0]}", "datamatrix"))
    page.get_by_label("Scan with the camera").click()
    fetched = page.locator(".mo_pick", has_text=item["name"])
    expect(fetched.locator(".fa")).to_be_visible()
    expect(page.locator("[role=status]", has_text=LOTS[0])).to_contain_text("1 of 1")
    page.get_by_role("button", name="It is on the shelf").click()
    expect(page.get_by_text("The shelf is filled.")).to_be_visible()
    assert held(manager, item, LOTS[0], room[0]) == 1


def scan_one_line(staff, manager, lines, room):
    """Scan a box that says how many are in it: as many as the books expect."""
    [quant] = manager.call(
        "stock.quant",
        "search_read",
        [
            ["location_id", "=", room[0]],
            ["lot_id", "=", False],
            ["quantity", ">", 1],
        ],
        ["product_id", "quantity"],
        limit=1,
        order="id",
    )
    gtin = "00614141777778"
    manager.call(
        "product.product", "write", [quant["product_id"][0]], {"barcode": gtin}
    )
    staff.see(label(f"(01){gtin}(30){quant['quantity']:.0f}", "datamatrix"))
    staff.page.get_by_label("Scan with the camera").click()
    done = staff.page.locator(".mo_line_done")
    expect(done).to_have_count(1)
    expect(done.locator(".mo_value")).to_have_value(f"{quant['quantity']:.0f}")
    staff.shot("story-cartons-4-count")
    return quant


def type_code(page, code):
    """What a scanner that types sends into the field of a form."""
    field = page.locator(".o_field_widget[name=code]")
    field.locator("input").fill(code)
    field.locator("input").press("Enter")
    return field.locator("[role=status]")


def ask_for_more(staff, item):
    """The empty box fills in the request."""
    page = staff.page
    staff.open("/odoo/request-item")
    said = type_code(page, f"01{GTINS[1]}17{EXPIRES}10{LOTS[1]}")
    expect(said).to_contain_text("Nothing is sent")
    expect(said).to_have_class(re.compile("alert-info"))  # green is for what is done
    expect(page.locator(".o_field_widget[name=product_id] input")).to_have_value(
        re.compile(re.escape(item["name"]))
    )
    choose_room(page)
    page.get_by_role("button", name="Send Request").click()
    expect(page.locator(".o_notification")).to_contain_text("Request Sent")
    expect(page.get_by_role("button", name="Send Request")).to_have_count(0)


def choose_room(page):
    """The first room that is offered."""
    page.locator(".o_field_widget[name=room_id] input").click()
    page.locator(".o-autocomplete--dropdown-item:visible").first.click()


def fill_a_kit(staff, manager, room, item):
    """Box after box into the kit; one that has expired stays out."""
    [kit] = manager.call(
        "medical.supply.kit",
        "create",
        [{"name": f"Box {LOTS[1]}", "location_id": room[0]}],
    )
    page = staff.page
    staff.open(f"/odoo/emergency-kits/{kit}")
    past = practice_day() - timedelta(days=40)
    said = type_code(page, f"01{GTINS[1]}17{past:%y%m%d}10OLD")
    expect(said).to_contain_text("expired")
    said = type_code(page, f"01{GTINS[1]}17{EXPIRES}10{LOTS[1]}")
    expect(said).to_contain_text(LOTS[1])
    rows = page.locator(".o_field_widget[name=line_ids] .o_data_row")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(item["name"])
    expect(rows).to_contain_text(LOTS[1])
    staff.shot("story-cartons-10-kit")


# ------------------------------------------------------------------------ the recall


def recall(manager, item):
    """One lot number finds the box; one button puts it away."""
    page = manager.page
    manager.open("/odoo/recalls/new")
    page.locator(".o_field_widget[name=name] input").fill(LOTS[2])
    page.locator(".o_form_button_save").click()
    page.get_by_role("button", name="Find Lot").click()
    form = page.locator(".o_form_view")
    expect(form).to_contain_text(item["name"])
    form.get_by_role("button", name="Put All into Quarantine").click()
    expect(page.locator(".o_statusbar_status .o_arrow_button_current")).to_contain_text(
        re.compile("quarantine", re.IGNORECASE)
    )
    manager.shot("story-cartons-6-recall")
    lying = manager.call(
        "stock.quant",
        "search_read",
        [
            ["lot_id.name", "=", LOTS[2]],
            ["product_id", "=", item["id"]],
            ["location_id.usage", "=", "internal"],
            ["quantity", ">", 0],
        ],
        ["location_id"],
    )
    assert lying
    assert all("uarantine" in quant["location_id"][1] for quant in lying)


# ------------------------------------------------------------------- the refrigerator


def a_refrigerator_with_lots(manager):
    """A refrigerator whose contents the books know, and how many lots lie in it."""
    units = manager.call(
        "maintenance.equipment",
        "search_read",
        [["medical_vaccine_storage", "=", True], ["medical_shelf_id", "!=", False]],
        ["name", "medical_shelf_id", "medical_range_text"],
    )
    unit = next(one for one in units if one["medical_range_text"].startswith("2 "))
    lots = lots_in(manager, unit["medical_shelf_id"][0])
    if lots:
        return unit, lots
    raise AssertionError("the refrigerator is empty")


def lots_in(somebody, place):
    return somebody.call(
        "stock.quant",
        "search_count",
        [
            ["location_id", "=", place],
            ["lot_id", "!=", False],
            ["quantity", ">", 0],
        ],
    )


def tag_file():
    """A Fridge-tag 2 L's file: 9.4 °C for ten minutes, an hour ago."""
    start = datetime.now(ZONE) - timedelta(minutes=60)
    values = ("5.0", "9.4", "9.1", "6.0", "5.0")
    rows = "".join(
        f"\t{start + timedelta(minutes=5 * step):%Y-%m-%d %H:%M}\t{value}\t\n"
        for step, value in enumerate(values)
    )
    return (
        "Device: Q-tag Fridge-tag 2 L\nVers: 0.5\nConf:\n Serial: 000000000000\n"
        " Zone: 0.00\n Temp unit: C\n Alarm:\n  0:\n   T AL: -0.5, t AL: 60\n"
        "  1:\n   T AL: +8.0, t AL: 600\n"
        f"Data:\n\tyyyy-MM-dd hh:mm\tT\tOut of limits\n{rows}Sig: 00\n"
    ).encode()


def import_the_file(staff, unit):
    """The dry run shows the time out of range; the import opens the excursion."""
    page = staff.page
    staff.open(f"/odoo/maintenance.equipment/{unit['id']}")
    page.get_by_role("tab", name="Temperatures").click()
    page.get_by_role("button", name="Import a Logger's File").click()
    page.locator(".modal input[type=file]").set_input_files(
        {"name": "fridge-tag.txt", "mimeType": "text/plain", "buffer": tag_file()}
    )
    modal = page.locator(".modal")
    modal.get_by_role("button", name="Test", exact=True).click()
    expect(modal).to_contain_text("Too warm")
    staff.shot("story-cartons-7-fridge-tag")
    modal.get_by_role("button", name="Import", exact=True).click()
    expect(modal).to_have_count(0)
    [excursion] = staff.call(
        "medical.supply.excursion",
        "search_read",
        [["equipment_id", "=", unit["id"]]],
        ["state", "worst"],
        order="id desc",
        limit=1,
    )
    assert (excursion["state"], excursion["worst"]) == ("quarantined", 9.4)
    assert lots_in(staff, unit["medical_shelf_id"][0]) == 0
    return excursion["id"]


def answer(head, excursion, lots):
    """The makers' answers are entered, and signed."""
    lines = head.call(
        "medical.supply.excursion.line",
        "search",
        [["excursion_id", "=", excursion]],
    )
    assert len(lines) == lots
    head.call(
        "medical.supply.excursion.line",
        "write",
        lines,
        {"answer": "usable", "contact": "Medical information", "reference": "C-100"},
    )
    head.open(f"/odoo/excursions/{excursion}")
    form = head.page.locator(".o_form_view")
    expect(form).to_contain_text("C-100")
    head.shot("story-cartons-8-answers")
    form.get_by_role("button", name="Sign the Answers").click()
    expect_state(head.page, "First signature")


def release(manager, excursion, lots, unit):
    """The second signature, by somebody else: the lots are back."""
    manager.open(f"/odoo/excursions/{excursion}")
    manager.page.get_by_role("button", name="Release as Answered").click()
    expect_state(manager.page, "Released")
    manager.shot("story-cartons-9-released")
    assert lots_in(manager, unit["medical_shelf_id"][0]) == lots
