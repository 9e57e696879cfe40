"""Pure core: content, validation, dialogue, dates, aftercare and screening, independent of any framework."""
