"""Orca speech back end that writes what would be spoken to a file, one JSON object a line.

Orca imports it by name (settings.speechServerFactory) from its preferences folder, so all of
Orca's own speech generation runs unchanged; only the synthesiser is replaced. `unasked` marks what the
page said by itself: a live region, an alert, a progress bar. What keys and loading lead to is not marked.
"""

# ruff: noqa: N802, ARG004 - Orca gives these methods their names and arguments
import json
import os
import sys
import time
from pathlib import Path

from gi.repository import GLib
from orca import chnames, speechserver

_LOG = Path(os.environ["ORCA_SPEECH_LOG"]).open("a", buffering=1, encoding="utf-8")  # noqa: SIM115 - until the end


# Where Orca begins to speak of something that no key and no page load asked for (Orca 43).
_BY_ITSELF = {"pumpMessages", "onShowingChanged", "onChildrenAdded", "onTextInserted", "onValueChanged"}


def _unasked():
    """Whether Orca speaks because something on the page changed; told from the way to here."""
    frame = sys._getframe(2)
    while frame is not None:
        if frame.f_code.co_name in _BY_ITSELF:
            return True
        frame = frame.f_back
    return False


def _write(kind, text=""):
    entry = {"t": time.time(), "kind": kind, "text": " ".join(text.split())}
    if _unasked():
        entry["unasked"] = True
    _LOG.write(json.dumps(entry) + "\n")


class SpeechServer(speechserver.SpeechServer):
    _instance = None
    _reading = None

    @staticmethod
    def getFactoryName():
        return "capture"

    @staticmethod
    def getSpeechServers():
        return [SpeechServer.getSpeechServer()]

    @staticmethod
    def getSpeechServer(info=None):
        if SpeechServer._instance is None:
            SpeechServer._instance = SpeechServer()
        return SpeechServer._instance

    @staticmethod
    def shutdownActiveServers():
        SpeechServer._instance = None

    def getInfo(self):
        return ["capture", "capture"]

    def getVoiceFamilies(self):
        return []

    def speak(self, text=None, acss=None, interrupt=True):
        if text:
            _write("speech", text)

    def speakCharacter(self, character, acss=None):
        _write("char", chnames.getCharacterName(character) or character)

    def speakKeyEvent(self, event, acss=None):
        _write("key", event.getKeyName())

    def sayAll(self, utterances, progress):
        """Reading on and on: says the next part when Orca is idle, until something stops it."""
        self._reading = reading = [progress, None]

        def step():
            if self._reading is not reading:
                return False
            try:
                context, _acss = next(utterances)
            except StopIteration:
                self._reading = None
                return False
            reading[1] = context
            _write("speech", context.utterance)
            context.currentOffset = context.endOffset
            progress(context.copy(), speechserver.SayAllContext.COMPLETED)
            return self._reading is reading

        GLib.idle_add(step)

    def stop(self):
        _write("stop")
        if self._reading:
            (progress, context), self._reading = self._reading, None
            if context:
                GLib.idle_add(progress, context.copy(), speechserver.SayAllContext.INTERRUPTED)

    def reset(self, text=None, acss=None):
        pass

    def shutdown(self):
        pass

    def updateCapitalizationStyle(self):
        pass

    def updatePunctuationLevel(self):
        pass
