"""Work that happens outside a request: queued, retried, scheduled, and seen while it goes on."""
