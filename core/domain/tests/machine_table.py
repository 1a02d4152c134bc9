"""Writes machine.csv: what the design's table says of every state, action and role.

The table below is copied from the written rules (design, section 3), not from the Rust code, so that the test which
compares the two can find a mistake in either. Run it again only when the written rules change:

    python3 core/domain/tests/machine_table.py > core/domain/tests/machine.csv
"""

STATES = """draft reported verifying accepted filed dispatched disposing fed_back checking to_close closed
rejected void on_hold self_done self_review invalid""".split()

ROLES = """grid_worker intake_clerk shift_leader dispatcher disposal_dept supervisor_lead branch_secretary
auditor admin""".split()

# action: (from, to, who). A check here is one that passes; the failing one is a test of its own.
TABLE = {
    "report": ("draft", "reported", "grid_worker"),
    "send_verify": ("reported", "verifying", "intake_clerk"),
    "verify": ("verifying", "reported", "grid_worker"),
    "accept": ("reported", "accepted", "intake_clerk"),
    "reject": ("reported", "rejected", "intake_clerk"),
    "file": ("accepted", "filed", "shift_leader"),
    "dispatch": ("filed", "dispatched", "dispatcher"),
    "claim": ("dispatched", "disposing", "disposal_dept"),
    "feedback": ("disposing", "fed_back", "disposal_dept"),
    "send_check": ("fed_back", "checking", "intake_clerk"),
    "check": ("checking", "to_close", "grid_worker"),
    "close": ("to_close", "closed", "shift_leader"),
}

assert (len(STATES), len(TABLE), len(ROLES)) == (17, 12, 9)
print("state,action,role,expected")
for state in STATES:
    for action, (start, end, who) in TABLE.items():
        for role in ROLES:
            allowed = state == start and role == who
            print(f"{state},{action},{role},{'accepted:' + end if allowed else 'declined'}")
