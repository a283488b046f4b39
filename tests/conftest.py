"""Pure tests import ``tools`` without the addon, hence without Odoo."""

import sys
from pathlib import Path

ADDON = Path(__file__).resolve().parent.parent / "medical_office"
sys.path.insert(0, str(ADDON))
