from . import sourced
