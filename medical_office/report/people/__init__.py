from . import people_matrix_report
from . import people_funnel_report
from . import people_impact_report
from . import people_candidates_report
from . import people_compensation_report
from . import people_grade_report
from . import people_offer_report
from . import people_coverage_report
