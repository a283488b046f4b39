"""Pure tests import ``tools`` without the addon, hence without Odoo."""

import os
import sys
from pathlib import Path

from hypothesis import settings

ADDON = Path(__file__).resolve().parent.parent / "medical_office"
sys.path.insert(0, str(ADDON))

# chance finds faults at the desk; what CI says is the same each time
settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("house")
