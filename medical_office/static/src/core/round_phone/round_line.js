import {Component, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {url} from "@web/core/utils/urls";
import {doubtOf, problemOf, readNumber} from "./round_answer";
import {shrink} from "./round_photo";

/** One line to answer with a thumb. */
export class RoundLine extends Component {
    static template = "medical_office.RoundLine";
    static props = {
        line: Object,
        user: String,
        onAnswer: Function, // (line, values, photo)
        onDiscard: Function, // (entry)
    };

    setup() {
        this.noteRef = useRef("note");
        this.state = useState({
            noteOpen: false,
            helpOpen: false,
            problem: "",
            busy: false,
            // what is typed and not yet an entry: a drawing must not take it away
            drafts: {number: null, text: null, note: null},
        });
    }

    get line() {
        return this.props.line;
    }

    get tone() {
        if (this.line.refused || this.state.problem) {
            return "refused";
        }
        return this.line.result;
    }

    get number() {
        const known = this.line.number === false ? "" : `${this.line.number}`;
        return this.state.drafts.number ?? known;
    }

    get text() {
        return this.state.drafts.text ?? this.line.text;
    }

    get note() {
        return this.state.drafts.note ?? this.line.note;
    }

    get verdict() {
        if (this.line.type !== "number" || this.line.number === false) {
            return "";
        }
        return readNumber(this.line, `${this.line.number}`).result === "fail"
            ? _t("outside the limits")
            : _t("within the limits");
    }

    /** Whether a minus may be needed, which the number pad of some phones lacks. */
    get mayBeNegative() {
        const {hard_min, limit_min} = this.line;
        return (
            (hard_min !== false && hard_min < 0) ||
            (limit_min !== false && limit_min < 0)
        );
    }

    get showNote() {
        return this.state.noteOpen || this.line.note || this.line.result === "fail";
    }

    get noteHint() {
        return this.line.result === "fail" ? _t("What is wrong?") : _t("A note");
    }

    get picture() {
        if (this.line.picture) {
            return this.line.picture;
        }
        return (
            this.line.has_photo &&
            url("/web/image", {
                model: "medical.core.round.line",
                id: this.line.id,
                field: "photo",
                width: 480,
                height: 480,
                unique: this.line.saved || 0,
            })
        );
    }

    get saved() {
        if (this.line.waiting) {
            return {icon: "fa-clock-o", label: _t("Waiting to be sent")};
        }
        if (this.line.result !== "open" && !this.line.refused) {
            return {icon: "fa-check", label: _t("Saved")};
        }
        return null;
    }

    // ------------------------------------------------------------------ answers

    answer(values, photo) {
        const problem = problemOf(this.line, values);
        this.state.problem = problem || "";
        if (problem) {
            return;
        }
        const doubt = !values.confirmed && doubtOf(this.line, values);
        if (doubt) {
            if (!window.confirm(doubt)) {
                return; // what was typed stays, to be corrected
            }
            values.confirmed = true; // the server asks, too
        }
        for (const name of Object.keys(values)) {
            if (name in this.state.drafts) {
                this.state.drafts[name] = null;
            }
        }
        if (values.result) {
            this.state.drafts.number = null;
        }
        this.props.onAnswer(this.line, values, photo);
    }

    /** The display does show what the server asks about. */
    confirmNumber() {
        this.answer({number: `${this.line.number}`, confirmed: true});
    }

    pick(result) {
        if (this.line.result !== result || this.line.refused) {
            this.answer({result});
        }
    }

    keepDraft(name, ev) {
        this.state.drafts[name] = ev.target.value;
    }

    /** Leave the field: what was typed becomes an entry, if it is something new. */
    commit(name) {
        const typed = this.state.drafts[name];
        if (typed === null) {
            return;
        }
        const value = typed.trim();
        const known =
            name === "number" && this.line.number === false ? "" : this.line[name];
        if (value === `${known}` && !this.line.refused) {
            this.state.drafts[name] = null;
            this.state.problem = "";
        } else {
            this.answer({[name]: value});
        }
    }

    flipSign() {
        const raw = this.number;
        this.state.drafts.number = raw.startsWith("-")
            ? raw.slice(1)
            : `-${raw.replace("+", "")}`;
        if (this.state.drafts.number !== "-") {
            this.commit("number");
        }
    }

    /** Enter closes the keyboard and so takes the value. */
    onKeydown(ev) {
        if (ev.key === "Enter") {
            ev.target.blur();
        }
    }

    openNote() {
        this.state.noteOpen = true;
        // the field appears with the next drawing
        setTimeout(() => this.noteRef.el?.focus());
    }

    async setPhoto(ev) {
        const [file] = ev.target.files;
        ev.target.value = ""; // the same file may be chosen again
        if (!file) {
            return;
        }
        Object.assign(this.state, {busy: true, problem: ""});
        try {
            this.answer({}, await shrink(file));
        } catch (error) {
            this.state.problem = error.message;
        } finally {
            this.state.busy = false;
        }
    }

    removePhoto() {
        this.answer({has_photo: false});
    }
}
