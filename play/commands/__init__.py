"""One module for each command of the command line, loaded when its word is read."""
