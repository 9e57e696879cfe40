"""Costs under load, compared with stock Rasa, with more content, in Slack and on a website's page."""
