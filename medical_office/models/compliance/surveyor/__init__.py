from . import surveyor
from . import document
from . import users
