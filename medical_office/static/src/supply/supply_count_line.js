import {Component, useState} from "@odoo/owl";

/** One item of the shelf: big buttons for less and more, a figure to type into. */
export class SupplyCountLine extends Component {
    static template = "medical_office.SupplyCountLine";
    static props = {
        line: Object,
        message: {type: String, optional: true},
        active: Boolean,
        editable: Boolean,
        onChange: Function,
        onLot: Function,
    };

    setup() {
        this.state = useState({naming: false, lot: "", expires: ""});
        // what is typed and not yet a count: a drawing must not take it away. No state, as
        // a drawing at each key would take a decimal point away
        this.draft = null;
    }

    get shown() {
        return this.draft ?? (this.value === false ? "" : this.value);
    }

    keepDraft(ev) {
        this.draft = ev.target.value;
    }

    dropDraft() {
        this.draft = null;
    }

    get value() {
        return this.props.line.value;
    }

    step(by) {
        this.props.onChange(Math.max((this.value || 0) + by, 0));
    }

    type(ev) {
        this.dropDraft();
        const value = Number(ev.target.value);
        if (ev.target.value !== "" && !Number.isNaN(value)) {
            this.props.onChange(value);
        }
    }

    asExpected() {
        this.props.onChange(this.props.line.book);
    }

    async saveLot() {
        await this.props.onLot(this.state.lot, this.state.expires);
        Object.assign(this.state, {naming: false, lot: "", expires: ""});
    }
}
