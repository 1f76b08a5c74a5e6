"""The build's own modules, which lie outside the product."""

from __future__ import annotations

import sys
from pathlib import Path

PACKAGING = str(Path(__file__).resolve().parent.parent.parent / "packaging")

# Behind everything else: the library of the same name as the folder must be found first.
if PACKAGING not in sys.path:
    sys.path.append(PACKAGING)
