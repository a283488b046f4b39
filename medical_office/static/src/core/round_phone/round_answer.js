import {_t} from "@web/core/l10n/translation";

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)$/;

const inside = (value, low, high) =>
    (low === false || value >= low) && (high === false || value <= high);

/**
 * What a number is worth on a line, by the rules of the server (tools/core/answers.py).
 *
 * @param {Object} line as phone_room() shows it: limits are false where there is none
 * @param {String} raw as typed
 * @returns {Object} {value, result} or {problem}
 */
export function readNumber(line, raw) {
    const text = raw.trim();
    if (!NUMBER.test(text)) {
        return {problem: _t("Enter a number with a decimal point, such as 38.5.")};
    }
    const value = parseFloat(text);
    if (!inside(value, line.hard_min, line.hard_max)) {
        return {
            problem: _t(
                "%(value)s cannot be right: the possible range is %(range)s. Check again.",
                {
                    value: text,
                    range: line.possible,
                },
            ),
        };
    }
    return {
        value,
        result: inside(value, line.limit_min, line.limit_max) ? "pass" : "fail",
    };
}

/**
 * A question before a temperature is taken that would be right in the other unit: a failed
 * one puts everything in the refrigerator away. False where nothing is to be asked.
 *
 * @param {Object} line
 * @param {Object} entry
 */
export function doubtOf(line, entry) {
    const isFahrenheit = line.uom === "°F";
    if (
        line.type !== "number" ||
        !entry.number ||
        !(isFahrenheit || line.uom === "°C")
    ) {
        return false;
    }
    const {value, result} = readNumber(line, entry.number);
    const meant = isFahrenheit ? (value * 9) / 5 + 32 : ((value - 32) * 5) / 9;
    if (result !== "fail" || !inside(meant, line.limit_min, line.limit_max)) {
        return false;
    }
    return _t(
        "%(value)s %(unit)s is out of range, but it would be right in %(other)s (%(meant)s %(unit)s). Is %(value)s %(unit)s really what the display shows?",
        {
            value: entry.number,
            unit: line.uom,
            other: isFahrenheit ? "°C" : "°F",
            meant: meant.toFixed(1),
        },
    );
}

/** The result of a line without text: the server's rule for an emptied answer. */
function resultOfText(line, text, result) {
    return result || (text ? "pass" : "open");
}

function resultOfNumber(line, entry) {
    if (entry.number === undefined) {
        const known = line.number === false ? null : readNumber(line, `${line.number}`);
        return known?.result === "fail" && entry.result === "pass"
            ? "fail"
            : entry.result;
    }
    if (entry.number === "") {
        return entry.result || "open";
    }
    return entry.result === "fail" ? "fail" : readNumber(line, entry.number).result;
}

function resultOf(line, entry) {
    if (entry.result === "na" || entry.result === "open") {
        return entry.result;
    }
    if (line.type === "number") {
        return resultOfNumber(line, entry) || line.result;
    }
    if (line.type === "choice" && entry.choice_id) {
        const choice = line.choices.find((one) => one.id === entry.choice_id);
        return choice?.fails || entry.result === "fail" ? "fail" : "pass";
    }
    if (line.type === "text" && entry.text !== undefined) {
        return resultOfText(line, entry.text, entry.result);
    }
    if (line.type === "photo" && entry.has_photo !== undefined && !entry.result) {
        return entry.has_photo ? "pass" : "open";
    }
    return entry.result || line.result;
}

/**
 * A line as it will be once the server has taken an entry.
 *
 * @param {Object} line
 * @param {Object} entry {result, number, text, choice_id, note, has_photo}
 * @returns {Object} a new line
 */
export function answered(line, entry) {
    const result = resultOf(line, entry);
    const shown = {...line, result};
    if (result === "na" || result === "open") {
        Object.assign(shown, {number: false, text: "", choice_id: false});
    }
    for (const name of ["text", "choice_id", "note", "has_photo"]) {
        if (entry[name] !== undefined) {
            shown[name] = entry[name];
        }
    }
    if (entry.number !== undefined) {
        shown.number = entry.number === "" ? false : parseFloat(entry.number);
        shown.doubt = "";
    }
    return shown;
}

/**
 * Why an answer cannot be taken, before it is sent; false where it can.
 *
 * @param {Object} line
 * @param {Object} entry
 */
export function problemOf(line, entry) {
    if (line.type === "number" && entry.number) {
        return readNumber(line, entry.number).problem || false;
    }
    if (line.type === "photo" && entry.result === "pass" && !line.has_photo) {
        return _t("Take the photo first.");
    }
    return false;
}
