"""What the walks through several companies leave aside, each with the reason."""

# tables whose rows belong to a company by what they hang on, read by nobody but the host's
# administrator
WITHOUT_RULE = frozenset()
# what is asked of no record, whichever it is called on
OF_NO_RECORD = {
    ("medical.core.checklist", "action_import_library"): "opens an empty dialog",
}
# what a model's own birth asks for before it asks whose the records are
ENOUGH = {"medical.facility.tagout": {"reason": "Sparks"}}
HOST_ASKS_FIRST = {"account.move.line": "for the entry of the line"}

# what belongs to no company and is still not "shared", and why
NOT_SHARED = {
    # the program writes them; people read
    "medical.compliance.exclusion.match": "decided for whoever screens the party",
    "medical.compliance.exclusion.name": "follows the party, which is asked",
    "medical.core.seal.difference": "the program's; a director of any company accepts",
    # of a record of a person, an asset or a room, which record rules scope
    "medical.facility.condition": "of an asset: who sees the asset grades it",
    "medical.facility.tagout": "of an asset: tagging out a danger is never refused",
    "medical.payroll.split": "of an employee's version",
    "medical.people.knockout": "of an applicant",
    "medical.people.reference": "of an applicant",
    "medical.supply.count": "of a room",
    "medical.supply.count.line": "of a room",
    "medical.supply.kit": "of a room",
    "medical.supply.kit.line": "of a room",
}
