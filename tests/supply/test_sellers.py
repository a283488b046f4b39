"""The host's choice of a vendor (product.product._select_seller), without the host."""

from datetime import date

import pytest
from tools.supply.order.sellers import Seller, select_seller

DAY = date(2026, 11, 24)


def row(key: int, **values: object) -> Seller:
    base: dict[str, object] = {
        "vendor": 1,
        "product": 0,
        "company": 0,
        "sequence": 1,
        "minimum": 0.0,
        "price": 5.0,
        "discounted": 5.0,
        "lead": 3,
        "pack": 1.0,
    }
    return Seller(key, **{**base, **values})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("offers", "quantity", "chosen"),
    [
        ([], 5, None),
        ([row(1), row(2, vendor=2, sequence=0)], 5, 2),  # the sequence decides
        ([row(1), row(2, minimum=10, discounted=4)], 5, 1),  # minimum not reached
        ([row(1), row(2, minimum=10, discounted=4)], 10, 2),
        ([row(1), row(2, minimum=10, discounted=4)], None, 2),  # minimum ignored
        ([row(1, end=date(2026, 11, 23)), row(2, vendor=2, sequence=9)], 5, 2),
        ([row(1, start=date(2026, 11, 25))], 5, None),
        ([row(1, start=DAY, end=DAY)], 5, 1),
        ([row(1, minimum=1, pack=100.0)], 100, 1),
        ([row(1, minimum=1, pack=100.0)], 99, None),
        ([row(1, minimum=1, pack=100.0)], 99.5, 1),  # 0.995 is 1.00 packs, rounded up
        # another vendor's lower price does not count once the first vendor qualifies
        ([row(1), row(2, vendor=2, sequence=2, discounted=1)], 5, 1),
    ],
)
def test_select(
    offers: list[Seller], quantity: float | None, chosen: int | None
) -> None:
    found = select_seller(offers, quantity, DAY)
    assert (found.key if found else None) == chosen


def test_a_row_fits_its_item_and_company_or_all() -> None:
    assert row(1).fits(7, 2)
    assert row(1, product=7, company=2).fits(7, 2)
    assert not row(1, product=8).fits(7, 2)
    assert not row(1, company=3).fits(7, 2)
