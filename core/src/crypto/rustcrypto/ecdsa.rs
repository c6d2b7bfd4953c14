//! ECDSA with SHA-256 on any NIST curve, deterministic (RFC 6979).

use crate::error::Result;
use crate::signing::{Signature, signature_form};
use alloc::vec::Vec;
use ecdsa::elliptic_curve::point::AffineCoordinates;
use ecdsa::elliptic_curve::sec1::{FromSec1Point, ModulusSize, ToSec1Point};
use ecdsa::elliptic_curve::{
    AffinePoint, CurveArithmetic, FieldBytes, FieldBytesSize, ProjectivePoint, SecretKey,
};
use ecdsa::{EcdsaCurve, hazmat};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// Takes a scalar of the curve's length. The uncompressed point is derived from it, once.
pub(super) fn read<C>(scalar: &[u8]) -> Option<(SecretKey<C>, Vec<u8>)>
where
    C: EcdsaCurve + CurveArithmetic,
    AffinePoint<C>: FromSec1Point<C> + ToSec1Point<C>,
    FieldBytesSize<C>: ModulusSize,
{
    let scalar = <&FieldBytes<C>>::try_from(scalar).ok()?;
    let secret = SecretKey::<C>::from_bytes(scalar).ok()?;
    let point = secret.public_key().to_sec1_point(false);
    Some((secret, point.as_bytes().to_vec()))
}

/// The curve's own `sign_prehash` would take the nonce from the curve's customary hash, SHA-384 or
/// SHA-512: valid signatures, but not those of RFC 6979 A.2.6 and A.2.7 with SHA-256.
pub(super) fn sign<C>(secret: &SecretKey<C>, message: &[u8]) -> Result<Signature>
where
    C: EcdsaCurve + CurveArithmetic,
{
    let scalar = Zeroizing::new(secret.to_nonzero_scalar());
    let digest = Sha256::digest(message);
    let (signature, _) = hazmat::sign_prehashed_rfc6979::<C, Sha256>(&scalar, &digest, &[]);
    let (r, s) = signature.split_bytes();
    signature_form::der_of(&r, &s)
}

/// `Some` when the signature holds, made with the key of an uncompressed point.
///
/// Read without the crates' own decoders, which would bring square roots for compressed points along.
pub(super) fn verify<C>(public_point: &[u8], message: &[u8], signature: &Signature) -> Option<()>
where
    C: EcdsaCurve + CurveArithmetic,
{
    let (x, y) = public_point
        .strip_prefix(&[0x04])?
        .split_at_checked(FieldBytes::<C>::default().len())?;
    let (x, y) = (x.try_into().ok()?, y.try_into().ok()?);
    let point = Option::<AffinePoint<C>>::from(AffinePoint::<C>::from_coordinates(x, y))?;
    let raw = signature_form::raw_of(signature.as_bytes(), x.len())?;
    let signature = ecdsa::Signature::<C>::from_slice(&raw).ok()?;
    let digest = Sha256::digest(message);
    hazmat::verify_prehashed(&ProjectivePoint::<C>::from(point), &digest, &signature).ok()
}
