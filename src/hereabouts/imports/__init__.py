"""A file of rows becomes saved records; knows no record.

A context declares an `Importer` (columns, how a row is decided, how a decision is applied, what its
preview says) and gets the pages, the preview, the left-out file and safe repetition:

    files.spreadsheets.read(file)       → Sheet: headings and rows of text
    actions.upload(kind, file)          → ImportBatch, its columns guessed (headings.guess)
    actions.match_columns(batch, …)     → which heading means which column, said by a person
    queries.rows_of(batch)              → Row: frozen, text by column, what a person chose for it
    importer.known(file, rows)          → Known: what is here that the rows may mean, frozen
    importer.decide(row, known)         → Change: outcome, reasons, new values; frozen, unsaved
    importer.preview(row, change, …)    → a line of the preview, with what can be chosen for it
    importer.applying(by, at)           → apply(change): writes one change; all rows or none
    queries.left_out(batch)             → the rows with their reasons, to correct and upload again
"""
