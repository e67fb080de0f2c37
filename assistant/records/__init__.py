"""What people leave behind and who they are: history, feedback, marks, the log, uploads, roles."""
