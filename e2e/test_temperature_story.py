"""A temperature of the other unit is asked about before anything is put away: on the
phone where it is typed, and where it came from elsewhere by the button "It shows this".
"""

from playwright.sync_api import expect

TYPED = "4.5"  # where °F is asked for: right in °C, a freezer in °F


def test_a_temperature_of_the_other_unit_is_asked_about(person):
    nurse = person("staff", phone=True)
    line, room = a_temperature_to_read(person("manager"))
    read, before = stored(nurse, line), excursions(nurse)

    shown = walk_into(nurse, room, line)
    mistype(nurse, shown)
    assert stored(nurse, line) == read
    assert excursions(nurse) == before

    # the same figure by another door, as a list on the desktop saves it
    nurse.call("medical.core.round.line", "write", [line], {"value_number": 4.5})
    number, doubt = stored(nurse, line)
    assert number == 4.5 and "4.5" in doubt
    assert excursions(nurse) == before

    shown = walk_into(nurse, room, line)
    question = shown.get_by_role("alert")
    expect(question).to_contain_text("would be right in °C")
    nurse.shot("phone-it-shows-this")
    question.get_by_role("button", name="It shows this").click()
    expect(question).to_have_count(0)
    expect(nurse.page.locator(".mo_waiting")).to_have_count(0)
    expect(shown).to_have_attribute("data-result", "fail")
    assert stored(nurse, line) == (4.5, False)
    assert excursions(nurse) == before + 1


def a_temperature_to_read(manager):
    """The nurse's last round of a refrigerator, opened again by the manager: the line of
    the temperature and its room."""
    found = manager.call(
        "medical.core.round",
        "search",
        [
            ["user_id.login", "=", "staff"],
            ["state", "in", ["done", "missed"]],
            ["checklist_id.name", "=", "Vaccine refrigerator temperature"],
        ],
        order="date_due desc",
        limit=1,
    )
    manager.call(
        "medical.core.round", "action_reopen", found, "The display is to be read again."
    )
    (line,) = manager.call(
        "medical.core.round.line",
        "search_read",
        [["round_id", "in", found], ["uom", "=", "°F"]],
        ["room_id"],
        limit=1,
    )
    return line["id"], line["room_id"][0]


def stored(nurse, line):
    """What is kept of a line: its number and the question about it."""
    (kept,) = nurse.call(
        "medical.core.round.line", "read", [line], ["value_number", "doubt"]
    )
    return kept["value_number"], kept["doubt"]


def excursions(nurse):
    return nurse.call("medical.supply.excursion", "search_count", [])


def walk_into(nurse, room, line):
    """Open the room on the phone; the line as it is shown there."""
    nurse.open("/odoo/rounds-walk")
    nurse.page.locator(f".mo_phone_room[data-id='{room}']").click()
    shown = nurse.page.locator(f".mo_phone_line[data-id='{line}']")
    shown.scroll_into_view_if_needed()
    return shown


def mistype(nurse, shown):
    """Type the figure, and say no when it is asked about: it stays to be corrected."""
    asked = []

    def refuse(dialog):
        asked.append(dialog.message)
        dialog.dismiss()

    nurse.page.once("dialog", refuse)
    number = shown.locator(".mo_number_input")
    number.fill(TYPED)
    number.blur()
    expect(number).to_have_value(TYPED)
    assert asked and "would be right in °C" in asked[0], asked
