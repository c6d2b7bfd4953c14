"""Reads config files the way botocore does.

Standard input: a JSON list of texts. Standard output: for each its profiles and services, every
value as text, or the error's kind.
"""

import json
import sys
import tempfile

import botocore
import botocore.exceptions
from botocore.configloader import build_profile_map, raw_config_parse


def read(text):
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="", suffix=".ini") as file:
        file.write(text)
        file.flush()
        try:
            flat = build_profile_map(raw_config_parse(file.name, parse_subsections=False))
            nested = build_profile_map(raw_config_parse(file.name))
        except botocore.exceptions.BotoCoreError as error:
            return {"error": type(error).__name__}
    endpoints = {}
    for name, section in nested["services"].items():
        block = section.get("rolesanywhere")
        if isinstance(block, dict) and "endpoint_url" in block:
            endpoints[name] = block["endpoint_url"]
    return {"profiles": flat["profiles"], "endpoints": endpoints}


answers = [read(text) for text in json.load(sys.stdin)]
json.dump({"botocore": botocore.__version__, "answers": answers}, sys.stdout)
