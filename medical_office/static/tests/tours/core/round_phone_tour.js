import {registry} from "@web/core/registry";
import {ConnectionLostError, rpc} from "@web/core/network/rpc";

/*
 * The connection of the tours: "down" reaches nothing, "deaf" is heard by the server
 * but hears no answer. Kept in the session storage, so that it outlives a reload.
 */
const LINE = "mo_tour_connection";
const reach = rpc._rpc;

rpc._rpc = function (url, ...rest) {
    const mode = url.includes("/medical.core.round/phone_")
        ? sessionStorage.getItem(LINE)
        : null;
    if (mode === "down") {
        return Promise.reject(new ConnectionLostError(url));
    }
    const call = reach.call(this, url, ...rest);
    if (mode === "deaf") {
        return call.then(() => Promise.reject(new ConnectionLostError(url)));
    }
    return call;
};

const connection = (mode) => () => sessionStorage.setItem(LINE, mode);

const line = (name) => `.mo_phone_line:has(.mo_line_name:contains(${name}))`;

async function photograph({anchor}) {
    const canvas = document.createElement("canvas");
    Object.assign(canvas, {width: 2400, height: 1200});
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    const files = new DataTransfer();
    files.items.add(new File([blob], "table.png", {type: "image/png"}));
    anchor.files = files.files;
    anchor.dispatchEvent(new Event("change", {bubbles: true}));
}

const tours = registry.category("web_tour.tours");

/** A walk with all that goes wrong on the way. */
tours.add("medical_office_round_phone", {
    steps: () => [
        {
            content: "a label that is stale says so, the list is there",
            trigger: ".mo_problem:contains(label is no longer valid)",
        },
        {trigger: ".mo_phone_room:contains(Exam 1):contains(3 due)", run: "click"},
        {trigger: `${line("Table is clean")} .mo_fail`, run: "click"},
        {
            trigger: `${line("Table is clean")} .mo_note_input`,
            run: "edit Stain on the cushion",
        },
        {
            content: "the photo is made small on the phone",
            trigger: `${line("Table is clean")} .mo_photo input:not(:visible)`,
            run: photograph,
        },
        {trigger: `${line("Table is clean")} .mo_picture img`},
        {
            content: "a number that cannot be right is not sent",
            trigger: `${line("Refrigerator")} .mo_number_input`,
            run: "edit 410 && press Enter",
        },
        {trigger: `${line("Refrigerator")} .mo_refusal:contains(cannot be right)`},
        {
            trigger: `${line("Refrigerator")} .mo_number_input`,
            run: "edit 38,5 && press Enter",
        },
        {trigger: `${line("Refrigerator")} .mo_refusal:contains(decimal point)`},
        {
            content: "the connection drops",
            trigger: "body:not(:has(.mo_waiting))",
            run: connection("down"),
        },
        {
            trigger: `${line("Refrigerator")} .mo_number_input`,
            run: "edit 38.5 && press Enter",
        },
        {trigger: ".mo_waiting:contains(1 entry waiting to be sent)"},
        {
            trigger: `${line("Sharps container")} .mo_choice:contains(Full)`,
            run: "click",
        },
        {trigger: ".mo_waiting:contains(2 entries waiting to be sent)"},
        {
            content: "the next room opens without a connection",
            trigger: ".mo_next:contains(Exam 2)",
            run: "click",
        },
        {trigger: ".mo_head_room h1:contains(Exam 2)"},
        {trigger: `${line("Table is clean")} .mo_pass`, run: "click"},
        {trigger: ".mo_waiting:contains(3 entries waiting to be sent)"},
        {
            content: "nothing is lost when the page is loaded anew",
            trigger: ".mo_waiting:contains(no connection)",
            run: () => browserReload(),
            expectUnloadPage: true,
        },
        {trigger: ".mo_nothing:contains(could not be loaded)"},
        {trigger: ".mo_waiting:contains(3 entries waiting to be sent)"},
        {
            content: "they arrive, but their answer gets lost",
            trigger: ".mo_phone",
            run: connection("deaf"),
        },
        {trigger: ".mo_waiting", run: "click"},
        {
            trigger: ".mo_waiting:contains(3 entries):contains(no connection)",
            run: () => new Promise((resolve) => setTimeout(resolve, 1500)),
        },
        {trigger: ".mo_phone", run: connection("up")},
        {trigger: ".mo_waiting", run: "click"},
        {trigger: "body:not(:has(.mo_waiting))"},
        {trigger: ".mo_phone_room:contains(Exam 2):contains(2 due)", run: "click"},
        {
            trigger: `${line("Table is clean")} .mo_pass.mo_chosen`,
        },
        {
            trigger: `${line("Refrigerator")} .mo_number_input`,
            run: "edit 50 && press Enter",
        },
        {trigger: `${line("Refrigerator")} .mo_verdict:contains(outside)`},
        {trigger: `${line("Sharps container")} .mo_na`, run: "click"},
        {trigger: ".mo_sign", run: "click"},
        {trigger: ".modal .btn-primary:contains(Sign)", run: "click"},
        {trigger: ".o_notification:contains(is signed)"},
        {trigger: ".mo_nothing:contains(Nothing is due now)"},
    ],
});

function browserReload() {
    window.location.assign("/odoo/rounds-walk");
}

/** What the server refuses stays in sight until it is corrected or discarded. */
tours.add("medical_office_round_phone_refused", {
    steps: () => [
        {
            content: "the label opened the room at once",
            trigger: ".mo_head_room h1:contains(Exam 1)",
        },
        {trigger: `${line("Table is clean")} .mo_pass`, run: "click"},
        {trigger: `${line("Table is clean")} .mo_refusal:contains(not in stock)`},
        {trigger: ".mo_refused:contains(1 entry was refused)"},
        {
            content: "a corrected answer takes its place",
            trigger: `${line("Table is clean")} .mo_na`,
            run: "click",
        },
        {trigger: "body:not(:has(.mo_refused)):not(:has(.mo_waiting))"},
        {
            trigger: `${line("Refrigerator")} .mo_number_input`,
            run: "edit 37 && press Enter",
        },
        {
            trigger: `${line("Sharps container")} .mo_choice:contains(Below)`,
            run: "click",
        },
        {trigger: ".mo_next:contains(Exam 2)", run: "click"},
        {trigger: `${line("Table is clean")} .mo_na`, run: "click"},
        {
            trigger: `${line("Refrigerator")} .mo_number_input`,
            run: "edit 37 && press Enter",
        },
        {
            trigger: `${line("Sharps container")} .mo_choice:contains(Below)`,
            run: "click",
        },
        {
            content: "who lacks the credential is told so and loses nothing",
            trigger: ".mo_sign",
            run: "click",
        },
        {trigger: ".modal .btn-primary:contains(Sign)", run: "click"},
        {trigger: ".mo_sign_card .mo_refusal:contains(BLS card)"},
    ],
});
