"""Prints what botocore's endpoint rule set for rolesanywhere answers, as JSON.

One object for each region of each partition that botocore lists, with and without FIPS and dual
stack. `url` is null where the rule set refuses the combination, and `error` then says why.
"""

import itertools
import json
import sys

import botocore
import botocore.session
from botocore.endpoint_provider import EndpointProvider
from botocore.exceptions import EndpointProviderError


def main():
    loader = botocore.session.get_session().get_component("data_loader")
    partitions = loader.load_data("partitions")
    rule_set = loader.load_service_model("rolesanywhere", "endpoint-rule-set-1")
    provider = EndpointProvider(rule_set, partitions)
    answers = [
        answer(provider, partition["id"], region, fips, dualstack)
        for partition in partitions["partitions"]
        for region in sorted(partition["regions"])
        for fips, dualstack in itertools.product([False, True], repeat=2)
    ]
    json.dump({"botocore": botocore.__version__, "answers": answers}, sys.stdout)


def answer(provider, partition, region, fips, dualstack):
    url = error = None
    try:
        url = provider.resolve_endpoint(
            Region=region, UseFIPS=fips, UseDualStack=dualstack
        ).url
    except EndpointProviderError as refusal:
        error = str(refusal)
    return {
        "partition": partition,
        "region": region,
        "use_fips_endpoint": fips,
        "use_dualstack_endpoint": dualstack,
        "url": url,
        "error": error,
    }


main()
