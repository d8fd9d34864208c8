"""What the window works on: the open case, the selection, the jobs, the decisions."""
