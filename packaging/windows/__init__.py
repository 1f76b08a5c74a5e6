"""The Windows program, built and tried on Debian with Windows' own Python under wine."""
