"""What the Makefile calls: sets up (setup.sh), trains, serves, checks (check.sh)."""
