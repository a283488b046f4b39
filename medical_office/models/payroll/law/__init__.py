from . import package
from . import package_try
from . import package_line
from . import provision
from . import settlement
from . import needs
from . import check
