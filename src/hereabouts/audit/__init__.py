"""Who changed what: the audit trail, and saving what two people may edit at once."""
