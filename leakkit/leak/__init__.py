"""Opening a leak without running it: members as streams under budgets, formats, inventory, records, logs.

``open`` has `open_leak` and `Leak`; ``walk`` the order of members; ``zipped``, ``tarred`` and
``unpack`` the archives; ``listings`` the leaks one does not hold; ``sniff`` and ``formats`` what the
bytes are; ``inventory``, ``folders`` and ``models_held`` the frames.
"""
