import {browser} from "@web/core/browser/browser";

const HERTZ = {taken: 880, refused: 220};
const SECONDS = {taken: 0.08, refused: 0.5};

/**
 * How an answer looks: what was taken is green and what must be set aside red, unless it
 * says itself (warning: taken in part, info: nothing is done yet).
 */
export function alertOf({kind, refused}) {
    return `alert-${kind || (refused ? "danger" : "success")}`;
}

/** A short high tone for a code that was taken, a long low one for a refused code. */
export function beep(refused) {
    const Audio = browser.AudioContext || window.AudioContext;
    if (!Audio) {
        return;
    }
    const kind = refused ? "refused" : "taken";
    const audio = new Audio();
    const tone = audio.createOscillator();
    tone.frequency.value = HERTZ[kind];
    tone.connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + SECONDS[kind]);
    tone.onended = () => audio.close();
}
