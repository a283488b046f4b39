from .test_cockpit import *
from .test_cockpit_tour import *
