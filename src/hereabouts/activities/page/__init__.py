"""One activity: its page, its calendar, and those who look after it."""
