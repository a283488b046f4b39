import {reactive} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {answered} from "./round_answer";
import {RoundQueue, WAITING, callRounds} from "./round_queue";

const AHEAD = 20; // rooms whose lines are fetched in one call
const AHEAD_CALLS = 3;

/** How the counts of a room and a round change when a line changes its result. */
function step(before, after, required) {
    const open = (after === "open") - (before === "open");
    return {
        open,
        needed: required ? open : 0,
        answered: -open,
        failed: (after === "fail") - (before === "fail"),
    };
}

/**
 * What is due, as last heard from the server, and over it what waits to be sent.
 *
 * It lives as long as the page, so that a walk goes on without a connection. Counts are
 * the server's, moved by the entries it has not seen yet.
 */
export class RoundBook {
    constructor(queue) {
        this.queue = queue;
        this.state = reactive({
            loaded: false,
            user: {},
            rooms: [],
            rounds: [],
            lines: {}, // room id -> [{roundId, line ids}]
            byId: {}, // line id -> line
        });
        queue.bus.addEventListener("taken", ({detail}) => this.commit(detail.entry));
    }

    // ------------------------------------------------------------------ loading

    /** @throws what rpc() throws */
    async load() {
        const {user, rooms, rounds} = await callRounds("phone_rooms", []);
        Object.assign(this.state, {loaded: true, user, rooms, rounds});
    }

    /**
     * @param {String|Number} key token of a label, or id of a room
     * @returns {Promise<Number>} id of the room
     */
    async loadRoom(key) {
        const asked = Date.now();
        const found = await callRounds("phone_room", [key]);
        this.keep(found, asked);
        if (!this.room(found.room.id)) {
            this.state.rooms.push(found.room); // nothing is due there
        }
        return found.room.id;
    }

    /** Fetch what the next rooms need before the connection is lost on the way. */
    async loadAhead(rooms) {
        const missing = rooms.filter((room) => room.due && !this.state.lines[room.id]);
        for (let call = 0; call < AHEAD_CALLS; call++) {
            const ids = missing
                .slice(call * AHEAD, (call + 1) * AHEAD)
                .map((room) => room.id);
            if (ids.length) {
                (await callRounds("phone_lines", [ids])).forEach((one) =>
                    this.keep(one),
                );
            }
        }
    }

    /**
     * Take over what the server said.
     *
     * @param {Object} found {room, rounds} as phone_room() gives them
     * @param {Number} asked when it was asked for: a line that was saved since is newer
     */
    keep({room, rounds}, asked) {
        const groups = rounds.map((round) => {
            for (const line of round.lines) {
                if (!(this.state.byId[line.id]?.saved >= asked)) {
                    this.state.byId[line.id] = line;
                }
            }
            return {roundId: round.id, ids: round.lines.map((line) => line.id)};
        });
        for (const {lines, ...values} of rounds) {
            const known = this.round(values.id);
            if (known) {
                Object.assign(known, values);
            } else {
                this.state.rounds.push(values);
            }
        }
        this.state.lines[room.id] = groups;
    }

    room(id) {
        return this.state.rooms.find((room) => room.id === id);
    }

    round(id) {
        return this.state.rounds.find((round) => round.id === id);
    }

    // ------------------------------------------------------------------ reading

    /** A line with what was entered here over what the server knows. */
    line(id) {
        let line = this.state.byId[id];
        const entries = this.queue.of(id);
        for (const entry of entries) {
            line = answered(line, entry);
        }
        const last = entries.at(-1);
        const pictured = entries.filter((entry) => entry.has_photo).at(-1);
        return {
            ...line,
            waiting: entries.some((entry) => entry.status === WAITING),
            refused: last && last.status !== WAITING ? last : null,
            picture: pictured ? this.queue.state.pictures[pictured.uuid] : null,
        };
    }

    /** The sections of a room: rounds, in them what is looked at, in it the lines. */
    sections(roomId) {
        const groups = this.state.lines[roomId] || [];
        const known = groups.filter(({roundId}) => this.round(roundId));
        return known.map(({roundId, ids}) => {
            const targets = [];
            for (const id of ids) {
                const line = this.line(id);
                if (targets.at(-1)?.name !== line.equipment) {
                    targets.push({name: line.equipment, lines: []});
                }
                targets.at(-1).lines.push(line);
            }
            return {round: this.roundShown(this.round(roundId)), targets};
        });
    }

    moved(entries) {
        const sum = {open: 0, needed: 0, answered: 0, failed: 0};
        for (const {meta} of entries) {
            const change = step(meta.before, meta.after, meta.required);
            Object.keys(sum).forEach((name) => (sum[name] += change[name]));
        }
        return sum;
    }

    roomShown(room) {
        const {
            open,
            needed,
            answered: more,
            failed,
        } = this.moved(this.queue.waiting.filter(({meta}) => meta.room_id === room.id));
        return {
            ...room,
            due: Math.max(0, room.due + open),
            needed: Math.max(0, room.needed + needed),
            answered: Math.max(0, room.answered + more),
            failed: Math.max(0, room.failed + failed),
        };
    }

    roundShown(round) {
        const {open, needed, failed} = this.moved(
            this.queue.waiting.filter(({meta}) => meta.round_id === round.id),
        );
        return {
            ...round,
            lines_open: Math.max(0, round.lines_open + open),
            lines_needed: Math.max(0, round.lines_needed + needed),
            lines_failed: Math.max(0, round.lines_failed + failed),
        };
    }

    get rooms() {
        return this.state.rooms.map((room) => this.roomShown(room));
    }

    get rounds() {
        return this.state.rounds.map((round) => this.roundShown(round));
    }

    // ------------------------------------------------------------------ writing

    /** Keep and send an answer to a line. */
    answer(line, values, photo) {
        const fields = photo ? {...values, has_photo: true} : values;
        // what was refused is not part of what counts
        const before = this.queue
            .of(line.id)
            .filter((entry) => entry.status === WAITING)
            .reduce(answered, this.state.byId[line.id]);
        return this.queue.add(
            {line_id: line.id, ...values},
            {
                room_id: line.room_id,
                round_id: line.round_id,
                required: line.required,
                before: before.result,
                after: answered(before, fields).result,
                name: line.name,
                where: [this.room(line.room_id)?.name, line.equipment]
                    .filter(Boolean)
                    .join(" – "),
            },
            photo,
        );
    }

    /** The server has taken an entry: what waited over the line becomes the line. */
    commit(entry) {
        const line = this.state.byId[entry.line_id];
        if (line) {
            this.state.byId[line.id] = {...answered(line, entry), saved: Date.now()};
        }
        const {open, needed, answered: more, failed} = this.moved([entry]);
        const room = this.room(entry.meta.room_id);
        if (room) {
            room.due += open;
            room.needed += needed;
            room.answered += more;
            room.failed += failed;
        }
        const round = this.round(entry.meta.round_id);
        if (round) {
            round.lines_open += open;
            round.lines_needed += needed;
            round.lines_failed += failed;
            round.state = "in_progress";
        }
    }

    /** @returns {Promise<Object>} {status, message} */
    async sign(round) {
        await this.queue.flush();
        return callRounds("phone_sign", [round.id, user.userId]);
    }
}

/** One for the page: entries go out whatever screen is open. */
export const roundBookService = {
    start() {
        return new RoundBook(new RoundQueue());
    },
};

registry.category("services").add("medical_office.rounds", roundBookService);
