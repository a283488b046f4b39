import {Component, onWillStart, onWillUnmount, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {useSetupAction} from "@web/search/action_hook";
import {isBarcodeScannerSupported} from "@web/core/barcode/barcode_video_scanner";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {beep} from "./scanner/beep";
import {scanOnce} from "./scanner/scan_dialog";
import {typeSeparator, useWedge} from "./scanner/wedge";
import {SupplyCountLine} from "./supply_count_line";

const COUNT = "medical.supply.count";
const SAVE_AFTER = 500; // ms without a tap until figures are sent

/** Count a shelf walking: choose a room, tap or scan, hand in, fill the shelf. */
export class SupplyCount extends Component {
    static template = "medical_office.SupplyCount";
    static components = {SupplyCountLine};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.canScan = isBarcodeScannerSupported();
        this.pending = new Map();
        this.sending = Promise.resolve();
        this.state = useState({
            rooms: [],
            count: null,
            code: "",
            active: 0,
            saving: 0,
            messages: {},
            scanned: {}, // {id of a move of the pick list: {lot: units}}
            said: "",
        });
        this.env.config.setDisplayName(_t("Count a Shelf"));
        useWedge((code) => this.canFind && this.find(code));
        onWillStart(() => this.start());
        onWillUnmount(() => this.flush());
        useSetupAction({
            // the phone is locked, or another app comes to the front
            beforeVisibilityChange: () => document.hidden && this.sendHidden(),
            beforeUnload: () => this.sendLast(),
        });
    }

    async start() {
        const {count_id} = this.props.action.params || {};
        if (count_id) {
            this.state.count = await this.orm.call(COUNT, "phone_count", [count_id]);
        } else {
            await this.showRooms();
        }
    }

    async showRooms() {
        await this.flush();
        this.leaveList();
        this.state.rooms = await this.orm.call(COUNT, "phone_rooms", []);
        this.state.count = null;
    }

    leaveList() {
        Object.assign(this.state, {scanned: {}, said: ""});
    }

    async open(roomId, anew = false) {
        this.leaveList();
        this.state.messages = {};
        this.state.count = await this.orm.call(COUNT, "phone_open", [roomId, anew]);
    }

    // ------------------------------------------------------------------ words

    get lines() {
        return this.state.count.lines;
    }

    get done() {
        return this.lines.filter((line) => line.value !== false).length;
    }

    get counting() {
        const {state, mine} = this.state.count;
        return state === "counting" || (state === "recount" && !mine);
    }

    stateOf(room) {
        return {
            draft: _t("planned"),
            counting: _t("being counted"),
            recount: _t("count again"),
            review: _t("to approve"),
            fill: _t("to restock"),
        }[room.state];
    }

    // ----------------------------------------------------------------- figures

    change(line, value, sure = false) {
        line.value = value;
        this.state.active = line.id;
        this.pending.set(line.id, {line_id: line.id, quantity: value, sure});
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.flush(), SAVE_AFTER);
    }

    /** Send what was typed; done when what was sent before has arrived, too. */
    flush() {
        clearTimeout(this.timer);
        // whoever waits for the one before has seen its error
        this.sending = this.sending.catch(() => null).then(() => this.send());
        return this.sending;
    }

    async send() {
        if (!this.pending.size) {
            return;
        }
        const entries = [...this.pending.values()];
        this.pending.clear();
        this.state.saving += 1;
        try {
            // not the component's own service, which is silent once the screen is left
            const answers = await this.env.services.orm.call(COUNT, "phone_enter", [
                this.state.count.id,
                entries,
            ]);
            this.takeAnswers(answers);
        } catch (error) {
            // no network: the figures stay and go with the next tap
            for (const entry of entries) {
                if (!this.pending.has(entry.line_id)) {
                    this.pending.set(entry.line_id, entry);
                }
            }
            throw error;
        } finally {
            this.state.saving -= 1;
        }
    }

    /** What stands in the field that is being typed into counts, too. */
    sendHidden() {
        document.activeElement?.blur();
        return this.flush();
    }

    /** A page that closes waits for no answer: the browser sends what is left by itself. */
    sendLast() {
        document.activeElement?.blur();
        clearTimeout(this.timer);
        if (this.pending.size) {
            const params = {
                model: COUNT,
                method: "phone_enter",
                args: [this.state.count.id, [...this.pending.values()]],
                kwargs: {context: user.context},
            };
            navigator.sendBeacon(
                `/web/dataset/call_kw/${COUNT}/phone_enter`,
                new Blob([JSON.stringify({jsonrpc: "2.0", method: "call", params})], {
                    type: "application/json",
                }),
            );
            this.pending.clear();
        }
    }

    takeAnswers(answers) {
        for (const [key, {status, message}] of Object.entries(answers)) {
            const line = this.lines.find((one) => one.id === Number(key));
            this.state.messages[key] = status === "refused" ? message : "";
            if (status === "ask" && line) {
                this.dialog.add(ConfirmationDialog, {
                    title: _t("Check again"),
                    body: message,
                    confirmLabel: _t("It is right"),
                    confirm: () => this.change(line, line.value, true),
                    cancel: () => {
                        line.value = false;
                    },
                });
            }
        }
    }

    // --------------------------------------------------------------- scanning

    async scanWithCamera() {
        const code = await scanOnce(this.dialog);
        if (code) {
            await this.find(code);
        }
    }

    /** Whether a code says something here: while counting, and at the pick list. */
    get canFind() {
        const {count} = this.state;
        return Boolean(count) && (count.state === "counting" || count.fill?.open);
    }

    async onCode(ev) {
        if (typeSeparator(ev)) {
            return;
        }
        if (ev.key === "Enter" && this.state.code) {
            const code = this.state.code;
            this.state.code = "";
            await this.find(code);
        }
    }

    async find(code, product = false) {
        if (this.state.count.fill) {
            return this.fill(code, product);
        }
        await this.flush();
        const found = await this.orm.call(COUNT, "phone_scan", [
            this.state.count.id,
            code,
            product,
        ]);
        beep(found.status !== "line");
        if (found.status === "unknown") {
            return this.unknown(found);
        }
        if (found.status === "which") {
            return this.which(found);
        }
        if (found.message) {
            this.notification.add(found.message, {type: "warning", sticky: true});
        }
        if (found.status === "problem") {
            return;
        }
        if (!this.lines.some((line) => line.id === found.line_id)) {
            await this.reload();
        }
        this.state.active = found.line_id;
        const line = this.lines.find((one) => one.id === found.line_id);
        this.change(line, (line.value || 0) + found.units);
        document
            .getElementById(`mo_line_${line.id}`)
            ?.scrollIntoView({behavior: "smooth", block: "center"});
    }

    /** A box that is carried to the shelf ticks its line of the pick list. */
    async fill(code, product = false) {
        const found = await this.orm.call(COUNT, "phone_fill_scan", [
            this.state.count.id,
            code,
            this.state.scanned,
            product,
        ]);
        beep(found.status !== "line");
        if (found.status === "which") {
            return this.which(found);
        }
        if (found.status === "problem") {
            this.state.said = "";
            this.notification.add(found.message, {type: "danger", sticky: true});
            return;
        }
        this.state.said = found.message;
        const {scanned} = this.state;
        scanned[found.move_id] = {
            ...scanned[found.move_id],
            [found.lot]: found.quantity,
        };
        const move = this.state.count.fill.moves.find(({id}) => id === found.move_id);
        move.quantity = this.carried(move);
    }

    /** Units of a line of the pick list that were scanned. */
    carried(move) {
        return Object.values(this.state.scanned[move.id] || {}).reduce(
            (sum, units) => sum + units,
            0,
        );
    }

    which({code, message, choices}) {
        const close = this.notification.add(message, {
            type: "warning",
            sticky: true,
            buttons: choices.map((item) => ({
                name: item.name,
                onClick: () => {
                    close();
                    return this.find(code, item.id);
                },
            })),
        });
    }

    unknown({code, may_create}) {
        if (!may_create) {
            this.notification.add(
                _t("No item has the barcode “%s”. Tell the office manager.", code),
                {type: "warning", sticky: true},
            );
            return;
        }
        this.dialog.add(ConfirmationDialog, {
            title: _t("Unknown barcode"),
            body: _t("No item has the barcode “%s”. Create one?", code),
            confirmLabel: _t("Create"),
            confirm: () =>
                this.action.doAction({
                    type: "ir.actions.act_window",
                    res_model: "product.product",
                    views: [[false, "form"]],
                    target: "new",
                    context: {
                        default_barcode: code,
                        default_is_storable: true,
                        default_medical_kind: "medical",
                    },
                }),
            cancel: () => {},
        });
    }

    async reload() {
        this.state.count = await this.orm.call(COUNT, "phone_count", [
            this.state.count.id,
        ]);
    }

    async nameLot(line, name, expires) {
        await this.flush();
        this.state.count = await this.orm.call(COUNT, "phone_lot", [
            this.state.count.id,
            line.id,
            name,
            expires || false,
        ]);
    }

    // ----------------------------------------------------------------- the end

    async submit() {
        await this.flush();
        this.state.count = await this.orm.call(COUNT, "phone_submit", [
            this.state.count.id,
        ]);
        window.scrollTo(0, 0);
    }

    async filled() {
        const moves = this.state.count.fill.moves;
        this.state.count = await this.orm.call(COUNT, "action_filled", [
            [this.state.count.id],
            Object.fromEntries(moves.map((move) => [move.id, move.quantity])),
            this.state.scanned,
        ]);
        this.leaveList();
    }
}

registry.category("actions").add("medical_office.supply_count", SupplyCount);
