"""Website channel: the HTTP API of the widget, the widget's files and the demo page."""

from assistant.channels.website.input_channel import WebsiteInput

__all__ = ["WebsiteInput"]
