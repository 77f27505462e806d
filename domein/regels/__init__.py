"""De regels: zuivere code, zonder klok en zonder opslag."""
