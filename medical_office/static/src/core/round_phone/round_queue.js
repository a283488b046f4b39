import {EventBus, reactive} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {
    ConnectionAbortedError,
    ConnectionLostError,
    RPCError,
    rpc,
} from "@web/core/network/rpc";
import {user} from "@web/core/user";
import {uuid} from "@web/core/utils/strings";
import {session} from "@web/session";
import {PhotoStore} from "./round_photo";

const SEND = [
    "uuid",
    "line_id",
    "result",
    "number",
    "text",
    "choice_id",
    "note",
    "at",
    "confirmed",
];
const BATCH = 40;
const BATCH_PHOTOS = 3;
const PATIENCE = 45000; // a call that takes longer is given up and made again
const RETRY = [2000, 4000, 8000, 15000, 30000, 60000];
// an entry over which the server stumbles so often, while it takes others, is in the way
const STUMBLES = 3;
const BUSY =
    /^(psycopg2\.errors\.(SerializationFailure|LockNotAvailable|DeadlockDetected)|odoo\.exceptions\.(LockError|ConcurrencyError))$/;

export const WAITING = "waiting";
export const REFUSED = "refused";

/** A call that a dead connection cannot hold for ever. */
export async function callRounds(method, args, patience = PATIENCE) {
    const call = rpc(
        `/web/dataset/call_kw/medical.core.round/${method}`,
        {
            model: "medical.core.round",
            method,
            args,
            kwargs: {context: user.context},
        },
        {silent: true},
    );
    const timer = browser.setTimeout(() => call.abort?.(), patience);
    try {
        return await call;
    } finally {
        browser.clearTimeout(timer);
    }
}

export function isConnectionProblem(error) {
    return (
        error instanceof ConnectionLostError || error instanceof ConnectionAbortedError
    );
}

/** Many phones at once: nothing is wrong, it is only tried again. */
export function isBusy(error) {
    return error instanceof RPCError && BUSY.test(error.exceptionName || "");
}

export function isLoggedOut(error) {
    return error.exceptionName === "odoo.http.SessionExpiredException";
}

/** Words for an error of a call. */
export function wordsOf(error) {
    if (isConnectionProblem(error)) {
        return _t("No connection.");
    }
    if (error instanceof RPCError) {
        if (isLoggedOut(error)) {
            return _t("You were logged out. Log in again: your entries are saved.");
        }
        if (error.exceptionName?.startsWith("odoo.exceptions.")) {
            return error.data.message;
        }
        return _t("The server had a problem. It will be tried again automatically.");
    }
    throw error;
}

/**
 * Entries on their way to the server: written down on the device first, sent at once,
 * sent again until an answer arrives. The server applies a uuid once, so that one which
 * was taken while its answer got lost does no harm.
 *
 * Events on ``bus``: "taken" with {entry}, "idle" when a send has settled.
 */
export class RoundQueue {
    constructor(scope = `${session.db}.${user.userId}`) {
        this.key = `medical_office.rounds.${scope}`;
        this.photos = new PhotoStore(this.key);
        this.bus = new EventBus();
        this.tries = 0;
        this.state = reactive({
            entries: this.read(),
            sending: false,
            offline: false,
            problem: "",
            loggedOut: false,
            pictures: {},
        });
        this.showPictures();
        browser.addEventListener("storage", (ev) => {
            if (ev.key === this.key) {
                this.state.entries = this.read(); // another tab has written
            }
        });
        browser.addEventListener("online", () => this.flush());
        document.addEventListener("visibilitychange", () => {
            if (document.visibilityState === "visible") {
                this.flush();
            }
        });
        if (this.waiting.length) {
            this.flush();
        }
    }

    get waiting() {
        return this.state.entries.filter((entry) => entry.status === WAITING);
    }

    get refused() {
        return this.state.entries.filter((entry) => entry.status === REFUSED);
    }

    of(lineId) {
        return this.state.entries.filter((entry) => entry.line_id === lineId);
    }

    // -------------------------------------------------------------- the device

    read() {
        try {
            const entries = JSON.parse(browser.localStorage.getItem(this.key) || "[]");
            return Array.isArray(entries) ? entries : [];
        } catch {
            return [];
        }
    }

    /** Change the list on the device, whatever another tab did to it meanwhile. */
    update(change) {
        const entries = change(this.kept ? this.state.entries : this.read());
        this.state.entries = entries;
        try {
            browser.localStorage.setItem(this.key, JSON.stringify(entries));
            this.kept = false;
        } catch {
            this.kept = true; // in memory only: the list on the device is behind
            this.state.problem = _t(
                "This device is out of storage. Keep the page open until everything is sent.",
            );
        }
    }

    async showPictures() {
        for (const entry of this.state.entries) {
            if (entry.has_photo) {
                const data = await this.photos.get(entry.uuid);
                if (data) {
                    this.state.pictures[entry.uuid] = `data:image/jpeg;base64,${data}`;
                }
            }
        }
    }

    // ------------------------------------------------------------------ entries

    /**
     * Keep an entry and send it.
     *
     * @param {Object} values {line_id, result, number, text, choice_id, note}
     * @param {Object} meta what the screen needs to speak about it and to count
     * @param {Object} [photo] {data, name} from shrink()
     */
    async add(values, meta, photo) {
        const entry = {
            uuid: `${uuid()}${uuid()}`,
            at: luxon.DateTime.utc().toISO(),
            ...values,
            meta,
            status: WAITING,
        };
        if (photo) {
            Object.assign(entry, {has_photo: true, photo_name: photo.name});
            this.state.pictures[entry.uuid] = `data:image/jpeg;base64,${photo.data}`;
            if (!(await this.photos.put(entry.uuid, photo.data))) {
                this.state.problem = _t("Keep the page open until the photo is sent.");
            }
        }
        // a refused answer is corrected by a new one
        const corrected = this.refused.filter((one) => one.line_id === entry.line_id);
        this.update((entries) => [
            ...entries.filter((one) => !corrected.some((old) => old.uuid === one.uuid)),
            entry,
        ]);
        corrected.forEach((one) => this.forgetPhoto(one));
        this.flush();
        return entry;
    }

    discard(entry) {
        this.update((entries) => entries.filter((one) => one.uuid !== entry.uuid));
        this.forgetPhoto(entry);
    }

    forgetPhoto(entry) {
        if (entry.has_photo) {
            this.photos.remove(entry.uuid);
            delete this.state.pictures[entry.uuid];
        }
    }

    // ------------------------------------------------------------------ sending

    /** Send what waits. Resolves when all is settled or the connection has dropped. */
    flush() {
        this.flushing ||= this.sendAll().finally(() => {
            this.flushing = null;
        });
        return this.flushing;
    }

    async sendAll() {
        browser.clearTimeout(this.timer);
        if (!this.waiting.length) {
            return;
        }
        this.state.sending = true;
        try {
            await this.sendWaiting();
        } catch (error) {
            this.state.offline = isConnectionProblem(error);
            const quiet = this.state.offline || isBusy(error);
            this.state.problem = quiet ? "" : wordsOf(error);
            this.state.loggedOut = isLoggedOut(error);
            // not all phones of a practice at the same moment again
            const pause = RETRY[Math.min(this.tries++, RETRY.length - 1)];
            this.timer = browser.setTimeout(
                () => this.flush(),
                pause * (0.5 + Math.random() / 2),
            );
        } finally {
            this.state.sending = false;
            this.bus.trigger("idle");
        }
    }

    /** Send all that waits; one bad entry does not hold up those behind it. */
    async sendWaiting() {
        const stumbled = new Map(); // uuid -> error
        let single = false;
        let taken = false;
        const left = () => this.waiting.filter((entry) => !stumbled.has(entry.uuid));
        for (let some = left(); some.length; some = left()) {
            const batch = some.slice(0, single ? 1 : BATCH);
            try {
                await this.sendBatch(this.cut(batch));
                this.state.problem = "";
                taken = true;
            } catch (error) {
                if (this.isRefusal(error)) {
                    if (batch.length === 1) {
                        this.refuse(batch[0], error.data.message);
                    }
                } else if (this.isStumble(error)) {
                    if (batch.length === 1) {
                        stumbled.set(batch[0].uuid, error);
                    }
                    if (!taken && stumbled.size >= STUMBLES) {
                        throw error; // it takes nothing at all
                    }
                } else {
                    throw error;
                }
                single = true; // find the one that is in the way
            }
            this.tries = 0;
            this.state.offline = false;
        }
        for (const [id, error] of stumbled) {
            // where the server takes nothing at all, it is not the entry's fault
            if (taken && this.stumbles(id) >= STUMBLES) {
                const entry = this.waiting.find((one) => one.uuid === id);
                this.refuse(
                    entry,
                    _t("The server cannot take this answer. Give it again."),
                );
                stumbled.delete(id);
            } else {
                this.lastStumble = error;
            }
        }
        if (stumbled.size) {
            throw this.lastStumble;
        }
    }

    /** Count that the server stumbled over an entry; how often it did so far. */
    stumbles(id) {
        this.update((entries) =>
            entries.map((one) =>
                one.uuid === id ? {...one, stumbles: (one.stumbles || 0) + 1} : one,
            ),
        );
        return this.state.entries.find((one) => one.uuid === id)?.stumbles || 0;
    }

    /** An error of the server itself, with this call and perhaps with others not. */
    isStumble(error) {
        return (
            error instanceof RPCError &&
            !isBusy(error) &&
            !isLoggedOut(error) &&
            !(error.exceptionName || "").startsWith("odoo.exceptions.")
        );
    }

    /** The whole call was refused for what is in it, and would be again. */
    isRefusal(error) {
        return (
            error instanceof RPCError &&
            ["odoo.exceptions.UserError", "odoo.exceptions.ValidationError"].includes(
                error.exceptionName,
            )
        );
    }

    /** No more than a few photos in one call. */
    cut(batch) {
        let photos = 0;
        const end = batch.findIndex(
            (entry) => entry.has_photo && ++photos > BATCH_PHOTOS,
        );
        return end > 0 ? batch.slice(0, end) : batch;
    }

    async sendBatch(batch) {
        const sent = [];
        for (const entry of batch) {
            const values = Object.fromEntries(
                SEND.filter((name) => entry[name] !== undefined).map((name) => [
                    name,
                    entry[name],
                ]),
            );
            if (entry.has_photo) {
                values.photo = await this.photos.get(entry.uuid);
                values.photo_name = entry.photo_name;
                if (!values.photo) {
                    this.refuse(
                        entry,
                        _t("The photo is no longer on this device. Take it again."),
                    );
                    continue;
                }
            } else if (entry.has_photo === false) {
                values.photo = "";
            }
            sent.push(values);
        }
        if (!sent.length) {
            return;
        }
        const answers = await callRounds("phone_submit", [sent, user.userId]);
        for (const {uuid: id} of sent) {
            const entry = batch.find((one) => one.uuid === id);
            const answer = answers[id];
            if (!answer || answer.status === "refused") {
                this.refuse(entry, answer?.message || _t("The server did not answer."));
            } else {
                this.take(entry);
            }
        }
    }

    take(entry) {
        this.bus.trigger("taken", {entry});
        this.discard(entry);
    }

    refuse(entry, message) {
        this.update((entries) =>
            entries.map((one) =>
                one.uuid === entry.uuid ? {...one, status: REFUSED, message} : one,
            ),
        );
    }
}
