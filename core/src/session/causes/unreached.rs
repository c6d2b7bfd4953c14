//! The service was not reached, or not understood.

use super::LikelyCause;
use crate::error::{Error, ErrorCode};
use alloc::vec::Vec;

pub(super) fn causes(error: &Error) -> Vec<LikelyCause> {
    let causes: &[(&str, &str)] = match error.code() {
        ErrorCode::ConnectionFailed => &[
            (
                "the name does not resolve, or nothing listens there",
                "check the endpoint, and ask `nslookup HOST` whether its name resolves here",
            ),
            (
                "this network reaches AWS only through a proxy or a VPC endpoint",
                "set HTTPS_PROXY, or give the VPC endpoint's URL with `--endpoint`",
            ),
        ],
        ErrorCode::Timeout | ErrorCode::ConnectionReset => &[
            (
                "a firewall drops or cuts the connection",
                "allow this machine TCP port 443 to the endpoint's host",
            ),
            (
                "the endpoint is not the service",
                "leave `--endpoint` out, or check where it points",
            ),
        ],
        ErrorCode::TlsFailed => &[
            (
                "a proxy inspects TLS with a CA of its own",
                "name that CA's PEM file with AWS_CA_BUNDLE or `--ca-bundle`",
            ),
            (
                "this machine's clock is outside the validity of the service's TLS certificate",
                "compare `date -u` with the time elsewhere",
            ),
            (
                "this machine has no root certificates, or old ones",
                "install or update the package ca-certificates",
            ),
        ],
        _ => &[],
    };
    let causes = causes.iter();
    causes
        .map(|(cause, remedy)| LikelyCause::new(*cause, *remedy))
        .collect()
}
