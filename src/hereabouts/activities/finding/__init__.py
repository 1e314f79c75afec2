"""The finder: what somebody asks for, what they get, and the map beside it."""
