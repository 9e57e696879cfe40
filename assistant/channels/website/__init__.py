"""The website channel: the HTTP interface that the widget, the demo page and tests talk to."""

from assistant.channels.website.input_channel import WebsiteInput

__all__ = ["WebsiteInput"]
