#!/usr/bin/env bash
# probablepeople 0.5.6: a pharmacy is a person, and a person with two surnames a corporation.
#
# Expected: "King Pharmacy" and "Angel Care" are firms; "Garcia Lopez Jose" (the order of
# many lists) is a person.
# Seen: the firms get a given name and a surname, the person a corporation's name. Screened
# by that type, each is compared with the wrong part of an exclusion list. Output:
#
#     King Pharmacy: Person
#     Angel Care: Person
#     Garcia Lopez Jose: Corporation
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check "probablepeople==0.5.6"
"$folder/venv/bin/python" - <<'PYTHON'
import probablepeople

names = ("King Pharmacy", "Angel Care", "Garcia Lopez Jose")
seen = [probablepeople.tag(name)[1] for name in names]
for name, kind in zip(names, seen):
    print(f"{name}: {kind}")

assert seen == ["Person", "Person", "Corporation"], "the behavior changed"
PYTHON
