import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {isBarcodeScannerSupported} from "@web/core/barcode/barcode_video_scanner";
import {Dialog} from "@web/core/dialog/dialog";
import {alertOf} from "./beep";
import {SquareScanner} from "./square_scanner";

/**
 * Scan with the camera: once, or code after code.
 *
 * With ``take`` (given the code, it promises ``{said, refused}``, and ``code`` with ``choices``
 * where it asks which item it is) the window stays open and says what became of each code; the camera rests until the next one is asked for, so
 * that a carton that lies before it counts once.
 */
export class ScanDialog extends Component {
    static template = "medical_office.ScanDialog";
    static components = {Dialog, SquareScanner};
    static props = {
        close: Function,
        take: Function,
        once: {type: Boolean, optional: true},
    };

    setup() {
        this.state = useState({
            error: isBarcodeScannerSupported() ? "" : _t("This device has no camera."),
            said: "",
            refused: false,
            kind: "",
            looking: true,
            code: "",
            choices: [],
        });
    }

    get kind() {
        return alertOf(this.state);
    }

    async onResult(code) {
        if (!this.state.looking) {
            return;
        }
        this.state.looking = false;
        const answer = await this.props.take(code);
        if (this.props.once) {
            this.props.close();
        } else {
            Object.assign(this.state, answer);
        }
    }

    onError(error) {
        this.state.error = error.message;
    }

    async choose(item) {
        Object.assign(this.state, await this.props.take(this.state.code, item));
    }

    next() {
        Object.assign(this.state, {
            said: "",
            refused: false,
            kind: "",
            choices: [],
            looking: true,
        });
    }
}

/**
 * Scan one code with the camera.
 *
 * @returns {Promise<string|false>} the code; false if the window was closed
 */
export function scanOnce(dialog) {
    return new Promise((resolve) => {
        dialog.add(
            ScanDialog,
            {once: true, take: async (code) => resolve(code)},
            {onClose: () => resolve(false)},
        );
    });
}
