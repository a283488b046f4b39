import {patch} from "@web/core/utils/patch";
import {DashboardLoader} from "@spreadsheet_dashboard/bundle/dashboard_action/dashboard_loader_service";

// The server refuses the link; here it is not offered where it would be refused.
patch(DashboardLoader.prototype, {
    _getFetchGroupsSpecification() {
        const specification = super._getFetchGroupsSpecification();
        specification.published_dashboard_ids.fields.medical_is_closed = {};
        return specification;
    },
});
