"""The funding plan: which accepted works what is left in the awards pays for, and who approved it."""
