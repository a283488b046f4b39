from . import liability
from . import filing
from . import filing_lines
from . import filing_w2
from . import filing_corrected
from . import check
from . import statement
