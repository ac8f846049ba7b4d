"""The use cases: each takes a session and an explicit actor, and never commits."""
