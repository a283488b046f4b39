import {Component, onWillStart, useExternalListener, useRef, useState} from "@odoo/owl";
import {scanBarcode} from "@web/core/barcode/barcode_dialog";
import {isBarcodeScannerSupported} from "@web/core/barcode/barcode_video_scanner";
import {browser} from "@web/core/browser/browser";
import {router} from "@web/core/browser/router";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {deserializeDateTime} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useBus, useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {RoundLine} from "./round_line";
import {isConnectionProblem, wordsOf} from "./round_queue";

const {DateTime} = luxon;
const LABEL = /\/medical_office\/room\/([^/?#]+)/;

/** Walk the rounds: rooms with what is due, the lines of a room, signing. */
export class RoundPhone extends Component {
    static template = "medical_office.RoundPhone";
    static components = {RoundLine};
    static props = {...standardActionServiceProps};

    setup() {
        this.book = useService("medical_office.rounds");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.scrollRef = useRef("scroll");
        useState(this.book.state);
        this.queue = useState(this.book.queue.state);
        this.state = useState({
            roomId: null,
            loading: false,
            problem: "",
            all: false, // every round, not only mine
            site: "",
            queueOpen: false,
            signing: 0,
            refusals: {}, // round id -> why it cannot be signed
        });
        this.env.config.setDisplayName(_t("Walk rounds"));
        useBus(this.book.queue.bus, "idle", () => this.refresh());
        // what is being typed is an entry, too, when the phone goes into the pocket
        useExternalListener(document, "visibilitychange", () => {
            if (document.visibilityState === "hidden") {
                document.activeElement?.blur();
            }
        });
        onWillStart(() => this.start(router.current.room));
    }

    // ------------------------------------------------------------------ loading

    async start(room) {
        await this.attempt(() => this.book.load());
        if (room !== undefined && room !== "") {
            await this.open(room, {push: false});
        }
        this.loadAhead();
    }

    /** Run a call; what goes wrong is shown and leaves the screen as it is. */
    async attempt(call) {
        this.state.loading = true;
        try {
            const result = await call();
            if (this.queue.offline) {
                this.queue.offline = false;
                this.book.queue.flush(); // it is back: so are the entries
            }
            return result;
        } catch (error) {
            if (isConnectionProblem(error)) {
                this.queue.offline = true;
            } else {
                this.state.problem = wordsOf(error);
            }
            return undefined;
        } finally {
            this.state.loading = false;
        }
    }

    async refresh() {
        if (!this.queue.offline) {
            await this.attempt(() => this.book.load());
        }
    }

    async reload() {
        this.state.problem = "";
        await this.attempt(async () => {
            await this.book.load();
            if (this.state.roomId !== null) {
                await this.book.loadRoom(this.state.roomId);
            }
        });
        this.book.queue.flush();
    }

    /** The page asks for the login and comes back here. */
    logIn() {
        browser.location.reload();
    }

    async loadAhead() {
        try {
            await this.book.loadAhead(this.due);
        } catch (error) {
            this.queue.offline = isConnectionProblem(error);
        }
    }

    // -------------------------------------------------------------------- rooms

    /** Lines that may stay open do not make a room due, unless it holds nothing else. */
    isDue(room) {
        return room.needed > 0 || (room.due > 0 && !room.answered);
    }

    get mayChoose() {
        return this.book.rooms.some((room) => room.mine && this.isDue(room));
    }

    get sites() {
        return [...new Set(this.book.rooms.map((room) => room.site))].filter(Boolean);
    }

    /** The rooms of the chosen site and person, in walking order. */
    get rooms() {
        const mine = this.mayChoose && !this.state.all;
        return this.book.rooms.filter(
            (room) =>
                (!this.state.site || room.site === this.state.site) &&
                (!mine || room.mine || !this.isDue(room)) &&
                (room.due || room.answered),
        );
    }

    /** What is due, the overdue first. */
    get due() {
        const due = this.rooms.filter((room) => this.isDue(room));
        return [
            ...due.filter((room) => room.late),
            ...due.filter((room) => !room.late),
        ];
    }

    get sections() {
        const due = this.due;
        return [
            {
                key: "late",
                label: _t("Overdue"),
                rooms: due.filter((room) => room.late),
            },
            {key: "due", label: _t("Due now"), rooms: due.filter((room) => !room.late)},
            {
                key: "done",
                label: _t("Done"),
                rooms: this.rooms.filter((room) => !this.isDue(room)),
            },
        ].filter((section) => section.rooms.length);
    }

    get here() {
        const room = this.book.room(this.state.roomId);
        return room && this.book.roomShown(room);
    }

    /** The next room with something due, on from this one; after the last the first. */
    get next() {
        const due = this.due;
        const place = due.findIndex((room) => room.id === this.state.roomId);
        const ahead = [...due.slice(place + 1), ...due.slice(0, Math.max(place, 0))];
        return ahead[0];
    }

    get roomSections() {
        return this.book.sections(this.state.roomId);
    }

    /** Progress in the room: lines answered of all. */
    get progress() {
        const {due, answered} = this.here;
        return {done: answered, total: due + answered};
    }

    /** In percent. */
    share(done, total) {
        return total ? Math.round((100 * done) / total) : 0;
    }

    // ------------------------------------------------------------------- rounds

    get rounds() {
        const mine = this.mayChoose && !this.state.all;
        return this.book.rounds.filter(
            (round) =>
                (!mine || round.mine) &&
                (!this.state.site || round.site === this.state.site),
        );
    }

    get ready() {
        return this.rounds.filter(
            (round) =>
                round.lines_total && !round.lines_needed && this.isTouched(round),
        );
    }

    get unready() {
        const ready = this.ready.map((round) => round.id);
        return this.rounds.filter((round) => !ready.includes(round.id));
    }

    isTouched(round) {
        return round.state !== "planned" || round.lines_open < round.lines_total;
    }

    roundProgress(round) {
        return {
            done: round.lines_total - round.lines_open,
            total: round.lines_total,
        };
    }

    dueText(round) {
        const due = deserializeDateTime(round.date_due);
        const sameDay = due.hasSame(DateTime.now(), "day");
        const time = due.toLocaleString(
            sameDay
                ? DateTime.TIME_SIMPLE
                : {weekday: "short", hour: "numeric", minute: "2-digit"},
        );
        const end = deserializeDateTime(round.date_late).toLocaleString(
            DateTime.TIME_SIMPLE,
        );
        return round.late
            ? _t("was due %(time)s, until %(end)s", {time, end})
            : _t("due %(time)s", {time});
    }

    // --------------------------------------------------------------- navigation

    async open(key, {push = true} = {}) {
        const known = typeof key === "number" && this.book.state.lines[key];
        if (known) {
            this.show(key, push);
            // what others entered meanwhile comes after it
            this.attempt(() => this.book.loadRoom(key));
            return;
        }
        this.state.problem = "";
        const id = await this.attempt(() => this.book.loadRoom(key));
        if (id !== undefined) {
            this.show(id, push);
        } else if (this.queue.offline) {
            this.state.problem = _t(
                "This room was not loaded before the connection dropped. It opens as soon as you are back online.",
            );
        }
    }

    show(roomId, push) {
        Object.assign(this.state, {roomId, problem: "", queueOpen: false});
        router.pushState({room: roomId}, {replace: !push});
        this.toTop();
    }

    showRooms() {
        Object.assign(this.state, {roomId: null, problem: "", queueOpen: false});
        router.pushState({room: undefined});
        this.toTop();
        this.refresh();
    }

    toTop() {
        if (this.scrollRef.el) {
            this.scrollRef.el.scrollTop = 0;
        }
    }

    get mayScan() {
        return isBarcodeScannerSupported();
    }

    async scan() {
        let code = "";
        try {
            code = await scanBarcode(this.env);
        } catch (error) {
            this.state.problem = error.message;
            return;
        }
        navigator.vibrate?.(60);
        const token = LABEL.exec(code)?.[1];
        if (!token) {
            this.state.problem = _t(
                "This is not a room label of the practice. Scan the label in the room, or choose the room.",
            );
            return;
        }
        await this.open(decodeURIComponent(token));
    }

    // ------------------------------------------------------------------ entries

    get waitingText() {
        const count = this.book.queue.waiting.length;
        if (!count) {
            return "";
        }
        return count === 1
            ? _t("1 entry waiting to be sent")
            : _t("%s entries waiting to be sent", count);
    }

    get refused() {
        return this.queue.entries.filter((entry) => entry.status === "refused");
    }

    get refusedText() {
        const count = this.refused.length;
        return count === 1
            ? _t("1 entry was refused")
            : _t("%s entries were refused", count);
    }

    async answer(line, values, photo) {
        const wasOpen = line.result === "open";
        await this.book.answer(line, values, photo);
        if (wasOpen && ["pass", "na"].includes(values.result)) {
            this.toNextLine(line.id);
        }
    }

    /** Bring the next open line under the thumb. */
    toNextLine(lineId) {
        const lines = [...this.scrollRef.el.querySelectorAll(".mo_phone_line")];
        const place = lines.findIndex((el) => el.dataset.id === `${lineId}`);
        const next = lines.slice(place + 1).find((el) => el.dataset.result === "open");
        next?.scrollIntoView({behavior: "smooth", block: "center"});
    }

    discard(entry) {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Discard this entry?"),
            body: _t("“%s” stays as recorded.", entry.meta.name),
            confirmLabel: _t("Discard"),
            confirm: () => this.book.queue.discard(entry),
            cancel: () => {},
        });
    }

    // ------------------------------------------------------------------ signing

    sign(round) {
        const failed = round.lines_failed
            ? _t("Failed: %s. Everything else as entered.", round.lines_failed)
            : _t("Nothing failed.");
        this.dialog.add(ConfirmationDialog, {
            title: _t("Sign “%s”", round.name),
            body: _t(
                "%(failed)s By signing as %(user)s you confirm that you checked what you entered. The round is then closed.",
                {failed, user: this.book.state.user.name},
            ),
            confirmLabel: _t("Sign"),
            confirm: () => this.signNow(round),
            cancel: () => {},
        });
    }

    async signNow(round) {
        this.state.signing = round.id;
        delete this.state.refusals[round.id];
        try {
            const {status, message} = await this.book.sign(round);
            if (status !== "ok") {
                this.state.refusals[round.id] = message;
                return;
            }
            this.notification.add(message, {type: "success"});
            await this.attempt(() => this.book.load());
            if (!this.roomSections.length) {
                this.showRooms();
            }
        } catch (error) {
            this.state.refusals[round.id] = isConnectionProblem(error)
                ? _t(
                      "No connection. What you entered is saved: sign when you are back online.",
                  )
                : wordsOf(error);
        } finally {
            this.state.signing = 0;
        }
    }
}

registry.category("actions").add("medical_office.round_phone", RoundPhone);
