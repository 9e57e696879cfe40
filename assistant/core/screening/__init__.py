"""The candidate check: what the articles name as a reason against microneedling, asked one by one."""
