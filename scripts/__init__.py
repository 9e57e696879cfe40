"""Implementations of the Makefile's commands: set-up, training, widget build, serving and checks."""
