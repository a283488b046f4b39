from . import bill
from . import budget
from . import department
from . import bearer
from . import company
from . import day
from . import users
from . import held
