import {markup} from "@odoo/owl";

/**
 * An action as the server answered it to a call of ours. Its text for an empty list is
 * HTML, which the client shows as such only where it came by a button of a form.
 */
export function answered(action) {
    return action?.help ? {...action, help: markup(action.help)} : action;
}
