"""What is to be done, as people see it: tasks, agenda, days, cells and words. No Qt: commands use it too."""
