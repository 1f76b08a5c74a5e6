"""Read by Windows' Python at its start, for the suite under wine alone."""

import _winapi

# wine 8 ends a program that calls this; without it shutil copies as it does on other systems.
if hasattr(_winapi, "CopyFile2"):
    del _winapi.CopyFile2
