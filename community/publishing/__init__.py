"""Who reads first, as this home has it: what it changed about the publishing table, by whom, why, and back again.

Nouns: table, row, cell, figure, change. What a cell means is said in `safety/publishing.py`; which table holds, in
`safety/house_table.py`.
"""
