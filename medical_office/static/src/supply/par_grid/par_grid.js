import {Component, onMounted, onWillStart, useRef, useState} from "@odoo/owl";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {hasTouch} from "@web/core/browser/feature_detection";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {useVirtualGrid} from "@web/core/virtual_grid_hook";
import {useSetupAction} from "@web/search/action_hook";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {HIGH, LOW, ParBook, parseBlock, show} from "./par_book";
import {ParKeys} from "./par_keys";
import {ParRow} from "./par_row";

const MODEL = "stock.warehouse.orderpoint";
const NAMED = 6; // places named in a question

/** Par levels of a site, items down, rooms across: typed, pasted, saved in one go. */
export class ParGrid extends Component {
    static template = "medical_office.ParGrid";
    static components = {ParRow};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.ui = useService("ui");
        this.scroller = useRef("scroller");
        this.isTouch = hasTouch();
        this.rowHeight = this.isTouch ? 44 : 32;
        this.env.config.setDisplayName(_t("Par Grid"));
        const start = this.props.state || this.props.action.context || {};
        this.state = useState({
            site: start.site_id || false,
            room: start.room_id || 0,
            kind: "",
            text: "",
            all: false,
            onlyDrafts: false,
            row: 0,
            column: 0,
            anchorRow: 0,
            anchorColumn: 0,
            edit: false,
            busy: false,
            tick: 0, // counts up with each change of the book
        });
        this.keys = new ParKeys(this);
        this.window = useVirtualGrid({scrollableRef: this.scroller, bufferCoef: 0.4});
        useSetupAction({
            getLocalState: () => ({
                site_id: this.state.site,
                room_id: this.state.room,
            }),
            beforeLeave: () => this.mayLeave(),
            beforeUnload: (ev) => {
                if (this.book.drafts.size) {
                    ev.preventDefault();
                }
            },
        });
        onWillStart(() => this.load(this.state.site, this.state.room));
        onMounted(() => this.focus());
    }

    async load(siteId, roomId = 0) {
        this.data = await this.orm.call(MODEL, "par_grid", [siteId]);
        this.book = new ParBook(this.data);
        const there = this.data.rooms.some((room) => room.id === roomId);
        // a phone shows one room at a time, an own one first
        const rooms = this.ui.isSmall ? this.data.rooms : [];
        const first = rooms.find((room) => room.editable) || rooms[0];
        Object.assign(this.state, {
            site: this.data.site,
            room: there ? roomId : first?.id || 0,
        });
        this.relist();
    }

    // ------------------------------------------------------------------ what is shown

    get mayEdit() {
        return this.data.rooms.some((room) => room.editable);
    }

    get kinds() {
        return [...new Set(this.data.items.map((item) => item.kind))];
    }

    get drafts() {
        return this.state.tick >= 0 ? this.book.drafts.size : 0;
    }

    /** Choose rooms and items anew, after a filter changed. */
    relist() {
        const {room, kind, text, all, onlyDrafts} = this.state;
        this.rooms = this.data.rooms.filter((one) => !room || one.id === room);
        const words = text.trim().toLowerCase();
        const ids = new Set(this.rooms.map((one) => one.id));
        const taken = (keys) =>
            new Set(
                keys
                    .map((key) => key.split(":").map(Number))
                    .filter(([, place]) => ids.has(place))
                    .map(([item]) => item),
            );
        const drafts = taken([...this.book.drafts.keys()]);
        const kept = taken(Object.keys(this.book.cells));
        this.items = this.data.items.filter(
            (item) =>
                (onlyDrafts
                    ? drafts.has(item.id)
                    : all || words || kept.has(item.id) || drafts.has(item.id)) &&
                (!kind || item.kind === kind) &&
                `${item.code} ${item.name}`.toLowerCase().includes(words),
        );
        this.lines = [];
        let last = null;
        this.items.forEach((item, row) => {
            if (item.kind !== last) {
                last = item.kind;
                this.lines.push({heading: last});
            }
            this.lines.push({item, row});
        });
        this.window.setRowsHeights(this.lines.map(() => this.rowHeight));
        this.state.edit = false;
        this.select(
            Math.min(this.state.row, Math.max(this.items.length - 1, 0)),
            Math.min(this.state.column, Math.max(2 * this.rooms.length - 1, 0)),
        );
        this.state.tick += 1;
    }

    filter(name, value) {
        // a template knows no Number: what a list of choices gives is text
        this.state[name] = name === "room" ? Number(value) : value;
        this.relist();
    }

    get visible() {
        const [first, last] = this.window.rowsIndexes || [];
        if (first === undefined) {
            return {lines: [], above: 0, below: 0};
        }
        return {
            lines: this.lines.slice(first, last + 1),
            above: first * this.rowHeight,
            below: (this.lines.length - last - 1) * this.rowHeight,
        };
    }

    /** What a row shows of the selection. */
    selection(row) {
        const area = this.area;
        const inside = row >= area.top && row <= area.bottom;
        const active = row === this.state.row;
        return {
            from: inside ? area.left : -1,
            to: inside ? area.right : -1,
            focus: active ? this.state.column : -1,
            edit: active ? this.state.edit : false,
        };
    }

    get area() {
        const {row, column, anchorRow, anchorColumn} = this.state;
        return {
            top: Math.min(row, anchorRow),
            bottom: Math.max(row, anchorRow),
            left: Math.min(column, anchorColumn),
            right: Math.max(column, anchorColumn),
        };
    }

    place(row, column) {
        const item = this.items[row];
        const room = this.rooms[column >> 1];
        return {item, room, key: `${item?.id}:${room?.id}`, part: column & 1};
    }

    /** The active place, in words. */
    get detail() {
        const {item, room, key} = this.place(this.state.row, this.state.column);
        if (!item || !room) {
            return null;
        }
        const cell = this.book.cell(key);
        return {
            key,
            item,
            room,
            cell,
            onHand: cell && show(cell.on_hand),
            use: cell && show(cell.use),
            minimum: cell?.minimum && show(cell.minimum),
            proposal: cell?.proposal && {
                low: show(cell.proposal[LOW]),
                high: show(cell.proposal[HIGH]),
                reason: cell.proposal[2],
            },
            problem: this.book.problem(key),
        };
    }

    // ---------------------------------------------------------------------- moving

    focus() {
        this.scroller.el?.focus({preventScroll: true});
    }

    select(row, column, extend = false) {
        Object.assign(this.state, {row, column});
        if (!extend) {
            Object.assign(this.state, {anchorRow: row, anchorColumn: column});
        }
        this.reveal();
    }

    /** Scroll until the active cell is clear of the heading and of the items' names. */
    reveal() {
        const box = this.scroller.el;
        if (!box) {
            return;
        }
        const line = this.lines.findIndex(({row}) => row === this.state.row);
        const head = box.querySelector("thead")?.offsetHeight || 0;
        const top = line * this.rowHeight;
        if (top - this.rowHeight < box.scrollTop) {
            box.scrollTop = Math.max(top - this.rowHeight, 0);
        } else if (top + this.rowHeight + head > box.scrollTop + box.clientHeight) {
            box.scrollTop = top + this.rowHeight + head - box.clientHeight;
        }
        const names = box.querySelector(".mo_par_item")?.offsetWidth || 0;
        const width = box.querySelector(".mo_par_part")?.offsetWidth || 0;
        const left = this.state.column * width;
        if (left < box.scrollLeft) {
            box.scrollLeft = left;
        } else if (left + width + names > box.scrollLeft + box.clientWidth) {
            box.scrollLeft = left + width + names - box.clientWidth;
        }
    }

    find(key) {
        const {item, room} = this.book.split(key);
        if (!this.rooms.includes(room) || !this.items.includes(item)) {
            Object.assign(this.state, {room: 0, kind: "", text: "", onlyDrafts: false});
            this.relist();
        }
        this.select(this.items.indexOf(item), 2 * this.rooms.indexOf(room));
    }

    // ---------------------------------------------------------------------- typing

    startEdit(text = null) {
        const {room, key, part} = this.place(this.state.row, this.state.column);
        if (this.state.busy) {
            return;
        }
        if (!room?.editable) {
            this.refuse();
            return;
        }
        this.typed = text ?? show(this.book.levels(key)[part]);
        this.state.edit = this.typed;
    }

    endEdit(keep = true, refocus = true) {
        if (this.state.edit === false) {
            return;
        }
        const {key, part} = this.place(this.state.row, this.state.column);
        const changed = this.typed !== show(this.book.levels(key)[part]);
        this.state.edit = false;
        if (keep && changed) {
            this.enter([[key, part, this.typed]]);
        }
        if (refocus) {
            this.focus();
        }
    }

    /** Whoever goes on elsewhere keeps what was typed. */
    onBlur() {
        this.endEdit(true, false);
    }

    onInput(text) {
        this.typed = text;
    }

    enter(entries) {
        this.book.enter(entries);
        this.state.tick += 1;
    }

    refuse() {
        this.notification.add(
            this.mayEdit
                ? _t("You can set the par levels of your own rooms only.")
                : _t("You can view par levels but not change them."),
            {type: "info"},
        );
    }

    /** Put rows of texts into the grid from the active cell on. */
    paste(text) {
        const block = parseBlock(text);
        const {top, left} = this.area;
        const entries = [];
        let outside = 0;
        block.forEach((line, down) =>
            line.forEach((value, across) => {
                const {item, room, key, part} = this.place(top + down, left + across);
                if (item && room?.editable) {
                    entries.push([key, part, value]);
                } else {
                    outside += 1;
                }
            }),
        );
        this.enter(entries);
        this.select(top, left);
        const bottom = Math.min(top + block.length, this.items.length) - 1;
        const right = Math.min(
            left + Math.max(...block.map((line) => line.length)),
            2 * this.rooms.length,
        );
        this.select(Math.max(bottom, top), Math.max(right - 1, left), true);
        if (outside) {
            this.notification.add(
                _t(
                    "Figures left out, outside the grid or in rooms you may not change: %s",
                    outside,
                ),
                {type: "warning"},
            );
        }
    }

    copy() {
        const {top, bottom, left, right} = this.area;
        const lines = [];
        for (let row = top; row <= bottom; row++) {
            const line = [];
            for (let column = left; column <= right; column++) {
                const {key, part} = this.place(row, column);
                line.push(show(this.book.levels(key)[part]));
            }
            lines.push(line.join("\t"));
        }
        return lines.join("\n");
    }

    clear() {
        const {top, bottom, left, right} = this.area;
        const entries = [];
        for (let row = top; row <= bottom; row++) {
            for (let column = left; column <= right; column++) {
                const {room, key, part} = this.place(row, column);
                if (room?.editable) {
                    entries.push([key, part, ""]);
                }
            }
        }
        if (entries.length) {
            this.enter(entries);
        } else {
            this.refuse();
        }
    }

    takeProposal(key) {
        this.book.take(key, this.book.cell(key).proposal);
        this.state.tick += 1;
    }

    undo() {
        this.book.undo();
        this.state.tick += 1;
    }

    discard() {
        this.book.discard();
        this.filter("onlyDrafts", false);
    }

    // ---------------------------------------------------------------------- saving

    async save() {
        this.endEdit();
        const wrong = this.book.problems().filter((key) => !this.book.refused.has(key));
        if (wrong.length) {
            this.find(wrong[0]);
            this.notification.add(
                _t("Correct first (%(count)s): %(name)s. %(problem)s", {
                    count: wrong.length,
                    name: this.name(wrong[0]),
                    problem: this.book.problem(wrong[0]),
                }),
                {type: "danger"},
            );
            return;
        }
        const gone = this.book.givenUp();
        if (gone.length && !(await this.confirmed(gone.map(([key]) => key)))) {
            return;
        }
        this.state.busy = true;
        try {
            const count = this.book.drafts.size;
            const answer = await this.orm.call(MODEL, "par_grid_save", [
                this.state.site,
                this.book.changes(),
            ]);
            this.book.answer(answer);
            if (answer.saved) {
                this.state.onlyDrafts = false;
                this.notification.add(_t("Saved. Par levels changed: %s", count), {
                    type: "success",
                });
            } else {
                this.find(answer.problems[0].key);
                this.notification.add(
                    answer.problems
                        .slice(0, NAMED)
                        .map(({message}) => message)
                        .join("\n"),
                    {title: _t("Nothing was saved yet"), type: "danger", sticky: true},
                );
            }
            this.relist();
        } finally {
            this.state.busy = false;
            this.focus();
        }
    }

    name(key) {
        const {item, room} = this.book.split(key);
        return _t("%(item)s in %(room)s", {item: item.name, room: room.name});
    }

    ask(values) {
        return new Promise((resolve) =>
            this.dialog.add(
                ConfirmationDialog,
                {
                    ...values,
                    confirm: () => resolve(true),
                    cancel: () => resolve(false),
                },
                {onClose: () => resolve(false)},
            ),
        );
    }

    confirmed(keys) {
        const names = keys.slice(0, NAMED).map((key) => this.name(key));
        return this.ask({
            title: _t("Remove par levels?"),
            body: _t("Left empty and will be archived (%(count)s): %(names)s.", {
                count: keys.length,
                names: names.join(", ") + (keys.length > NAMED ? ", …" : ""),
            }),
            confirmLabel: _t("Save and archive"),
        });
    }

    async mayLeave() {
        return (
            !this.book.drafts.size ||
            (await this.ask({
                title: _t("Leave without saving?"),
                body: _t("Par levels changed and not saved: %s", this.book.drafts.size),
                confirmLabel: _t("Discard and leave"),
                cancelLabel: _t("Stay"),
            }))
        );
    }

    async changeSite(ev) {
        const siteId = Number(ev.target.value);
        if (siteId !== this.state.site && (await this.mayLeave())) {
            // nothing is typed into a grid that is about to be another
            this.state.busy = true;
            try {
                await this.load(siteId);
            } finally {
                this.state.busy = false;
            }
        } else {
            ev.target.value = this.state.site;
        }
    }
}

registry.category("actions").add("medical_office.par_grid", ParGrid);
