"""Options: argument, named profile, environment, ambient profile; the first that gives one wins."""

import configparser
import shlex

import session
from data import Refused

# Kind, flag, variables, profile key: `.` is the name in the place's own spelling, `-` is none.
TABLE = {
    name: row
    for name, *row in map(
        str.split,
        """
    trust_anchor_arn              text     .                    .  .
    profile_arn                   text     .                    .  .
    role_arn                      text     .                    .  .
    certificate                   text     .                    .  .
    private_key                   text     .                    .  .
    intermediates                 text     .                    .  .
    private_key_passphrase        text     pkcs8-password       .  -
    private_key_passphrase_source text     private-key-passphrase ROLESANYWHERE_PRIVATE_KEY_PASSPHRASE_FILE .
    sign                          function -                    -  -
    identity                      function -                    -  -
    region                        text     .                    .  .
    endpoint                      text     .                    AWS_ENDPOINT_URL_ROLESANYWHERE .
    allow_http                    flag     .                    -  -
    duration_seconds              seconds  session-duration     .  .
    role_session_name             text     .                    .  .
    instance_properties           map      instance-property    -  -
    use_fips_endpoint             flag     .                    AWS_USE_FIPS_ENDPOINT use_fips_endpoint
    use_dualstack_endpoint        flag     .                    AWS_USE_DUALSTACK_ENDPOINT use_dualstack_endpoint
    account_id                    flag     no-account-id        -  -
    ca_bundle                     text     .                    AWS_CA_BUNDLE,SSL_CERT_FILE ca_bundle
    verify                        flag     no-verify-ssl        -  -
    config_profile                text     .                    .  -
    """.strip().splitlines(),
    )
}
RESERVED = ("web_identity_token", "web_identity_source", "service_connection_id")
RIVALS = """sign private_key, identity certificate, identity private_key, identity intermediates, identity sign,
private_key_passphrase private_key_passphrase_source"""


def spelled(name, vocabulary):
    if vocabulary == "snake_case":
        return name
    if vocabulary == "camel_case":
        return "" if name in ("ca_bundle", "verify") else session.camel(name)
    flag = TABLE[name][1] if name in TABLE else "."
    return {".": name.replace("_", "-"), "-": ""}.get(flag, flag)


def variables(name):
    return [] if TABLE[name][2] == "-" else TABLE[name][2].replace(".", "ROLESANYWHERE_" + name.upper()).split(",")


def profile_key(name):
    return {".": "rolesanywhere_" + name, "-": None}.get(TABLE[name][3], TABLE[name][3])


def checked(name, value):
    kind = TABLE[name][0]
    good = {
        "flag": value.lower() in ("true", "false"),
        "function": False,
        "map": value.partition("=")[0] != "" and "=" in value,
    }
    good["seconds"] = value.isdecimal() and int(value) < 2**32
    if not good.get(kind, True):
        raise Refused("option_invalid")
    return value.lower() if kind == "flag" else value


class Options:
    def __init__(self, case):
        self.found, self.notes, self.case = {}, 0, case
        self.environment = {name: value for name, value in case.get("environment", {}).items() if value}
        self.ignores_endpoints = False

    def arguments(self):
        vocabulary = self.case["vocabulary"]
        names = {spelled(name, vocabulary): name for name in TABLE}
        for written, value in self.case.get("arguments", []):
            if written in [spelled(name, vocabulary) for name in RESERVED]:
                raise Refused("feature_unavailable")
            if written not in names:
                raise Refused("option_unknown")
            name = names[written]
            value = value and checked(name, value)
            if written.startswith("no-"):
                value = {"true": "false", "false": "true"}[value]
            if value != "" and name != "instance_properties":
                shown = "--" * (vocabulary == "flags") + written
                self.found[name] = {"value": value, "from": "argument", "name": shown}
        self.ignores_endpoints = self.environment.get("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "").lower() == "true"

    def offer(self, name, value, origin):
        if value and name not in self.found and not (name == "endpoint" and self.ignores_endpoints):
            self.found[name] = {"value": checked(name, value), **origin}

    def variables(self, names=TABLE):
        for name in names:
            for variable in variables(name):
                value = self.environment.get(variable, "")
                if name == "private_key_passphrase_source" and value:
                    value = "file:" + value
                self.offer(name, value, {"from": "environment", "name": variable})

    def profile(self, file, profile):
        section = file["profile"].get(profile, {})
        self.ignores_endpoints |= section.get("ignore_configured_endpoint_urls", "").lower() == "true"
        for name in TABLE:
            key = profile_key(name)
            self.offer(name, section.get(key), {"from": "profile", "name": key, "section": profile})
        services = section.get("services")
        block = file["services"].get(services, {}).get("rolesanywhere", "")
        for line in block.split("\n")[1:]:
            if line.partition("=")[0].strip() == "endpoint_url":
                origin = {"from": "services", "name": "rolesanywhere.endpoint_url", "section": services}
                self.offer("endpoint", line.partition("=")[2].strip(), origin)
        known = [profile_key(name) for name in TABLE]
        self.notes += sum(key.startswith("rolesanywhere_") and key not in known for key in section)

    def settle(self):
        found = self.found
        for name in ("use_fips_endpoint", "use_dualstack_endpoint"):
            if "endpoint" in found and found.get(name, {}).get("value") == "true":
                if found.pop(name)["from"] == "argument":
                    raise Refused("options_conflict")
                self.notes += 1
        for one, other in (pair.split() for pair in RIVALS.split(",")):
            if one in found and other in found:
                explicit = [found[name]["from"] == "argument" for name in (one, other)]
                if all(explicit):
                    raise Refused("options_conflict")
                del found[one if explicit[1] else other]


def config_file(text):
    parser = configparser.RawConfigParser()
    try:
        parser.read_string(text.replace("\r\n", "\n"))
    except configparser.Error:
        raise Refused("config_file_malformed") from None
    file = {"profile": {}, "services": {}}
    for header in parser.sections():
        words = shlex.split(header)
        if len(words) == 2 and words[0] in file:
            file[words[0]][words[1]] = dict(parser[header])
        elif header == "default":
            file["profile"]["default"] = dict(parser[header])
    return file


def config(case):
    options = Options(case)
    options.arguments()
    options.variables(["config_profile"])
    explicit = options.found.get("config_profile", {}).get("value")
    ambient = case.get("ambient_profile")
    file = config_file(case.get("config_file", "") if explicit or ambient else "")
    if explicit and explicit not in file["profile"]:
        raise Refused("option_invalid")
    options.profile(file, explicit)
    options.variables()
    known = [variable for name in TABLE for variable in variables(name)]
    options.notes += sum(name.startswith("ROLESANYWHERE_") and name not in known for name in options.environment)
    if ambient != explicit:
        options.profile(file, ambient)
    options.settle()
    answer = {"options": options.found, "notes": options.notes}
    if case.get("create_session"):
        answer["url"] = url(options.found)
    return answer


def url(found):
    given = {name: option["value"] for name, option in found.items()}
    required = ["trust_anchor_arn", "profile_arn", "role_arn"] + ["certificate"] * ("identity" not in given)
    if not set(required) <= set(given):
        raise Refused("option_missing")
    given |= {name: value == "true" for name, value in given.items() if TABLE[name][0] == "flag"}
    given |= {name: int(given[name]) for name in ("duration_seconds",) if name in given}
    return session.create_session(given, None)["url"].partition("?")[0]
