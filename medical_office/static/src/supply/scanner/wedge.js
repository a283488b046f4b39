import {useExternalListener} from "@odoo/owl";

/** What parts two values of a GS1 code (FNC1): ASCII 29. */
export const SEPARATOR = "\x1d";
const FAST = 60; // ms between two keys: a scanner is faster than any hand
const LEAST = 6; // characters of the shortest code

/** The character that a key stands for, "" if it stands for none. */
function characterOf(ev) {
    // scanners send ASCII 29 as the keys of old terminals: Ctrl and ]
    if (ev.key === SEPARATOR || (ev.ctrlKey && !ev.altKey && ev.key === "]")) {
        return SEPARATOR;
    }
    const modified = (ev.ctrlKey || ev.metaKey) && !ev.getModifierState("AltGraph");
    return ev.key?.length === 1 && !modified ? ev.key : "";
}

/**
 * Put the separator of a scanner that types into the field that has the focus: a browser
 * leaves it out, and lot and serial number would read as one.
 *
 * @returns {Boolean} whether the key was the separator
 */
export function typeSeparator(ev) {
    if (characterOf(ev) !== SEPARATOR) {
        return false;
    }
    ev.preventDefault();
    const field = ev.target;
    field.setRangeText(SEPARATOR, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", {bubbles: true}));
    return true;
}

/**
 * Hear a scanner that types wherever the focus is, except in ``.mo_code``, which is made
 * for it: what it typed into another field is taken out again.
 *
 * @param {(code: String) => any} onCode
 */
export function useWedge(onCode) {
    let [code, last, before] = ["", 0, ""];
    const hear = (ev) => {
        const {target, timeStamp} = ev;
        if (target.closest?.(".mo_code, .modal")) {
            return;
        }
        const isFast = timeStamp - last <= FAST;
        if (ev.key === "Enter") {
            const found = isFast && code.length >= LEAST ? code : "";
            code = "";
            if (found) {
                ev.preventDefault();
                ev.stopPropagation();
                if ("value" in target) {
                    target.value = before;
                    // what a hand had typed there is kept
                    target.dispatchEvent(new Event("change", {bubbles: true}));
                }
                onCode(found);
            }
            return;
        }
        const character = characterOf(ev);
        if (!character) {
            return; // Shift, before a capital
        }
        if (!isFast) {
            code = "";
            before = target.value;
        }
        code += character;
        last = timeStamp;
        if (character === SEPARATOR) {
            ev.preventDefault();
        }
    };
    useExternalListener(window, "keydown", hear, {capture: true});
}
