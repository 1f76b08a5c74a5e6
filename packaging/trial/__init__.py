"""``dev.py test windows``: the suite with Windows' own Python, and the installer with what it installs."""
