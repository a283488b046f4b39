from . import move
