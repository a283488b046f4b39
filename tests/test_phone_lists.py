"""What a list warns of in color, its phone list warns of, too."""

from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree

import pytest

ADDON = Path(__file__).resolve().parent.parent / "medical_office"
WARNINGS = ("decoration-danger", "decoration-warning")


def _views():
    """((file, model), root of the arch) of each view that is not an extension."""
    for path in sorted(ADDON.rglob("*.xml")):
        for record in ElementTree.parse(path).iter("record"):
            found = {field.get("name"): field for field in record.findall("field")}
            if "arch" in found and "model" in found and "inherit_id" not in found:
                for root in found["arch"]:
                    yield (path.stem, found["model"].text), root


def _warned(view):
    """The columns of a list that are seen by default and change their color."""
    return {
        field.get("name")
        for field in view.findall("field")
        if any(field.get(name) for name in WARNINGS)
        and field.get("optional") != "hide"
        and not field.get("column_invisible")
    }


def _told(view):
    """The fields of a phone list, and what it is grouped or counted by."""
    return {field.get("name") for field in view.iter("field")} | {
        view.get("default_group_by"),
        *(bar.get("field") for bar in view.iter("progressbar")),
    }


def _phone_lists():
    """(model, what its list warns of, what its phone list tells), of lists in one file."""
    lists, cards = defaultdict(set), {}
    for place, view in _views():
        if view.tag == "list":
            lists[place] |= _warned(view)
        elif view.tag == "kanban":
            cards.setdefault(place, set()).update(_told(view))
    return [(place[1], lists[place], told) for place, told in cards.items()]


@pytest.mark.parametrize(
    ("model", "warned", "told"),
    [pytest.param(*one, id=one[0]) for one in _phone_lists()],
)
def test_a_phone_list_hides_no_warning(model, warned, told):
    assert warned <= told, f"{model}: the phone list says nothing of {warned - told}"


def test_there_are_phone_lists():
    assert sum(bool(warned) for _model, warned, _told in _phone_lists()) > 8


# the script of phone lists moves the status of these beside the name, too
MOVED = ("maintenance.equipment", "maintenance.request")


def test_a_status_of_a_host_model_is_on_the_screen():
    """Lists of the host's models keep their columns: a status beside many of them lies
    off a phone's screen, unless the phone shows cards or the status comes second."""
    cards = {place for place, view in _views() if view.tag == "kanban"}
    hidden = []
    for (file, model), view in _views():
        if view.tag != "list" or model.startswith("medical.") or model in MOVED:
            continue
        shown = [
            field
            for field in view.findall("field")
            if not field.get("column_invisible") and field.get("optional") != "hide"
        ]
        badges = [n for n, field in enumerate(shown) if field.get("widget") == "badge"]
        if badges and badges[0] > 1 and (file, model) not in cards:
            hidden.append((file, model))
    assert hidden == []
