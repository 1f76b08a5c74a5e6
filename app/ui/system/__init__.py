"""What the system around the window knows of it: one window per person, taskbar, tray, session."""
