import {onMounted} from "@odoo/owl";
import {BarcodeVideoScanner} from "@web/core/barcode/barcode_video_scanner";

/**
 * The camera in a square window that reads all it sees.
 *
 * The host's scanner reads a flat strip of the picture, so that a square code (QR,
 * DataMatrix) that fills the window is never read. Where the browser has no reader of its
 * own, its library leaves out the separators of GS1-128 unless told otherwise: a lot
 * would swallow what follows it.
 */
export class SquareScanner extends BarcodeVideoScanner {
    static template = "medical_office.SquareScanner";
    static components = {};

    setup() {
        super.setup();
        onMounted(() => {
            if (this.isZXingBarcodeDetector()) {
                const {ASSUME_GS1} = window.ZXing.DecodeHintType;
                const {reader} = this.detector;
                reader.setHints(new Map([...reader.hints, [ASSUME_GS1, true]]));
            }
        });
    }
}
