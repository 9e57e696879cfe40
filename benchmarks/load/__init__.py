"""Costs under load, beside stock Rasa, with more content, in Slack and on a website's page."""
