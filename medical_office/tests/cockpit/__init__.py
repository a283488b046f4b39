from .test_cockpit import *
