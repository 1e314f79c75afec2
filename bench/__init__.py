"""What is measured: each bench is a module, and its figures stand in RESULTS.md."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))
