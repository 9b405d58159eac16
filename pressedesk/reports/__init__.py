"""How long the press waits: the figures, their sentence and definitions, and the forms they leave the house in.

Figures are made from `access.counted_strands`, in working minutes from received to answered. There is none by
speaker or person.
"""
