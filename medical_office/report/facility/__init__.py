from . import facility_binder_report
from . import facility_compliance_report
from . import facility_open_work_report
from . import facility_asset_label_report
from . import facility_asset_list_report
