"""What the Makefile calls: sets up (setup.sh), trains, builds the widget, serves, checks (check.sh)."""
