"""Spreadsheets and maps of activities: read, matched, looked over, saved; drafts completed."""
