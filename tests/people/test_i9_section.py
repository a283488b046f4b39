"""Section 1 of Form I-9: what is missing, which numbers are none."""

from datetime import date

import pytest
from tools.people.i9.section import problems, ssn_text

TODAY = date(2026, 6, 10)
FIRST = date(2026, 6, 11)
CITIZEN = {
    "last_name": "Whitaker", "first_name": "Noah", "street": "12 Elm St",
    "city": "Springfield", "state_id": 1, "zip": "62704",
    "birth_date": date(1999, 2, 3), "attestation": "citizen",
}  # fmt: skip
AUTHORIZED = {
    **CITIZEN,
    "attestation": "authorized",
    "authorized_until": date(2027, 6, 1),
    "uscis_number": "A 123-456-789",
}


@pytest.mark.parametrize(
    ("given", "changes", "found"),
    [
        (CITIZEN, {}, []),
        (CITIZEN, {"last_name": ""}, ["last_name"]),
        (CITIZEN, {"zip": "627"}, ["zip"]),
        (CITIZEN, {"birth_date": TODAY}, ["birth_date"]),
        (CITIZEN, {"birth_date": date(1890, 1, 1)}, ["birth_date"]),
        (CITIZEN, {"attestation": False}, ["attestation"]),
        (CITIZEN, {"attestation": "national"}, []),
        (CITIZEN, {"attestation": "resident"}, ["uscis_number"]),
        (CITIZEN, {"attestation": "resident", "uscis_number": "A12345678"}, []),
        (CITIZEN, {"attestation": "resident", "uscis_number": "A12"}, ["uscis_number"]),
        (AUTHORIZED, {}, []),
        (AUTHORIZED, {"authorized_until": False}, ["authorized_until"]),
        (AUTHORIZED, {"authorized_until": False, "has_no_end": True}, []),
        (AUTHORIZED, {"authorized_until": TODAY}, ["ended"]),
        (AUTHORIZED, {"authorized_until": FIRST}, []),
        (AUTHORIZED, {"uscis_number": ""}, ["papers"]),
        (AUTHORIZED, {"uscis_number": "", "i94_number": "123456789A1"}, []),
        (AUTHORIZED, {"uscis_number": "", "i94_number": "12345678901"}, []),
        (AUTHORIZED, {"i94_number": "12"}, ["i94_number"]),
        (AUTHORIZED, {"passport_number": "X1234567"}, ["passport_country_id"]),
        (AUTHORIZED, {"passport_number": "X1234567", "passport_country_id": 5}, []),
        (CITIZEN, {"has_preparer": True}, ["preparer_name", "preparer_address"]),
    ],
)  # fmt: skip
def test_what_is_missing_is_named(given, changes, found):
    assert problems({**given, **changes}, TODAY, FIRST) == found


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("219-09-9999", "219-09-9999"),
        ("219 09 9999", "219-09-9999"),
        ("000-12-3456", None),
        ("666-12-3456", None),
        ("900-12-3456", None),
        ("219-00-9999", None),
        ("219-09-0000", None),
        ("219-09-999", None),
        ("٢١٩-٠٩-٩٩٩٩", None),
        ("", None),
    ],
)
def test_a_number_that_was_never_given_out_is_none(number, text):
    assert ssn_text(number) == text
