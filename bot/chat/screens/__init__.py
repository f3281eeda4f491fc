"""What people see: values in, a message out. Every English word that a screen says stands in its own module."""
