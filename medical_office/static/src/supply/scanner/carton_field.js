import {Component, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {isBarcodeScannerSupported} from "@web/core/barcode/barcode_video_scanner";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {beep} from "./beep";
import {ScanDialog} from "./scan_dialog";

/**
 * Scan carton after carton into a form, by a scanner that types or by the camera.
 *
 * The form's model has ``scan_carton(id, code)``, which answers ``{said, refused}``.
 */
export class CartonField extends Component {
    static template = "medical_office.CartonField";
    static props = {
        ...standardFieldProps,
        placeholder: {type: String, optional: true},
    };

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.input = useRef("input");
        this.canScan = isBarcodeScannerSupported();
        this.state = useState({said: "", refused: false});
    }

    async onKeydown(ev) {
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

    async take(code) {
        const {record} = this.props;
        await record.save({reload: false});
        const {said, refused} = await this.orm.call(record.resModel, "scan_carton", [
            record.resId,
            code,
        ]);
        await record.load();
        Object.assign(this.state, {said, refused});
        beep(refused);
        return {said, refused};
    }

    scanWithCamera() {
        this.dialog.add(ScanDialog, {take: this.take.bind(this)});
    }
}

registry.category("fields").add("medical_carton", {
    component: CartonField,
    displayName: _t("Scan cartons"),
    supportedTypes: ["char"],
    extractProps: ({attrs, placeholder}) => ({
        placeholder: placeholder || attrs.placeholder,
    }),
});
