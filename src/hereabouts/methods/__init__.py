"""Numbers with a literature behind them: arrays in, one frozen result out.

Nothing but numpy and scipy, and no database: usable from a notebook.
"""
