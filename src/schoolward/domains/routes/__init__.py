"""The way to school: how pupils travel, what is in their way, who guards it, and who walks with them."""
