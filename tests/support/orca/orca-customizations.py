"""Settings of the Orca of a test run: speech into a log, no echo of keys, "1 of 4" spoken. Read by Orca itself."""

import orca.settings as s

s.speechServerFactory = "capture_speech"
s.speechFactoryModules = ["capture_speech"]
s.enableKeyEcho = False
s.enablePositionSpeaking = True
s.enableBraille = False
s.enableSound = False
