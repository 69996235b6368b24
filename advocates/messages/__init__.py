"""Mail, from a durable outbox, each message once."""
