"""jutaku-window: the program without a console, as it stands in the start menu."""

import sys

from app.__main__ import window

sys.exit(window())
