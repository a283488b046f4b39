import {Component, useEffect, useRef} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {HIGH, LOW, show} from "./par_book";

/** One item of the grid, two figures for each room. Drawn anew only when its figures,
 * or the selection within it, change. */
export class ParRow extends Component {
    static template = "medical_office.ParRow";
    static props = {
        item: Object,
        rooms: Array,
        book: Object,
        version: Number,
        row: Number,
        from: Number, // first and last selected column, -1 for none
        to: Number,
        focus: Number, // column of the active cell, or -1
        edit: {type: [String, Boolean]}, // text to begin with, false when not typing
        onInput: Function,
        onBlur: Function,
    };

    setup() {
        this.input = useRef("input");
        useEffect(
            (input) => {
                if (input) {
                    input.value = this.props.edit;
                    input.focus();
                    input.setSelectionRange(input.value.length, input.value.length);
                }
            },
            () => [this.input.el],
        );
    }

    get columns() {
        const {item, rooms, book, from, to, focus} = this.props;
        const columns = [];
        rooms.forEach((room, place) => {
            const key = `${item.id}:${room.id}`;
            const levels = book.levels(key);
            const cell = book.cell(key);
            const problem = book.problem(key);
            for (const part of [LOW, HIGH]) {
                const index = 2 * place + part;
                const text = show(levels[part]);
                columns.push({
                    index,
                    text,
                    editing: index === focus && this.props.edit !== false,
                    label: this.label(room, part, text),
                    title: problem || this.about(cell),
                    class: {
                        mo_par_low: part === LOW,
                        mo_par_draft: book.isDraft(key, part),
                        mo_par_wrong: Boolean(problem),
                        mo_par_locked: !room.editable,
                        mo_par_selected: index >= from && index <= to,
                        mo_par_focus: index === focus,
                        mo_par_proposed: part === HIGH && Boolean(cell?.proposal),
                    },
                });
            }
        });
        return columns;
    }

    label(room, part, text) {
        const name = this.props.item.name;
        return part === LOW
            ? _t("%(item)s in %(room)s, reorder below: %(text)s", {
                  item: name,
                  room: room.name,
                  text: text || _t("nothing"),
              })
            : _t("%(item)s in %(room)s, par: %(text)s", {
                  item: name,
                  room: room.name,
                  text: text || _t("nothing"),
              });
    }

    about(cell) {
        if (!cell) {
            return "";
        }
        const use = _t("%(on_hand)s on hand, %(use)s a week", {
            on_hand: show(cell.on_hand),
            use: show(cell.use),
        });
        if (!cell.proposal) {
            return use;
        }
        const [low, high] = cell.proposal;
        return _t("%(use)s; proposed %(low)s / %(high)s", {
            use,
            low: show(low),
            high: show(high),
        });
    }
}
