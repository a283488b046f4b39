"""Every menu opens for who sees it, and every finding opens for who owns it.

A quick crawl; ``make crawl`` goes through all views, records and buttons, and takes longer.
"""

from xml.etree import ElementTree

import pytest
from crawler import Crawler

# (login, phone, menus the role has at least)
ROLES = (("manager", False, 80), ("head", True, 40), ("staff", True, 20))
REGISTER = "medical.core.exception"


@pytest.mark.parametrize(("login", "phone", "least"), ROLES)
def test_every_menu_opens(person, login, phone, least):
    crawl = Crawler(person(login, phone), deep=False).crawl()
    print(
        f"\n{login}{' (phone)' if phone else ''}: {crawl.menus} menus, "
        f"{crawl.screens} screens, {crawl.rows} cockpit rows"
    )
    assert not crawl.problems, "\n".join(map(str, crawl.problems))
    assert crawl.menus >= least


def test_every_owner_opens_what_was_found(person):
    """The screen a finding opens can be read by its owner, whichever role that is."""
    manager = person("manager")
    found = manager.call(
        REGISTER, "search_read", [["is_open", "=", True]], ["user_id", "summary"]
    )
    owners = {row["user_id"][0] for row in found if row["user_id"]}
    users = manager.call("res.users", "read", list(owners), ["login"])
    opened, refused = 0, []
    for user in users:
        owner = person(user["login"])
        for row in found:
            if row["user_id"] and row["user_id"][0] == user["id"]:
                opened += 1
                try:
                    _open(owner, row["id"])
                except AssertionError as error:
                    refused.append(f"{owner.login}: {row['summary']}: {error}")
    print(f"\n{opened} findings of {len(users)} owners opened")
    assert not refused, "\n".join(refused)
    assert opened >= len(owners) > 3


def _open(owner, finding):
    """Read what the screen of a finding reads, with the rights of its owner."""
    action = owner.call(REGISTER, "action_open_record", [finding])
    if action["type"] != "ir.actions.act_window":
        return
    model = action["res_model"]
    views = owner.call(model, "get_views", views=action["views"])["views"]
    if action["views"][0][1] == "form" and not action.get("res_id"):
        return  # a new record, to be filled in
    if not action.get("res_id"):
        assert owner.call(model, "search_count", action["domain"]), "an empty list"
        return
    arch = ElementTree.fromstring(views["form"]["arch"])
    names = {node.get("name"): {} for node in _fields(arch)}
    assert owner.call(model, "web_read", [action["res_id"]], specification=names)


def _fields(node):
    """The fields of a form, without those of the lists in it."""
    for child in node:
        if child.tag == "field":
            yield child
        else:
            yield from _fields(child)
