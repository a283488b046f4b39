import {WarningDialog, odooExceptionTitleMap} from "@web/core/errors/error_dialogs";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

// The host's web client knows the errors that are words for people by their exact names
// and has left this one out: who comes second would read of a broken server.
const NAME = "odoo.exceptions.LockError";
odooExceptionTitleMap.set(NAME, _t("Somebody Else Was First"));
registry.category("error_dialogs").add(NAME, WarningDialog);
