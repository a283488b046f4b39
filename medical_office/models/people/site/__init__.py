from . import work_location
from . import site
from . import employee
from . import users
