"""Work beside the requests: each job commits its own small steps."""
