//! Pure ML-DSA with an empty context (FIPS 204), the deterministic variant.

use crate::crypto::errors::signing_failed;
use crate::error::Result;
use crate::signing::{KeyAlgorithm, Signature};
use alloc::boxed::Box;
use alloc::vec::Vec;
use ml_dsa::{
    EncodedVerifyingKey, ExpandedSigningKey, ExpandedSigningKeyBytes, MlDsaParams, Seed,
    VerifyingKey,
};
use zeroize::Zeroizing;

/// Takes any of the three forms of RFC 9881 §6. Boxed: some tens of kilobytes. With the public key.
pub(super) fn read<P: MlDsaParams>(
    algorithm: KeyAlgorithm,
    seed: Option<&[u8]>,
    expanded: Option<&[u8]>,
) -> Option<(Box<ExpandedSigningKey<P>>, Vec<u8>)> {
    let key = match (seed, expanded) {
        (Some(seed), None) => from_seed::<P>(seed),
        (None, Some(expanded)) => from_expanded::<P>(algorithm, expanded),
        (Some(seed), Some(expanded)) => {
            from_seed::<P>(seed).filter(|key| is_expansion(key, expanded))
        }
        (None, None) => None,
    };
    let key = key?;
    let public_key = key.verifying_key().encode().to_vec();
    Some((key, public_key))
}

#[inline(never)]
pub(super) fn sign<P: MlDsaParams>(
    key: &ExpandedSigningKey<P>,
    message: &[u8],
) -> Result<Signature> {
    let signature = key.sign_deterministic(message, &[]);
    let signature = signature.map_err(|_| signing_failed())?;
    Ok(Signature::new(signature.encode().to_vec()))
}

fn from_seed<P: MlDsaParams>(seed: &[u8]) -> Option<Box<ExpandedSigningKey<P>>> {
    let seed = <&Seed>::try_from(seed).ok()?;
    Some(Box::new(ExpandedSigningKey::from_seed(seed)))
}

/// RFC 9881 §8.2 asks for this check: a file may be told its two halves by two parties.
#[expect(deprecated, reason = "the expanded form is what the file holds")]
fn is_expansion<P: MlDsaParams>(key: &ExpandedSigningKey<P>, expanded: &[u8]) -> bool {
    Zeroizing::new(key.to_expanded()).as_slice() == expanded
}

/// The crate decodes without checks. Coefficients out of range, which it may panic on, are looked
/// for in the encoding; whether its parts belong together is the caller's to find out.
#[expect(deprecated, reason = "some files hold the expanded form alone")]
fn from_expanded<P: MlDsaParams>(
    algorithm: KeyAlgorithm,
    expanded: &[u8],
) -> Option<Box<ExpandedSigningKey<P>>> {
    let encoded = <&ExpandedSigningKeyBytes<P>>::try_from(expanded).ok()?;
    short_coefficients_in_range(algorithm, expanded)
        .then(|| Box::new(ExpandedSigningKey::<P>::from_expanded(encoded)))
}

/// Whether every coefficient of s1 and s2 lies in −η..=η (FIPS 204, algorithm 25, line 4).
///
/// They follow rho, K and tr (128 octets), packed as η minus the coefficient: in 3 bits where η is
/// 2, in 4 bits where it is 4 (table 1).
fn short_coefficients_in_range(algorithm: KeyAlgorithm, expanded: &[u8]) -> bool {
    let (polynomials, bits, largest) = match algorithm {
        KeyAlgorithm::MlDsa44 => (8, 3, 4),
        KeyAlgorithm::MlDsa65 => (11, 4, 8),
        _ => (15, 3, 4),
    };
    let octets = polynomials * 32 * bits;
    let Some(packed) = expanded.get(128..).and_then(|rest| rest.get(..octets)) else {
        return false;
    };
    // A group of `bits` octets holds eight coefficients.
    packed.chunks_exact(bits).all(|group| {
        let group = group
            .iter()
            .rev()
            .fold(0_u32, |sum, octet| sum << 8 | u32::from(*octet));
        (0..8).all(|index| (group >> (index * bits)) & ((1 << bits) - 1) <= largest)
    })
}

/// `Some` when the signature holds.
pub(super) fn verify<P: MlDsaParams>(
    public_key: &[u8],
    message: &[u8],
    signature: &Signature,
) -> Option<()> {
    let public_key = <&EncodedVerifyingKey<P>>::try_from(public_key).ok()?;
    let signature = ml_dsa::Signature::<P>::try_from(signature.as_bytes()).ok()?;
    let public_key = VerifyingKey::<P>::decode(public_key);
    public_key
        .verify_with_context(message, &[], &signature)
        .then_some(())
}
