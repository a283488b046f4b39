"""English of the notes, by code: why a par, why an order, why a move."""

PAR = {
    "history": "%(total)s used on %(uses)s of %(days)s working days (%(week)s a week).",
    "spike": "On %(when)s %(used)s were used; as a one-off it counts as %(counted)s.",
    "pattern_smooth": "Use is steady (ADI %(adi)s, CV2 %(cv2)s).",
    "pattern_erratic": (
        "Used every week, but very different quantities (ADI %(adi)s, CV2 %(cv2)s)."
    ),
    "pattern_intermittent": (
        "Used in some weeks only, in like quantities (ADI %(adi)s, CV2 %(cv2)s)."
    ),
    "pattern_lumpy": (
        "Used in some weeks only, in very different quantities "
        "(ADI %(adi)s, CV2 %(cv2)s)."
    ),
    "season": (
        "Both past years show the same season: the coming weeks need up to %(week)s "
        "a week."
    ),
    "level_average": "The plain average of %(weeks)s weeks is %(week)s a week.",
    "level_smoothed": (
        "Smoothed with %(percent)s %% weight on the latest week: %(week)s a week."
    ),
    "level_sba": (
        "About %(size)s every %(interval)s working days (Croston, Syntetos-Boylan)."
    ),
    "level_tsb": (
        "Not used for %(silent)s working days, before that every %(interval)s: the "
        "expected use is fading (Teunter-Syntetos-Babai)."
    ),
    "span": (
        "Counted every %(review)s working days, filled %(lead)s days later "
        "(+/- %(spread)s): the shelf must last %(span)s days."
    ),
    "reorder": (
        "In %(percent)s of 100 such spans with use %(reorder)s are enough: "
        "%(expected)s expected and %(safety)s for safety."
    ),
    "busy_days": (
        "Use falls on few busy days of the week: %(level)s were needed within such "
        "a span."
    ),
    "one_use": "Less than one usual use (%(usual)s) on the shelf would help nobody.",
    "economic_order": (
        "At %(cost)s dollars of work a line, filling %(order)s at a time costs least."
    ),
    "packs": "Rounded up to whole packs of %(pack)s: %(par)s.",
    "shelf_life": (
        "Kept to what is used before it expires: %(used)s in %(days)s working days."
    ),
    "pack_outlives": (
        "A pack of %(pack)s expires first: only %(used)s are used in %(days)s working "
        "days. Take it from the store as needed, or buy a smaller pack."
    ),
    "capacity": "Only %(capacity)s fit on the shelf.",
    "minimum": "At least %(minimum)s must always be there.",
    "service_lowered": "The shelf then lasts in %(percent)s of 100 spans with use.",
    "no_use": "Not used for %(days)s working days: the room can do without.",
    "too_new": "Only %(days)s working days of history; %(needed)s are needed.",
    "fallback_reference": "Taken from %(name)s: %(week)s a week.",
    "fallback_current": "The levels in force are kept: %(reorder)s and %(par)s.",
    "fallback_pack": "Smallest stock to begin with: %(reorder)s, filled to %(par)s.",
    "money": "A full shelf is worth %(par_value)s dollars, usually %(average_value)s.",
    "raises": (
        "From %(old_reorder)s/%(old_par)s to %(reorder)s/%(par)s ties up %(money)s "
        "dollars more."
    ),
    "frees": (
        "From %(old_reorder)s/%(old_par)s to %(reorder)s/%(par)s frees %(money)s "
        "dollars."
    ),
    "moves": (
        "From %(old_reorder)s/%(old_par)s to %(reorder)s/%(par)s, at the same value."
    ),
}

LEAD = {
    "lead_receipts": (
        "The last %(receipts)s receipts took %(mean)s working days (+/- %(spread)s)."
    ),
    "lead_few": (
        "Only %(receipts)s receipts so far: %(mean)s working days (+/- %(spread)s) "
        "to be safe."
    ),
    "lead_promised": (
        "No receipt yet: the vendor states %(mean)s working days (+/- %(spread)s "
        "assumed)."
    ),
    "lead_default": (
        "No receipt and no statement: %(mean)s working days (+/- %(spread)s) assumed."
    ),
}

REPLENISH = {
    "par_level": "Par",
    "forecast": "On hand %(on_hand)s, with what is on its way and promised away",
    "lacking": "Lacking to par",
    "whole_packs": "In whole packs of %(pack)s",
    "from_store": "From the store",
    "rest_to_buy": "Rest to buy",
    "rooms_to_buy": "Rest of all rooms",
    "store_gives": "Given away by the store",
    "store_wants": "The store's own need after that",
    "to_buy": "To buy",
}

VENDOR = {
    "needed": "Needed",
    "vendor_packs": "The vendor sells packs of %(pack)s, at least %(minimum)s",
    "price_break": (
        "The price from %(start)s makes the larger order cheaper (by %(saved)s dollars)"
    ),
    "unit_price": "Price a unit",
    "line_total": "Total",
    "not_valid": "%(vendor)s: the price list does not hold on %(day)s.",
    "no_price": "%(vendor)s: no price. Ask for one and enter it.",
    "no_vendor": "Nobody can deliver this item. Add a vendor with a price to it.",
    "too_slow": (
        "%(vendor)s takes %(lead)s working days; the shelf is empty before that."
    ),
    "none_in_time": (
        "Stock lasts %(days)s working days, the fastest vendor takes %(lead)s."
    ),
    "too_much": "%(vendor)s: %(quantity)s would expire before they are used.",
    "off_contract": "%(vendor)s: another vendor is under contract.",
    "only_vendor": "%(vendor)s is left, at %(total)s dollars.",
    "cheapest": "%(vendor)s covers the need for the least: %(total)s dollars.",
    "above_contract": (
        "%(paid)s paid, %(agreed)s agreed in the contract: %(percent)s %% more."
    ),
    "above_order": "%(paid)s paid, %(agreed)s ordered: %(percent)s %% more.",
    "above_last": "%(paid)s paid, %(agreed)s last time: %(percent)s %% more.",
    "was_free": "%(paid)s paid for what was free before.",
}

EXPIRY = {
    "rescue": (
        "Lot %(lot)s (until %(expiry)s) would expire here; %(room)s uses %(week)s a "
        "week."
    ),
}

TEXTS = {**PAR, **LEAD, **REPLENISH, **VENDOR, **EXPIRY}
