"""Spreadsheets of activities: read, matched, looked over, saved."""
