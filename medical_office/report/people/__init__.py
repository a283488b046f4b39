from . import people_matrix_report
