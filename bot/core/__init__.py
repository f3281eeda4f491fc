"""The pure core: values in, values and reasons out. It never awaits, logs, reads a clock or opens a file."""
