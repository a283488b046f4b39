from . import opened
from . import copy
