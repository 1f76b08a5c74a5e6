"""持出しの状況: what is out now, and the way back."""
