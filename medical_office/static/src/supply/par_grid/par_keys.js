/** The keyboard and the pointer of the par grid, as in a spreadsheet. */
export class ParKeys {
    constructor(grid) {
        this.grid = grid;
        this.dragging = false;
    }

    get lastRow() {
        return this.grid.items.length - 1;
    }

    get lastColumn() {
        return 2 * this.grid.rooms.length - 1;
    }

    move(down, across, extend = false) {
        const {row, column} = this.grid.state;
        this.grid.select(
            Math.min(Math.max(row + down, 0), Math.max(this.lastRow, 0)),
            Math.min(Math.max(column + across, 0), Math.max(this.lastColumn, 0)),
            extend,
        );
    }

    /** To the next or the last cell, over the end of a row. */
    step(by) {
        const {row, column} = this.grid.state;
        const next = column + by;
        if (next < 0 && row > 0) {
            this.grid.select(row - 1, this.lastColumn);
        } else if (next > this.lastColumn && row < this.lastRow) {
            this.grid.select(row + 1, 0);
        } else {
            this.move(0, by);
        }
    }

    onKeydown(ev) {
        const {grid} = this;
        if (!grid.items.length || grid.state.busy || ev.isComposing || ev.altKey) {
            return;
        }
        const action =
            grid.state.edit === false ? this.inGrid(ev) : this.whileTyping(ev);
        if (action) {
            ev.preventDefault();
            ev.stopPropagation();
            action();
        }
    }

    whileTyping(ev) {
        const {grid} = this;
        const leave = (then) => () => {
            grid.endEdit();
            then();
        };
        return {
            Enter: leave(() => this.move(ev.shiftKey ? -1 : 1, 0)),
            Tab: leave(() => this.step(ev.shiftKey ? -1 : 1)),
            ArrowDown: leave(() => this.move(1, 0)),
            ArrowUp: leave(() => this.move(-1, 0)),
            Escape: () => grid.endEdit(false),
        }[ev.key];
    }

    inGrid(ev) {
        const {grid} = this;
        const extend = ev.shiftKey;
        if (ev.ctrlKey || ev.metaKey) {
            return {
                z: () => grid.undo(),
                Home: () => grid.select(0, 0, extend),
                End: () => grid.select(this.lastRow, this.lastColumn, extend),
            }[ev.key];
        }
        const page = Math.max(
            Math.floor(grid.scroller.el.clientHeight / grid.rowHeight) - 3,
            1,
        );
        const keys = {
            ArrowDown: () => this.move(1, 0, extend),
            ArrowUp: () => this.move(-1, 0, extend),
            ArrowRight: () => this.move(0, 1, extend),
            ArrowLeft: () => this.move(0, -1, extend),
            PageDown: () => this.move(page, 0, extend),
            PageUp: () => this.move(-page, 0, extend),
            Home: () => grid.select(grid.state.row, 0, extend),
            End: () => grid.select(grid.state.row, this.lastColumn, extend),
            Enter: () => this.move(extend ? -1 : 1, 0),
            Tab: () => this.step(extend ? -1 : 1),
            F2: () => grid.startEdit(),
            Delete: () => grid.clear(),
            Backspace: () => grid.clear(),
        };
        if (ev.key === "Escape") {
            // the way out for those who go by Tab
            return () => grid.scroller.el.blur();
        }
        if (keys[ev.key]) {
            return keys[ev.key];
        }
        return ev.key.length === 1 && /[\d.,-]/.test(ev.key)
            ? () => grid.startEdit(ev.key)
            : null;
    }

    // ------------------------------------------------------------------- pointer

    target(ev) {
        const cell = ev.target.closest("td[data-column]");
        return (
            cell && {
                row: Number(cell.parentElement.dataset.row),
                column: Number(cell.dataset.column),
            }
        );
    }

    onPointerdown(ev) {
        const at = this.target(ev);
        if (!at || ev.target.tagName === "INPUT" || ev.pointerType === "touch") {
            return;
        }
        this.grid.endEdit();
        this.grid.select(at.row, at.column, ev.shiftKey);
        this.dragging = true;
    }

    onPointerover(ev) {
        const at = this.dragging && ev.buttons === 1 && this.target(ev);
        if (at) {
            this.grid.select(at.row, at.column, true);
        }
    }

    onPointerup() {
        this.dragging = false;
    }

    /** A tap writes at once: there is no key to begin with. */
    onClick(ev) {
        const at = this.target(ev);
        if (!at || ev.target.tagName === "INPUT") {
            return;
        }
        if (this.grid.isTouch) {
            this.grid.endEdit();
            this.grid.select(at.row, at.column);
            this.grid.startEdit();
        } else {
            this.grid.focus();
        }
    }

    onDblclick(ev) {
        if (this.target(ev)) {
            this.grid.startEdit();
        }
    }

    // ----------------------------------------------------------------- clipboard

    onCopy(ev) {
        if (this.grid.state.edit === false && this.grid.items.length) {
            ev.clipboardData.setData("text/plain", this.grid.copy());
            ev.preventDefault();
        }
    }

    onPaste(ev) {
        const text = ev.clipboardData.getData("text/plain");
        const isBlock = /[\t\n]/.test(text.trimEnd());
        if (!text || !this.grid.items.length || this.grid.state.busy) {
            return;
        }
        if (this.grid.state.edit === false || isBlock) {
            this.grid.endEdit(false);
            this.grid.paste(text);
            ev.preventDefault();
        }
    }
}
