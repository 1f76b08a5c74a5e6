"""jutaku: the command line."""

import sys

from app.__main__ import console

sys.exit(console())
