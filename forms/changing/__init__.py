"""What a notice of change tells: against which document, what differs, since when and why."""
