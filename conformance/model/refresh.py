"""The refresh machine of docs/refresh.md. Times are milliseconds, and `now` is wall and monotonic clock."""

import json
import pathlib

TABLE = pathlib.Path(__file__).resolve().parent.parent / "vectors/project/error_codes.json"
CODES = [code for group in json.loads(TABLE.read_text("utf-8"))["groups"] for code in group["tests"]]
RETRYABLE = {code["input"]["code"] for code in CODES if code["expected"]["retryable"]}
BLAME_CLOCK = "access_denied service_refused clock_skewed certificate_expired certificate_not_yet_valid".split()
ATTEMPTS, SKEW, BACKOFF, CAP, PAUSE, LONGEST_PAUSE = 3, 240, 500, 20_000, 15_000, 900_000
DAY, MARGIN, LEAD = 86_400, 300_000, 900_000


def refresh(case):
    machine, steps = Machine(), []
    for step in case["steps"]:
        name, given = step["call"], {}
        if isinstance(name, dict):
            ((name, given),) = name.items()
        given = given if isinstance(given, dict) else {"id": given}
        machine.events = []
        poll = getattr(machine, name)(step["at"], **given)
        answer = {"poll": poll} if poll else {}
        answer |= {"events": machine.events} if machine.events else {}
        steps.append(answer | {"next_refresh": machine.held and machine.held["due"][1]})
    return {"steps": steps}


def has_reached(now, point):
    return now[0] >= point[0] or now[1] >= point[1]


def part(jitter, whole):
    return int(min(max(jitter, 0), 1) * 1_000_000) * whole // 1_000_000


class Machine:
    def __init__(self):
        self.held = self.in_flight = self.error = self.warned_of = None
        self.attempts = self.failures = self.not_before = self.offset = self.last_id = 0
        self.corrected = self.requested = False
        self.events = []

    def poll(self, now):
        if self.in_flight and now[1] >= self.in_flight["deadline"]:
            self.cancel(now, self.in_flight["id"])
        serves = self.serves(now)
        is_due = self.attempts or self.requested or not serves or has_reached(now, self.held["due"])
        if self.in_flight:
            action = {"wait": self.in_flight["deadline"]}
        elif not is_due:
            action = "idle"
        elif now[1] < self.not_before:
            action = {"wait": self.not_before}
        else:
            self.last_id, self.attempts = self.last_id + 1, self.attempts + 1
            signing_time = now[0] // 1000 + self.offset
            signing_time = signing_time if 0 <= signing_time < 253_402_300_800 else 0
            deadline = min(now[1] + (5_000 if serves else 30_000), 2**64 - 1)
            self.in_flight = {"id": self.last_id, "signing_time": signing_time, "deadline": deadline}
            action = {"fetch": self.in_flight}
        credentials = self.held["expiration"] if serves else None
        return {"credentials": credentials, "next": action, "error": None if self.attempts else self.error}

    def success(self, now, id, expiration, jitter, identity_not_after=None, server_date=None):
        if not self.take(id):
            return
        if server_date is not None:
            self.observe(now, server_date)
        here = now[0] // 1000 + self.offset if server_date is None else server_date
        life = (expiration - here) * 1000
        if life <= 0:
            return self.fail(now, "clock_skewed", jitter)
        lead = min(max(life // 3, LEAD), life * 40 // 100)
        due = life - min(lead - lead // 10 + part(jitter, lead // 10 * 2), life)
        if identity_not_after is not None:
            left = identity_not_after - here
            if left * 1000 - MARGIN >= MARGIN:
                due = min(due, left * 1000 - MARGIN)
            if left < DAY and self.warned_of != identity_not_after:
                self.warned_of = identity_not_after
                self.events.append({"certificate_expiring": identity_not_after})
        self.events.append({"refreshed": expiration})
        end, due = ([clock + length for clock in now] for length in (life, due))
        self.held = {"expiration": expiration, "end": end, "due": due}
        self.error, self.attempts, self.failures, self.not_before = None, 0, 0, 0
        self.corrected = self.requested = False

    def failure(self, now, id, code, jitter, retryable=None, retry_after=0, server_date=None):
        signed = self.take(id)
        if not signed:
            return
        is_retryable = code in RETRYABLE if retryable is None else retryable
        if server_date is not None and code in BLAME_CLOCK:
            if not self.corrected and abs(server_date - signed["signing_time"]) > SKEW:
                self.observe(now, server_date)
                self.corrected, self.not_before = True, now[1]
                return self.events.append({"clock_corrected": self.offset})
            if self.corrected:
                return self.fail(now, "clock_skewed", jitter, False, retry_after)
        may_repeat = is_retryable and not self.serves(now) and retry_after * 1000 <= CAP
        if may_repeat and self.attempts < ATTEMPTS:
            self.not_before = now[1] + max(backoff(self.attempts, jitter), retry_after * 1000)
        else:
            self.fail(now, code, jitter, is_retryable, retry_after)

    def cancel(self, now, id):
        if self.take(id) and (self.serves(now) or self.attempts >= ATTEMPTS):
            self.fail(now, "timeout", 0)

    def invalidate(self, now):
        self.held, self.requested = None, True

    def request_refresh(self, now):
        self.requested = True

    def serves(self, now):
        return self.held is not None and not has_reached(now, self.held["end"])

    def take(self, id):
        if not self.in_flight or self.in_flight["id"] != id:
            return None
        taken, self.in_flight = self.in_flight, None
        return taken

    def observe(self, now, date):
        difference = date - now[0] // 1000
        self.offset = difference if abs(difference) > SKEW else 0

    def fail(self, now, code, jitter, is_retryable=True, retry_after=0):
        self.failures += 1
        pause = PAUSE + (backoff(self.failures, jitter) if is_retryable else 0)
        self.not_before = now[1] + max(pause, min(retry_after * 1000, LONGEST_PAUSE))
        self.error, self.attempts, self.corrected, self.requested = code, 0, False, False
        self.events.append({"refresh_failed": code})


def backoff(failures, jitter):
    return part(jitter, min(BACKOFF << failures - 1, CAP))
