from . import people_matrix_report
from . import people_coverage_report
