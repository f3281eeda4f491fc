"""Runs a source format and the splitter in a child process that can be killed."""
