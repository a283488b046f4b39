import {_t} from "@web/core/l10n/translation";
import {formatFloat} from "@web/views/fields/formatters";
import {parseFloat} from "@web/views/fields/parsers";

export const LOW = 0;
export const HIGH = 1;
const MOST = 1000000; // no shelf holds more; the server says the same

/** The figure that was typed: a number, null for nothing, the text itself if neither. */
function read(text) {
    const trimmed = String(text).trim();
    if (!trimmed) {
        return null;
    }
    try {
        return parseFloat(trimmed);
    } catch {
        return trimmed;
    }
}

export function show(value) {
    if (value === null || value === undefined) {
        return "";
    }
    return typeof value === "number"
        ? formatFloat(value, {digits: [16, 2], trailingZeros: false})
        : value;
}

/**
 * The levels of a site as the server has them, and over them what was typed and is not
 * saved yet. A place is a key "item:room"; it has two parts, LOW and HIGH.
 */
export class ParBook {
    constructor(data) {
        this.cells = data.cells;
        this.drafts = new Map(); // key -> [low, high]
        this.refused = new Map(); // key -> what the server said against it
        this.versions = new Map(); // item -> how often its row changed
        this.past = []; // for undo: lists of [key, draft before]
        this.items = new Map(data.items.map((item) => [item.id, item]));
        this.rooms = new Map(data.rooms.map((room) => [room.id, room]));
    }

    // ---------------------------------------------------------------- reading

    cell(key) {
        return this.cells[key] || null;
    }

    saved(key) {
        const cell = this.cell(key);
        return cell ? [cell.low, cell.high] : null;
    }

    levels(key) {
        return this.drafts.get(key) || this.saved(key) || [null, null];
    }

    isDraft(key, part) {
        const draft = this.drafts.get(key);
        return (
            Boolean(draft) && draft[part] !== (this.saved(key) || [null, null])[part]
        );
    }

    version(itemId) {
        return this.versions.get(itemId) || 0;
    }

    split(key) {
        const [item, room] = key.split(":").map(Number);
        return {item: this.items.get(item), room: this.rooms.get(room)};
    }

    /** Why what stands in a place cannot be saved, or "". */
    problem(key) {
        const draft = this.drafts.get(key);
        if (!draft) {
            return "";
        }
        const wrong = draft.find((value) => typeof value === "string");
        if (wrong !== undefined) {
            return _t("“%s” is not a number.", wrong);
        }
        const [low, high] = draft;
        const minimum = this.cell(key)?.minimum || 0;
        if (draft.some((value) => value !== null && value < 0)) {
            return _t("A level cannot be negative.");
        }
        if (draft.some((value) => value > MOST)) {
            return _t("That is more than a shelf holds.");
        }
        if (low === null && high === null) {
            return minimum
                ? _t("%s must always be there.", show(minimum))
                : this.refused.get(key) || "";
        }
        if (low === null || high === null) {
            return _t("Enter both: the level below which it is filled, and the par.");
        }
        if (high < low) {
            return _t("The par is below the reorder level.");
        }
        if (high < minimum) {
            return _t("%s must always be there.", show(minimum));
        }
        return this.refused.get(key) || "";
    }

    problems() {
        return [...this.drafts.keys()].filter((key) => this.problem(key));
    }

    givenUp() {
        return [...this.drafts].filter(([, [l, h]]) => l === null && h === null);
    }

    changes() {
        return [...this.drafts].map(([key, [low, high]]) => {
            const [item, room] = key.split(":").map(Number);
            return {item, room, low, high, was: this.saved(key)};
        });
    }

    // ---------------------------------------------------------------- changing

    /** Take typed figures: a list of [key, part, text]. One step of undo. */
    enter(entries) {
        const before = new Map();
        for (const [key, part, text] of entries) {
            if (!before.has(key)) {
                before.set(key, this.drafts.get(key) || null);
            }
            const levels = [...this.levels(key)];
            levels[part] = read(text);
            this.put(key, levels);
        }
        this.past.push([...before]);
    }

    /** Take figures as the par review proposes them. */
    take(key, [low, high]) {
        this.past.push([[key, this.drafts.get(key) || null]]);
        this.put(key, [low, high]);
    }

    put(key, levels) {
        const saved = this.saved(key) || [null, null];
        if (levels && (levels[LOW] !== saved[LOW] || levels[HIGH] !== saved[HIGH])) {
            this.drafts.set(key, levels);
        } else {
            this.drafts.delete(key);
        }
        this.refused.delete(key);
        this.touch(key);
    }

    touch(key) {
        const item = Number(key.split(":")[0]);
        this.versions.set(item, this.version(item) + 1);
    }

    undo() {
        for (const [key, draft] of this.past.pop() || []) {
            this.put(key, draft);
        }
    }

    discard() {
        this.past.push([...this.drafts]);
        for (const key of [...this.drafts.keys()]) {
            this.put(key, null);
        }
    }

    /** What the server answered to a save. */
    answer({saved, cells, problems}) {
        const keys = saved ? [...this.drafts.keys()] : Object.keys(cells);
        for (const key of keys) {
            if (cells[key]) {
                this.cells[key] = cells[key];
            } else {
                delete this.cells[key];
            }
            this.touch(key);
        }
        if (saved) {
            this.drafts.clear();
            this.past = [];
        }
        this.refused = new Map(problems.map(({key, message}) => [key, message]));
        for (const key of this.refused.keys()) {
            this.touch(key);
        }
    }
}

/** A block of a spreadsheet, as it comes from the clipboard: rows of texts. */
export function parseBlock(text) {
    const lines = text.replace(/\r\n?/g, "\n").split("\n");
    if (lines.length > 1 && lines.at(-1) === "") {
        lines.pop();
    }
    return lines.map((line) => line.split("\t"));
}
