"""The client's own Word or Excel form: what goes where, and the filled file seen and printed."""
