"""What should not be plugged in where it is, and breakers with too much on them."""

from decimal import Decimal

import pytest
from tools.facility.power import (
    Connection,
    connection_warnings,
    load_warning,
)

VACCINES = {"vaccine_storage": True, "emergency_power": True}


@pytest.mark.parametrize(
    ("connection", "expected"),
    [
        # CDC Vaccine Storage and Handling Toolkit, March 2024: power supply
        ({**VACCINES}, []),
        ({**VACCINES, "switched": True}, [("vaccine_switched", "high")]),
        ({**VACCINES, "gfci": True}, [("vaccine_gfci", "high")]),
        ({**VACCINES, "sharing_outlet": 2}, [("vaccine_shared", "medium")]),
        ({"switched": True, "gfci": True, "sharing_outlet": 3}, []),
        # the practice's own: what must run in an outage has a source for it
        (
            {"needs_emergency_power": True, "life_safety": True},
            [("no_emergency_power", "high")],
        ),
        ({"needs_emergency_power": True}, [("no_emergency_power", "medium")]),
        ({"needs_emergency_power": True, "ups": True}, []),
        ({"needs_emergency_power": True, "own_battery": True}, []),
        ({"needs_emergency_power": True, "emergency_power": True}, []),
        ({"life_safety": True}, []),
    ],
)
def test_connections(connection, expected):
    found = connection_warnings(Connection(**connection))
    assert [(one.code, one.severity) for one in found] == expected


@pytest.mark.parametrize(
    ("amps", "rating", "expected"),
    [
        # NFPA 70, 210.20(A): 16 A of continuous load is what a 20 A breaker may carry
        ("16", "20", None),
        ("16.01", "20", "near"),
        ("20", "20", "near"),
        ("20.01", "20", "over"),
        ("40", "0", None),
        ("0", "20", None),
    ],
)
def test_loads(amps, rating, expected):
    found = load_warning(Decimal(amps), Decimal(rating))
    assert (found and found.code) == expected
