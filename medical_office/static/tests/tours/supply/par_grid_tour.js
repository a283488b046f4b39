import {registry} from "@web/core/registry";

const cell = (row, column) =>
    `.mo_par tr[data-row='${row}'] td[data-column='${column}']`;
const holds = (row, column, text) => `${cell(row, column)}:text(${text})`;

function paste(text) {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    document.activeElement.dispatchEvent(
        new ClipboardEvent("paste", {
            clipboardData: data,
            bubbles: true,
            cancelable: true,
        }),
    );
}

/** The manager types, pastes from a spreadsheet, corrects, gives a place up, saves. */
registry.category("web_tour.tours").add("medical_office_par_grid", {
    steps: () => [
        {
            content: "Only the gauze is kept here; its levels in Exam 1 are 50 and 100",
            trigger: `.mo_par tr[data-row='0'] .mo_par_item:contains(Gauze)`,
        },
        {trigger: holds(0, 2, "50")},
        {
            content: "Show what is not kept yet: the vaccine",
            trigger: ".mo_par_all",
            run: "click",
        },
        {trigger: `.mo_par tr[data-row='1'] .mo_par_item:contains(vaccine)`},
        {content: "Type over the reorder level", trigger: cell(0, 2), run: "click"},
        {trigger: `${cell(0, 2)}.mo_par_focus`, run: "press 6"},
        {trigger: `${cell(0, 2)} input`, run: "press 0"},
        {
            content: "Tab goes to the par",
            trigger: `${cell(0, 2)} input`,
            run: "press Tab",
        },
        {trigger: `${cell(0, 3)}.mo_par_focus`, run: "press 4"},
        {
            content: "Enter takes it and goes down",
            trigger: `${cell(0, 3)} input`,
            run: "press Enter",
        },
        {trigger: `${cell(1, 3)}.mo_par_focus`},
        {
            content: "A par of 4 below a reorder level of 60 is marked",
            trigger: `${cell(0, 3)}.mo_par_wrong`,
        },
        {content: "It is not sent", trigger: ".mo_par_save:enabled", run: "click"},
        {trigger: ".mo_par_problem:contains(below the reorder level)"},
        {
            content: "Undo brings the old par back",
            trigger: ".mo_par_undo",
            run: "click",
        },
        {trigger: holds(0, 3, "100")},
        {
            content: "Paste a block over both items in Exam 2",
            trigger: cell(0, 4),
            run: "click",
        },
        {
            trigger: `${cell(0, 4)}.mo_par_focus`,
            run: () => paste("10\t20\r\n2\t6\r\n"),
        },
        {trigger: holds(1, 5, "6")},
        {trigger: ".mo_par_drafts:contains(3 unsaved)"},
        {
            content: "What was typed stays when one goes on elsewhere",
            trigger: cell(1, 0),
            run: "click",
        },
        {trigger: `${cell(1, 0)}.mo_par_focus`, run: "press 3"},
        {trigger: `${cell(1, 0)} input`},
        {trigger: ".mo_par_search", run: "edit vaccine"},
        {trigger: holds(0, 0, "3")},
        {trigger: ".mo_par_search", run: "edit "},
        {trigger: holds(0, 2, "60")},
        {trigger: ".mo_par_undo", run: "click"},
        {trigger: ".mo_par_drafts:contains(3 unsaved)"},
        {content: "Save all in one", trigger: ".mo_par_save:enabled", run: "click"},
        {trigger: ".mo_par:not(:has(.mo_par_draft)) .mo_par_save:disabled"},
        {content: "Give the gauze up in Exam 1", trigger: cell(0, 2), run: "click"},
        {trigger: `${cell(0, 2)}.mo_par_focus`, run: "press Shift+ArrowRight"},
        {trigger: `${cell(0, 3)}.mo_par_focus`, run: "press Delete"},
        {trigger: `${cell(0, 2)}.mo_par_draft`},
        {trigger: ".mo_par_save:enabled", run: "click"},
        {
            content: "It asks before it archives",
            trigger:
                ".modal:contains(Gauze 4x4 in Exam 1) button:contains(Save and archive)",
            run: "click",
        },
        {trigger: ".mo_par:not(:has(.mo_par_draft)) .mo_par_save:disabled"},
    ],
});

/** Staff see the levels, and that they are not theirs to change. */
registry.category("web_tour.tours").add("medical_office_par_grid_staff", {
    steps: () => [
        {trigger: holds(0, 2, "50")},
        {trigger: ".mo_par_readonly"},
        {trigger: cell(0, 2), run: "click"},
        {trigger: `${cell(0, 2)}.mo_par_focus`, run: "press 7"},
        {trigger: ".o_notification:contains(view par levels)"},
        {trigger: holds(0, 2, "50")},
    ],
});
