"""Pure tests import ``tools`` without the addon, hence without Odoo, and ``devtools``."""

import os
import sys
from pathlib import Path

from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "medical_office")]

# chance finds faults at the desk; what CI says is the same each time
settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("house")
