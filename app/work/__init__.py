"""What is to be done, as people see it: tasks, agenda, days, cells, words. No Qt; used by window and commands."""
