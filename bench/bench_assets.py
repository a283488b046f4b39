"""Register, room, wiring and required checks over 2,000 and 20,000 assets.

The assets are written by SQL as copies of one: 200 rooms, two panels of 42 breakers, one
sub-panel that half of the outlets hang on, four assets in an outlet. Every asset is of a
kind that must be looked at monthly; half of them are. Each line is the call the screen
makes, as the office manager, with cold record caches.
"""

from register import measured, person, table

SIZES = (2_000, 20_000)
ROOMS = 200
BREAKERS = 42
PER_OUTLET = 4
# each copy has these of its own
OWN = {"id", "serial_no", "medical_qr_token", "name", "location_id"} | {
    f"medical_{name}" for name in ("outlet_id", "circuit_id", "breaker_id")
}


def main(env):
    practice = setup(env)
    steps = screens(env, practice)
    results, done = {}, 0
    for size in SIZES:
        fill(env, practice, done, size)
        done = size
        for name, step in steps.items():
            step()  # views and rules are read once, not each time
            with measured(env) as result:
                step()
            results[name, size] = result
    head = ["as the office manager"]
    for size in SIZES:
        head += [f"{size:,}: s", "queries"]
    rows = []
    for name in steps:
        row = [name]
        for size in SIZES:
            row += [results[name, size]["seconds"], results[name, size]["queries"]]
        rows.append(row)
    table(head, rows)


def setup(env):
    company = env.company
    manager = person(env, "alvarez", "core_group_manager")
    site = env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
    site.write({"medical_is_site": True, "medical_manager_id": manager.id})
    rooms = env["stock.location"].create(
        [
            {
                "name": f"Room {number}",
                "usage": "internal",
                "location_id": site.lot_stock_id.id,
                "medical_room_type": "exam",
            }
            for number in range(ROOMS)
        ]
    )
    circuits = wiring(env, rooms[0])
    template = env["maintenance.equipment"].create(
        {
            "name": "Extinguisher",
            "company_id": company.id,
            "medical_kind_id": env.ref(
                "medical_office.facility_kind_fire_extinguisher"
            ).id,
            "location_id": rooms[0].id,
            "medical_amps": 0.2,
            "equipment_assign_to": "other",
        }
    )
    schedule = env["medical.core.schedule"].create(
        {
            "checklist_id": env.ref(
                "medical_office.facility_checklist_extinguisher_monthly"
            ).id,
            "equipment_ids": [(6, 0, template.ids)],
            "owner_id": manager.id,
            "frequency": "monthly",
        }
    )
    schedule._generate()
    env.flush_all()
    return {
        "manager": manager,
        "rooms": rooms,
        "circuits": circuits,
        "template": template,
        "schedule": schedule,
    }


def wiring(env, room):
    """A main panel, and a sub-panel on its first breaker; one circuit a breaker."""
    panels = env["medical.facility.panel"].create(
        [{"name": name, "room_id": room.id} for name in ("MDP", "LP-1")]
    )
    breakers = env["medical.facility.breaker"].create(
        [
            {"panel_id": panel.id, "position": position, "rating_amps": 200}
            for panel in panels
            for position in range(1, BREAKERS + 1)
        ]
    )
    panels[1].fed_by_id = breakers[0]
    return env["medical.facility.circuit"].create(
        [
            {"name": f"Circuit {breaker.position}", "breaker_id": breaker.id}
            for breaker in breakers
        ]
    )


def fill(env, practice, done, size):
    """Bring the register to ``size`` assets."""
    rooms, circuits = practice["rooms"], practice["circuits"]
    first, last = done // PER_OUTLET, size // PER_OUTLET
    outlets = env["medical.facility.outlet"].create(
        [
            {
                "name": f"O-{number}",
                "room_id": rooms[number % ROOMS].id,
                "circuit_id": circuits[number % len(circuits)].id,
            }
            for number in range(first, last)
        ]
    )
    env.flush_all()
    env.cr.execute(
        """
        SELECT column_name FROM information_schema.columns
         WHERE table_name = 'maintenance_equipment'
        """
    )
    copied = ", ".join(
        sorted(f'"{name}"' for (name,) in env.cr.fetchall() if name not in OWN)
    )
    env.cr.execute(
        f"""
        INSERT INTO maintenance_equipment (
            {copied}, name, serial_no, medical_qr_token, location_id,
            medical_outlet_id, medical_circuit_id, medical_breaker_id
        )
        SELECT {", ".join(f"template.{name}" for name in copied.split(", "))},
               jsonb_build_object('en_US', 'Extinguisher ' || n),
               'S' || n, md5(n::text), outlet.room_id,
               outlet.id, outlet.circuit_id, outlet.breaker_id
          FROM generate_series(%(first)s, %(last)s) n
          JOIN unnest(%(outlets)s) WITH ORDINALITY AS chosen(id, place)
            ON chosen.place = 1 + (n - %(first)s) / %(share)s
          JOIN medical_facility_outlet outlet ON outlet.id = chosen.id
          JOIN maintenance_equipment template ON template.id = %(template)s
        """,
        {
            "first": done,
            "last": size - 1,
            "share": PER_OUTLET,
            "outlets": outlets.ids,
            "template": practice["template"].id,
        },
    )
    env.cr.execute(
        """
        INSERT INTO maintenance_equipment_medical_core_schedule_rel
                    (medical_core_schedule_id, maintenance_equipment_id)
        SELECT %s, id FROM maintenance_equipment WHERE id %% 2 = 0
            ON CONFLICT DO NOTHING
        """,
        [practice["schedule"].id],
    )
    for name in ("maintenance_equipment", "medical_facility_outlet"):
        env.cr.execute(f"ANALYZE {name}")
    env.invalidate_all()


def screens(env, practice):
    """{what somebody does: a function that makes the calls of its screen}."""
    as_manager = env(user=practice["manager"].id)
    assets = as_manager["maintenance.equipment"]
    panels = as_manager["medical.facility.panel"]
    rules = as_manager["medical.facility.rule"]
    room = as_manager["stock.location"].browse(practice["rooms"][7].id)
    main = practice["circuits"][0].breaker_id

    def spec(xmlid, kind, model):
        view = as_manager.ref(f"medical_office.{xmlid}")
        names = model.get_view(view.id, kind)["models"][model._name]
        return {name: {} for name in names}

    listed = spec("facility_equipment_view_list", "list", assets)
    roomed = spec("stock_location_room_view_form", "form", room)
    roomed["equipment_ids"] = {
        "fields": {"name": {}, "medical_kind_id": {}, "medical_condition": {}},
        "limit": 40,
    }
    formed = {
        name: {} for name in assets.get_view(view_type="form")["models"][assets._name]
    }

    def some(name):
        return assets.search([("name", "=", name)], limit=1)

    return {
        "register, first page": lambda: assets.web_search_read([], listed, limit=80),
        "register, found by name": lambda: assets.web_search_read(
            [("name", "ilike", "1234")], listed, limit=80
        ),
        "register, by room": lambda: assets.web_read_group(
            [], ["location_id"], ["__count", "medical_replacement_value:sum"], limit=80
        ),
        "a room": lambda: room.web_read(roomed),
        "an asset": lambda: some("Extinguisher 777").web_read(formed),
        "the panels": panels.power_screen,
        "what goes dark, sub-panel": lambda: panels.power_breaker(main.id),
        "what shares a circuit": lambda: panels.power_asset(
            some("Extinguisher 777").id
        ),
        "checks nobody planned": rules._medical_check_unplanned,
        "assets plugged in wrongly": assets._medical_check_power,
    }
