from . import dated
