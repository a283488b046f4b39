"""The map of a room: what is in it, what is due next, what is wrong."""

from collections import defaultdict

from odoo import api, fields, models

OPEN_ROUNDS = [("state", "in", ("planned", "in_progress"))]


class StockLocation(models.Model):
    _inherit = "stock.location"

    _medical_left_out = ("stock.action_report_location_barcode",)

    medical_stock_count = fields.Integer(
        string="Items on Hand", compute="_compute_medical_stock_count"
    )
    medical_due_count = fields.Integer(
        string="Upcoming Rounds", compute="_compute_medical_due"
    )
    medical_next_due = fields.Datetime(
        string="Next Round", compute="_compute_medical_due"
    )
    medical_problem_count = fields.Integer(
        string="Open Problems",
        compute="_compute_medical_problems",
        search="_search_medical_problem_count",
    )
    medical_problem_rank = fields.Integer(
        string="Worst Problem", compute="_compute_medical_problems"
    )
    medical_problem_ids = fields.Many2many(
        "medical.core.exception",
        string="Problems",
        compute="_compute_medical_problem_ids",
    )
    medical_round_ids = fields.Many2many(
        "medical.core.round",
        string="Next Rounds",
        compute="_compute_medical_round_ids",
    )

    # ------------------------------------------------------------------------ stock

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_medical_stock_count(self):
        """Products on hand in the room and on its shelves, each counted once."""
        owner = self._medical_rooms_by_place()
        products = defaultdict(set)
        for place, product in self.env["stock.quant"]._read_group(
            [("location_id", "in", list(owner)), ("quantity", ">", 0)],
            ["location_id", "product_id"],
        ):
            products[owner[place.id]].add(product.id)
        for room in self:
            room.medical_stock_count = len(products[room.id])

    def _medical_rooms_by_place(self):
        """The rooms themselves and the shelves in them: {location id: room id}."""
        rooms = set(self.ids)
        places = self.with_context(active_test=False).search_fetch(
            [("id", "child_of", self.ids)], ["parent_path"]
        )
        owner = {}
        for place in places:
            path = [int(part) for part in (place.parent_path or "").split("/") if part]
            owner[place.id] = next((p for p in reversed(path) if p in rooms), place.id)
        return owner

    # ----------------------------------------------------------------------- rounds

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_medical_due(self):
        schedules = self._medical_room_schedules()
        ahead = {
            schedule: (count, moment)
            for schedule, count, moment in self.env["medical.core.round"]._read_group(
                [
                    (
                        "schedule_id",
                        "in",
                        [s.id for ss in schedules.values() for s in ss],
                    ),
                    *OPEN_ROUNDS,
                ],
                ["schedule_id"],
                ["__count", "date_due:min"],
            )
        }
        for room in self:
            here = [ahead[s] for s in schedules[room.id] if s in ahead]
            room.medical_due_count = sum(count for count, _moment in here)
            room.medical_next_due = min(
                (moment for _count, moment in here), default=False
            )

    def _medical_room_schedules(self):
        """The schedules whose rounds come to these rooms, or to an asset in them.

        :return: {room id: ``medical.core.schedule`` records}
        """
        schedules = self.env["medical.core.schedule"]
        found = defaultdict(schedules.browse)
        for room, here in schedules._read_group(
            [("room_ids", "in", self.ids)], ["room_ids"], ["id:recordset"]
        ):
            found[room.id] |= here
        # sudo: where an asset stands is no secret to who sees the schedule
        equipment = self.env["maintenance.equipment"].sudo()
        room_of = {
            asset.id: asset.location_id.id
            for asset in equipment.search_fetch(
                [("location_id", "in", self.ids)], ["location_id"]
            )
        }
        for asset, here in schedules._read_group(
            [("equipment_ids", "in", list(room_of))],
            ["equipment_ids"],
            ["id:recordset"],
        ):
            if asset.id in room_of:
                found[room_of[asset.id]] |= here
        return found

    def _medical_rounds_ahead(self):
        """A domain over the rounds that come to these rooms."""
        schedules = self._medical_room_schedules()
        ids = {s.id for room in self.ids for s in schedules[room]}
        return [("schedule_id", "in", list(ids)), *OPEN_ROUNDS]

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_medical_round_ids(self):
        for room in self:
            # one search for each room, and the map shows one room
            room.medical_round_ids = self.env["medical.core.round"].search(
                room._medical_rounds_ahead(), order="date_due, id", limit=8
            )

    # --------------------------------------------------------------------- problems

    @api.model
    def _medical_problem_paths(self):
        """How records that exceptions point at lead to a room. Domains add theirs.

        :return: {model: name of its stored field that holds the room ("id": itself)}
        """
        return {
            "stock.location": "id",
            "maintenance.equipment": "location_id",
            "medical.core.round.line": "room_id",
        }

    def _medical_room_problems(self):
        """The open exceptions of these rooms, as the calling user sees them.

        One query for the register and one for each model, however many rooms.

        :return: {room id: ``medical.core.exception`` records}
        """
        exceptions = self.env["medical.core.exception"]
        problems = defaultdict(exceptions.browse)
        paths = self._medical_problem_paths()
        found = exceptions.search_fetch(
            [("is_open", "=", True), ("res_model", "in", list(paths))],
            ["res_model", "res_id", "severity_rank"],
        )
        for model, there in found.grouped("res_model").items():
            rooms = self._medical_rooms_of(model, paths[model], there.mapped("res_id"))
            for exception in there:
                room = rooms.get(exception.res_id)
                if room:
                    problems[room] |= exception
        return problems

    def _medical_rooms_of(self, model, path, res_ids):
        """Which of these rooms the records lead to: {record id: room id}."""
        if path == "id":
            return {res_id: res_id for res_id in set(res_ids) & set(self.ids)}
        # sudo: that a problem is in the room may be known to who sees the problem
        records = self.env[model].sudo()
        groups = records._read_group(
            [("id", "in", res_ids), (path, "in", self.ids)], [path], ["id:array_agg"]
        )
        return {res_id: room.id for room, ids in groups for res_id in ids}

    def _medical_room_problem_domain(self):
        """The open problems of these rooms, as a domain over the register."""
        problems = self._medical_room_problems()
        return [("id", "in", [p.id for room in self.ids for p in problems[room]])]

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_medical_problems(self):
        problems = self._medical_room_problems()
        for room in self:
            here = problems[room.id]
            room.medical_problem_count = len(here)
            room.medical_problem_rank = max(here.mapped("severity_rank"), default=0)

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_medical_problem_ids(self):
        problems = self._medical_room_problems()
        for room in self:
            room.medical_problem_ids = problems[room.id]

    def _search_medical_problem_count(self, operator, value):
        """Rooms with (or without) open problems; other counts are not searched for."""
        if operator not in ("in", "not in", ">", ">=") or (
            operator in ("in", "not in") and set(value) != {0}
        ):
            return NotImplemented
        if operator in (">", ">=") and value != (0 if operator == ">" else 1):
            return NotImplemented
        rooms = self.search([("medical_room_type", "!=", False)])
        troubled = [
            room for room, found in rooms._medical_room_problems().items() if found
        ]
        return [("id", "not in" if operator == "in" else "in", troubled)]

    # ---------------------------------------------------------------------- buttons

    def _medical_open(self, name, model, domain, **extra):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "list,form",
            "domain": domain,
            **extra,
        }

    def _medical_check_reader(self):
        """The map of a room is for those who work in the practice, and the auditor.

        :raises AccessError: the user has no role, or may not see the room
        """
        self._check_caller("core_group_staff", "core_group_auditor")
        self.check_access("read")
        self.ensure_one()

    def action_medical_open_equipment(self):
        """Open the assets in this room."""
        self._medical_check_reader()
        return self._medical_open(
            self.env._("Assets in %(room)s", room=self.name),
            "maintenance.equipment",
            [("location_id", "=", self.id)],
            context={"default_location_id": self.id},
        )

    def action_medical_open_stock(self):
        """Open what is on hand in this room."""
        self._medical_check_reader()
        return self._medical_open(
            self.env._("Stock in %(room)s", room=self.name),
            "stock.quant",
            [("location_id", "child_of", self.id)],
            view_mode="list",
            context={"create": False, "edit": False},
        )

    def action_medical_open_rounds(self):
        """Open the rounds that come to this room."""
        self._medical_check_reader()
        return self._medical_open(
            self.env._("Upcoming rounds in %(room)s", room=self.name),
            "medical.core.round",
            self._medical_rounds_ahead(),
            context={"create": False},
        )

    def action_medical_open_problems(self):
        """Open what is wrong in this room."""
        self._medical_check_reader()
        return self._medical_open(
            self.env._("Open problems in %(room)s", room=self.name),
            "medical.core.exception",
            self._medical_room_problem_domain(),
            context={"create": False},
        )
