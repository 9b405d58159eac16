"""Figures as ratios: our pages beside bare ones, asked in turn in one run, so that the machine's moods cancel out.

    python3 dev.py bench [--json FILE] [--rounds N]

Every server is a process of its own on loopback, behind waitress; SQLite is durable (FULL) on both sides.
"""
