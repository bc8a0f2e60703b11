"""Who may see and do what: agencies, memberships, roles, permissions, row policies."""
