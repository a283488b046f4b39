"""English of the notes, by code: why a par, why an order, why a move.

The sentences are marked for the catalog of translations; the addon says them in the
language of whoever reads them.
"""

from ..marked import _lt

PAR = {
    "history": _lt(
        "%(total)s used on %(uses)s of %(days)s working days (%(week)s a week)."
    ),
    "spike": _lt(
        "On %(when)s %(used)s were used; as a one-off it counts as %(counted)s."
    ),
    "pattern_smooth": _lt("Use is steady (ADI %(adi)s, CV2 %(cv2)s)."),
    "pattern_erratic": _lt(
        "Used every week, but very different quantities (ADI %(adi)s, CV2 %(cv2)s)."
    ),
    "pattern_intermittent": _lt(
        "Used in some weeks only, in like quantities (ADI %(adi)s, CV2 %(cv2)s)."
    ),
    "pattern_lumpy": _lt(
        "Used in some weeks only, in very different quantities "
        "(ADI %(adi)s, CV2 %(cv2)s)."
    ),
    "season": _lt(
        "Both past years show the same season: the coming weeks need up to %(week)s "
        "a week."
    ),
    "level_average": _lt("The plain average of %(weeks)s weeks is %(week)s a week."),
    "level_smoothed": _lt(
        "Smoothed with %(percent)s %% weight on the latest week: %(week)s a week."
    ),
    "level_sba": _lt(
        "About %(size)s every %(interval)s working days (Croston, Syntetos-Boylan)."
    ),
    "level_tsb": _lt(
        "Not used for %(silent)s working days, before that every %(interval)s: the "
        "expected use is fading (Teunter-Syntetos-Babai)."
    ),
    "span": _lt(
        "Counted every %(review)s working days, filled %(lead)s days later "
        "(+/- %(spread)s): the shelf must last %(span)s days."
    ),
    "reorder": _lt(
        "In %(percent)s of 100 such spans with use, %(reorder)s is enough: "
        "%(expected)s expected plus %(safety)s for safety."
    ),
    "busy_days": _lt(
        "Use falls on a few busy days of the week: %(level)s were needed within such "
        "a span."
    ),
    "one_use": _lt("Keep at least one usual use (%(usual)s) on the shelf."),
    "economic_order": _lt(
        "At %(cost)s dollars of work per line, filling %(order)s at a time costs least."
    ),
    "packs": _lt("Rounded up to whole packs of %(pack)s: %(par)s."),
    "shelf_life": _lt(
        "Limited to what is used before it expires: %(used)s in %(days)s working days."
    ),
    "pack_outlives": _lt(
        "A pack of %(pack)s would expire first: only %(used)s are used in %(days)s "
        "working days. Take it from the store room as needed, or buy a smaller pack."
    ),
    "capacity": _lt("Only %(capacity)s fit on the shelf."),
    "minimum": _lt("At least %(minimum)s must always be kept."),
    "service_lowered": _lt(
        "The shelf then lasts in %(percent)s of 100 spans with use."
    ),
    "no_use": _lt("Not used for %(days)s working days: the room does not need it."),
    "too_new": _lt("Only %(days)s working days of history; %(needed)s are needed."),
    "fallback_reference": _lt("Taken from %(name)s: %(week)s a week."),
    "fallback_current": _lt("The current levels are kept: %(reorder)s and %(par)s."),
    "fallback_pack": _lt("Minimum starting stock: %(reorder)s, filled to %(par)s."),
    "money": _lt(
        "A full shelf is worth %(par_value)s dollars, on average %(average_value)s."
    ),
    "raises": _lt(
        "From %(old_reorder)s/%(old_par)s to %(reorder)s/%(par)s ties up %(money)s "
        "dollars more."
    ),
    "frees": _lt(
        "From %(old_reorder)s/%(old_par)s to %(reorder)s/%(par)s frees %(money)s "
        "dollars."
    ),
    "moves": _lt(
        "From %(old_reorder)s/%(old_par)s to %(reorder)s/%(par)s, at the same value."
    ),
}

LEAD = {
    "lead_receipts": _lt(
        "The last %(receipts)s receipts took %(mean)s working days (+/- %(spread)s)."
    ),
    "lead_few": _lt(
        "Only %(receipts)s receipts so far: %(mean)s working days (+/- %(spread)s) "
        "to be safe."
    ),
    "lead_promised": _lt(
        "No receipt yet: the vendor states %(mean)s working days (+/- %(spread)s "
        "assumed)."
    ),
    "lead_default": _lt(
        "No receipts and no vendor lead time: %(mean)s working days (+/- "
        "%(spread)s) assumed."
    ),
}

REPLENISH = {
    "par_level": _lt("Par"),
    "forecast": _lt("On hand %(on_hand)s, after incoming and promised stock"),
    "lacking": _lt("Short of par"),
    "whole_packs": _lt("In whole packs of %(pack)s"),
    "from_store": _lt("From the store room"),
    "rest_to_buy": _lt("Left to buy"),
    "rooms_to_buy": _lt("Left for all rooms"),
    "store_gives": _lt("Given out by the store room"),
    "store_wants": _lt("The store room's own need after that"),
    "to_buy": _lt("To buy"),
}

VENDOR = {
    "needed": _lt("Needed"),
    "vendor_packs": _lt("The vendor sells packs of %(pack)s, at least %(minimum)s"),
    "price_break": _lt(
        "The price from %(start)s makes the larger order cheaper (by %(saved)s dollars)"
    ),
    "unit_price": _lt("Price per unit"),
    "line_total": _lt("Total"),
    "not_valid": _lt("%(vendor)s: the price list is not in force on %(day)s."),
    "no_price": _lt("%(vendor)s: no price. Ask for one and enter it."),
    "no_vendor": _lt("Nobody can deliver this item. Add a vendor with a price to it."),
    "too_slow": _lt(
        "%(vendor)s takes %(lead)s working days; the shelf is empty before that."
    ),
    "none_in_time": _lt(
        "Stock lasts %(days)s working days, the fastest vendor takes %(lead)s."
    ),
    "too_much": _lt("%(vendor)s: %(quantity)s would expire before they are used."),
    "off_contract": _lt("%(vendor)s: another vendor is under contract."),
    "only_vendor": _lt("Only %(vendor)s is left, at %(total)s dollars."),
    "cheapest": _lt(
        "%(vendor)s covers the need at the lowest cost: %(total)s dollars."
    ),
    "above_contract": _lt(
        "%(paid)s paid, %(agreed)s agreed in the contract: %(percent)s %% more."
    ),
    "above_order": _lt("%(paid)s paid, %(agreed)s ordered: %(percent)s %% more."),
    "above_last": _lt("%(paid)s paid, %(agreed)s last time: %(percent)s %% more."),
    "was_free": _lt("%(paid)s charged for what was free before."),
}

EXPIRY = {
    "rescue": _lt(
        "Lot %(lot)s (expires %(expiry)s) would expire here; %(room)s uses %(week)s "
        "per week."
    ),
}

TEXTS = {**PAR, **LEAD, **REPLENISH, **VENDOR, **EXPIRY}
