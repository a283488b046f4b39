#!/usr/bin/env bash
# nameparser 2.6.0: some nursing degrees after a name become the surname.
#
# Expected: MSN, RMA and RT(R) after a name are suffixes, as LVN, CNA and FNP-C are.
# Seen: without a comma they are the surname, and the surname a middle name, even if a
# known degree follows. A search for the excluded "Smith" by the parsed surname finds
# nobody. Output:
#
#     Jane Smith LVN: Smith
#     Jane Smith FNP-C: Smith
#     Jane Smith MSN: MSN
#     Jane Smith MSN, RN: MSN
#     Jane Smith RMA: RMA
#     Jane Smith RT(R): RT
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check "nameparser==2.6.0"
"$folder/venv/bin/python" - <<'PYTHON'
from nameparser import HumanName

names = [f"Jane Smith {d}" for d in ("LVN", "FNP-C", "MSN", "MSN, RN", "RMA", "RT(R)")]
seen = [HumanName(name).last for name in names]
for name, last in zip(names, seen):
    print(f"{name}: {last}")

assert seen == ["Smith", "Smith", "MSN", "MSN", "RMA", "RT"], "the behavior changed"
PYTHON
