import {registry} from "@web/core/registry";

const row = (text) => `.mo_todo .mo_row:contains(${text})`;

/** The manager opens the app, sees what needs doing, opens it, comes back, refreshes. */
registry.category("web_tour.tours").add("medical_office_cockpit", {
    steps: () => [
        {
            content: "The app opens on the cockpit",
            trigger: ".mo_cockpit .mo_card[data-domain=supply] .mo_card_number:contains(2)",
        },
        {
            content: "A check that failed is named",
            trigger: ".mo_checks .mo_broken:contains(no table)",
        },
        {
            content: "What is new since the last look is listed",
            trigger: ".mo_changes .mo_change_opened li:contains(Thing 1 is wrong)",
        },
        {
            content: "The due time is on the practice's clock: 7:15 AM in Chicago",
            trigger: `${row("Thing 0 is wrong")} span[title*="7:15"]`,
        },
        {
            content: "Only what is high",
            trigger: ".mo_chip_high",
            run: "click",
        },
        {trigger: ".mo_chip_high.active"},
        {trigger: `.mo_todo:not(:has(${row("Thing 0 is wrong")}))`},
        {trigger: ".mo_chip_high", run: "click"},
        {
            content: "Open the record",
            trigger: `${row("Thing 0 is wrong")} .mo_summary`,
            run: "click",
        },
        {
            content: "It is the record itself",
            trigger: ".o_form_view .o_last_breadcrumb_item:contains(Thing 0)",
        },
        {
            content: "Back by the breadcrumb",
            trigger: ".o_breadcrumb .breadcrumb-item:contains(Cockpit) a, .o_back_button a",
            run: "click",
        },
        {
            content: "Take the severe one over",
            trigger: `${row("Thing 1 is wrong")} .mo_assign`,
            run: "click",
        },
        {trigger: `${row("Thing 1 is wrong")}:contains((you))`},
        {
            content: "Meanwhile the first was mended: the refresh finds it gone",
            trigger: ".mo_refresh:enabled",
            run: "click",
        },
        {trigger: `.mo_todo:not(:has(${row("Thing 0 is wrong")}))`},
        {
            content: "And says that it closed",
            trigger: ".mo_changes .mo_change_closed li:contains(Thing 0 is wrong)",
        },
        {
            content: "The card opens the list of its area",
            trigger: ".mo_card[data-domain=supply]",
            run: "click",
        },
        {trigger: ".o_list_view .o_data_row:contains(Thing 1 is wrong)"},
    ],
});
