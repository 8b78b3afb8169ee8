"""Starts the system's Orca, unmodified, beside any other Orca of the same user.

/usr/bin/orca refuses to start when a process named orca is there already, and `orca --replace`
in another session kills every such process. Neither check nor name is wanted in a test run.
Run with the system's Python: /usr/bin/python3 launch_orca.py -u PREFS
"""

import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader

sys.dont_write_bytecode = True
loader = SourceFileLoader("orca_program", "/usr/bin/orca")
program = module_from_spec(spec_from_loader("orca_program", loader))
loader.exec_module(program)
program.otherOrcas = list
program.setProcessName = lambda _name: None
sys.exit(program.main())
