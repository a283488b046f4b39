from . import cockpit
