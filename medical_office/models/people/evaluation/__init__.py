from . import evaluation
from . import note
