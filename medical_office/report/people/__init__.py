from . import people_compensation_report
from . import people_grade_report
from . import people_offer_report
