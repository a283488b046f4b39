"""The bar stays short: new sections find their place in one of its groups."""

from pathlib import Path
from xml.etree import ElementTree

MENUS = Path(__file__).resolve().parent.parent / (
    "medical_office/views/medical_office_menus.xml"
)
BAR = (
    "Cockpit",
    "Director's Place",
    "My Approvals",
    "My Department",
    "Office",
    "People",
    "Pay",
    "Finance",
    "Compliance",
    "Payers",
    "Configuration",
)


def app():
    return ElementTree.parse(MENUS).getroot().find("menuitem")


def test_the_bar_holds_its_groups_in_order():
    assert tuple(menu.get("name") for menu in app()) == BAR
    sequences = [int(menu.get("sequence")) for menu in app()]
    assert sequences == sorted(set(sequences))


def test_each_menu_opens_something_or_holds_others():
    for menu in app().iter("menuitem"):
        children = menu.findall("menuitem")
        assert bool(menu.get("action")) != bool(children), menu.get("id")


def test_siblings_have_names_and_places_of_their_own():
    for menu in app().iter("menuitem"):
        children = menu.findall("menuitem")
        for key in ("name", "sequence"):
            values = [child.get(key) for child in children]
            assert len(values) == len(set(values)), (menu.get("id"), values)


def test_a_menu_is_four_steps_from_the_bar_at_most():
    def depth(menu):
        return 1 + max(map(depth, menu.findall("menuitem")), default=0)

    assert depth(app()) <= 5  # the app itself, the bar, a section, its part, the entry
