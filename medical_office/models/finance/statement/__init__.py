from . import statement
from . import style
