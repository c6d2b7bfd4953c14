"""`refresh`: runs a script of calls against the machine."""


def refresh(core, steps: list) -> dict:
    handle = core.call("refresh")["refresh"]
    return {"steps": [step(core, handle, given) for given in steps]}


def step(core, handle: int, given: dict) -> dict:
    name, argument = given["call"], None
    if isinstance(name, dict):
        [(name, argument)] = name.items()
    more = argument if isinstance(argument, dict) else {} if argument is None else {"id": argument}
    if name == "success":
        more = dict.fromkeys(("access_key_id", "secret_access_key", "session_token"), "-") | more
    unix, monotonic = given["at"]
    operation = {"request_refresh": "refresh_request"}.get(name, f"refresh_{name}")
    told = core.call(
        operation, **{"refresh": handle, "unix_millis": unix, "monotonic_millis": monotonic, **more}
    )
    answer = {"next_refresh": told.get("next_refresh")}
    if name == "poll":
        answer["poll"] = polled(told)
    if told["events"]:
        answer["events"] = [event(it) for it in told["events"]]
    return answer


def polled(told: dict) -> dict:
    following = "idle"
    if "fetch" in told:
        following = {"fetch": told["fetch"]}
    elif "wait_until" in told:
        following = {"wait": told["wait_until"]}
    return {
        "credentials": told.get("credentials", {}).get("expiration"),
        "next": following,
        "error": told.get("error", {}).get("code"),
    }


def event(told: dict) -> dict:
    if told["name"] == "refresh_failed":
        return {told["name"]: told["error"]["code"]}
    value = next(told[name] for name in ("expiration", "offset_seconds", "not_after") if name in told)
    return {told["name"]: value}
