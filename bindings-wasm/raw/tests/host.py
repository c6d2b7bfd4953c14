"""The raw module in wasmtime: the whole of what a host needs to call it."""

import json
import struct
from pathlib import Path

from wasmtime import Engine, Instance, Module, Store


class Refused(Exception):
    """An error of the core, with all its facts."""

    def __init__(self, facts):
        super().__init__(facts["message"])
        self.facts = facts


class Core:
    def __init__(self, path: Path):
        engine = Engine()
        module = Module.from_file(engine, str(path))
        assert not module.imports, "the module imports something"
        self.store = Store(engine)
        exports = Instance(self.store, module, []).exports(self.store)
        self.memory = exports["memory"]
        self.functions = {
            name: exports[f"rolesanywhere_{name}"] for name in ("alloc", "free", "call")
        }

    def call(self, operation: str, **values):
        """What is None is left out."""
        given = {name: value for name, value in values.items() if value is not None}
        answer = json.loads(self.exchange(operation.encode(), json.dumps(given).encode()))
        if "error" in answer:
            raise Refused(answer["error"])
        return answer["ok"]

    def exchange(self, operation: bytes, data: bytes) -> bytes:
        places = [(self._write(part), len(part)) for part in (operation, data)]
        flat = [number for place in places for number in place]
        packed = self.functions["call"](self.store, *flat)
        pointer, length = struct.unpack("<II", struct.pack("<q", packed))
        answer = bytes(self.memory.read(self.store, pointer, pointer + length))
        for pointer, length in [*places, (pointer, length)]:
            self.functions["free"](self.store, pointer, length)
        return answer

    def _write(self, data: bytes) -> int:
        pointer = self.functions["alloc"](self.store, len(data))
        if pointer == 0 and data:
            raise MemoryError(f"no room for {len(data)} bytes")
        self.memory.write(self.store, data, pointer & 0xFFFFFFFF)
        return pointer
