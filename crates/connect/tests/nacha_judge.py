"""Judges a NACHA file on standard input by two implementations that have nothing in common with ours, nor with each other.

Prints what they find, a line for each, and ends with 1 if there is anything.
"""

import sys

import achkit
from achlens import core

text = sys.stdin.read()
findings = [str(finding) for finding in core.validate(text).findings]
findings += [str(error) for error in achkit.validate(text)["errors"]]
print("\n".join(findings))
sys.exit(bool(findings))
