"""Writes what botocore's endpoint rules for rolesanywhere answer, one region of each partition.

    python conformance/generate/botocore_endpoints.py
"""

import itertools

import botocore
import botocore.session
from botocore.endpoint_provider import EndpointProvider
from botocore.exceptions import EndpointProviderError
from groups import replace

loader = botocore.session.get_session().get_component("data_loader")
partitions = loader.load_data("partitions")
rules = loader.load_service_model("rolesanywhere", "endpoint-rule-set-1")
provider = EndpointProvider(rules, partitions)
tests = []
for partition in partitions["partitions"]:
    region = min(name for name in partition["regions"] if "global" not in name)
    for fips, dualstack in itertools.product([False, True], repeat=2):
        try:
            url = provider.resolve_endpoint(Region=region, UseFIPS=fips, UseDualStack=dualstack).url
        except EndpointProviderError:
            continue
        given = {"partition": partition["id"], "region": region}
        kind = "-".join(["fips"] * fips + ["dualstack"] * dualstack) or "plain"
        given |= {"use_fips_endpoint": True} if fips else {}
        given |= {"use_dualstack_endpoint": True} if dualstack else {}
        tests.append({
            "id": f"endpoint::{partition['id']}::{kind}",
            "description": f"The {kind} host of {region}.",
            "input": given, "result": "valid", "expected": {"url": url + "/sessions"},
        })
source = {"name": "botocore endpoint rules", "version": botocore.__version__}
replace("protocol/endpoint.json", source, tests)
