import {Component, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {isBarcodeScannerSupported} from "@web/core/barcode/barcode_video_scanner";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {alertOf, beep} from "./beep";
import {ScanDialog} from "./scan_dialog";
import {typeSeparator} from "./wedge";

/**
 * Scan carton after carton into a form, by a scanner that types or by the camera.
 *
 * The form's model has ``scan_carton(id, code, item)``, which answers ``{said, refused}``,
 * ``kind`` where it is neither green nor red (``alertOf``), and ``code`` with ``choices`` where somebody has to say which item it is. With the option
 * ``fills`` (names of fields) a new form is not saved: ``scan_new(code, values, item)``
 * answers the ``values`` to put there, too.
 */
export class CartonField extends Component {
    static template = "medical_office.CartonField";
    static props = {
        ...standardFieldProps,
        placeholder: {type: String, optional: true},
        fills: {type: Array, optional: true},
    };

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.input = useRef("input");
        this.canScan = isBarcodeScannerSupported();
        this.state = useState({
            said: "",
            refused: false,
            kind: "",
            code: "",
            choices: [],
        });
    }

    get kind() {
        return alertOf(this.state);
    }

    async onKeydown(ev) {
        if (typeSeparator(ev)) {
            return;
        }
        const code = ev.target.value; // a blank may be HIBC's check character
        if (ev.key !== "Enter" || !code.trim()) {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
        ev.target.value = "";
        await this.take(code);
        this.input.el?.focus();
    }

    async take(code, item = false) {
        const {record, fills} = this.props;
        const answer = await (record.isNew && fills
            ? this.fillNew(code, item)
            : this.takeSaved(code, item));
        const {said, refused, kind = "", choices = []} = answer;
        const shown = {said, refused, kind, code, choices};
        Object.assign(this.state, shown);
        beep(refused);
        return shown;
    }

    async takeSaved(code, item) {
        const {record} = this.props;
        if (!(await record.save({reload: false}))) {
            return {said: _t("Fill in the form first, then scan."), refused: true};
        }
        const answer = await this.orm.call(record.resModel, "scan_carton", [
            record.resId,
            code,
            item,
        ]);
        await record.load();
        return answer;
    }

    async fillNew(code, item) {
        const {record, fills} = this.props;
        const now = fills.map((name) => {
            const value = record.data[name];
            return [name, value && typeof value === "object" ? value.id : value];
        });
        const answer = await this.orm.call(record.resModel, "scan_new", [
            code,
            Object.fromEntries(now),
            item,
        ]);
        if (answer.values) {
            await record.update(answer.values);
        }
        return answer;
    }

    choose(item) {
        return this.take(this.state.code, item);
    }

    scanWithCamera() {
        this.dialog.add(ScanDialog, {take: this.take.bind(this)});
    }
}

registry.category("fields").add("medical_carton", {
    component: CartonField,
    displayName: _t("Scan cartons"),
    supportedTypes: ["char"],
    extractProps: ({attrs, options, placeholder}) => ({
        fills: options.fills,
        placeholder: placeholder || attrs.placeholder,
    }),
});
