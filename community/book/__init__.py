"""The memory book: what a member chose of her years here, to take along when she goes.

Nouns: book, item, page, yes (of somebody whose words may come along), book file. A book is its owner's alone; nothing
of anybody else comes along without their yes. It stands above the rooms and looks down into all of them, each time
through the query that asks what she may see.
"""
