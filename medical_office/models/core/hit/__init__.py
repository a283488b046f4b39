from . import hit
