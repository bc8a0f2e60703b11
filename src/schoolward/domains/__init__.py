"""The partnership, one folder a domain; config/domains.py orders them."""
