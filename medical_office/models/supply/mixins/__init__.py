from . import proposed
